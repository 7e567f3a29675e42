/**
 * Lists over all pages, and waiting for a session to get somewhere.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { createSessionAndWait, deleteSession, findOrCreateSession } from "@dcvkit/session-manager/sessions";

const broker = new MockBroker({
  servers: [{ hostname: "shared", users: ["ana", "bob"], maxConcurrentSessionsPerUser: 3 }],
  clock: { speed: 100 },
});
const client = new SessionManagerClient({
  brokerUrl: broker.url,
  credentials: broker.credentials,
  fetch: broker.fetch,
});
const patience = { minDelay: 10, timeout: 60_000 };

const first = await createSessionAndWait(client, { Name: "one", Owner: "ana", Type: "VIRTUAL" }, patience);
console.log(`${first.Name} is ${first.State}`);

// Asked again, there is one already.
const same = await findOrCreateSession(client, { Name: "one", Owner: "ana", Type: "VIRTUAL" });
console.log(`the same one: ${same.Id === first.Id}`);

// Each item, over as many pages as it takes. `.pages()` has the broker's answers instead.
const second = await createSessionAndWait(client, { Name: "two", Owner: "ana", Type: "VIRTUAL" }, patience);
for await (const { Name, State } of client.listSessions({ owner: "ana", pageSize: 1 })) {
  console.log(Name, State);
}

// No user eve on that host: the session fails there, and the wait ends as soon as that is certain.
try {
  await createSessionAndWait(client, { Name: "three", Owner: "eve", Type: "VIRTUAL" }, patience);
} catch (error) {
  if (!(error instanceof SessionManagerError)) throw error;
  console.log(error.code);
}

console.log(`deleted: ${await deleteSession(client, { SessionId: first.Id, Owner: "ana" })}`);
await client.waitForSession(first.Id, { state: "DELETED", ...patience });
console.log(`once more: ${await deleteSession(client, { SessionId: first.Id, Owner: "ana" })}`);
await deleteSession(client, { SessionId: second.Id, Owner: "ana" });
