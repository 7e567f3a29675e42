/**
 * What can go wrong, what the client tries again by itself, and what a program does about the rest.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import {
  allSuccessful,
  BatchError,
  SessionManagerClient,
  SessionManagerError,
} from "@dcvkit/session-manager";

const broker = new MockBroker({ servers: [{ hostname: "only-one", maxVirtualSessions: 1 }] });

// A network that loses the first request: the client sends it again, for this one is safe to send twice.
let lost = 0;
const client = new SessionManagerClient({
  brokerUrl: broker.url,
  credentials: broker.credentials,
  fetch: (url, init) => {
    const isFirst = url.endsWith("/describeServers") && lost++ === 0;
    return isFirst ? Promise.reject(new TypeError("Connection reset by peer")) : broker.fetch(url, init);
  },
  retry: { maxAttempts: 3, baseDelay: 10 },
  onAttempt: ({ operation, attempt, status, error, retryDelay }) => {
    if (retryDelay !== undefined) console.log(`${operation}, attempt ${attempt}: ${status ?? error}; again`);
  },
});
await client.describeServers();

// One item of a batch fails and the other one does not. The answer has both; allSuccessful() makes an error of it.
const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
const answer = await client.createSessions([request, { ...request, Owner: "bob" }]);
try {
  allSuccessful(answer, "createSessions");
} catch (error) {
  if (!(error instanceof BatchError)) throw error;
  for (const { code, reason } of error.failures) console.log(`${code}: ${reason}`);
}
for (const { Id: SessionId, Owner } of answer.SuccessfulList) {
  await client.deleteSession({ SessionId, Owner });
}

// Match on the code, never on the words.
try {
  await client.getSessionConnectionData("no-such-session", "ana");
} catch (error) {
  if (!(error instanceof SessionManagerError) || error.code !== "SESSION_NOT_FOUND") throw error;
  console.log(`${error.code}, status ${error.status}`);
}

// A call ends when its caller has no more use for it.
try {
  await client.describeSessions({}, { signal: AbortSignal.abort("The user has left") });
} catch (reason) {
  console.log(reason);
}
