/**
 * A broker with a certificate of its own authority, reached by another name than the certificate's.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const broker = new MockBroker();
await using server = await broker.listen({ port: 0 });
const { credentials } = broker;

// Without a word about the authority, the runtime does not trust it, and nothing is sent.
try {
  await new SessionManagerClient({ brokerUrl: server.url, credentials }).describeSessions();
} catch (error) {
  if (!(error instanceof SessionManagerError)) throw error;
  console.log(error.code);
}

// With it. `serverName` is the name that the certificate must hold: a real broker's has only its short host name.
using fetch = createTlsFetch({ ca: server.ca!, serverName: "localhost" });
const client = new SessionManagerClient({ brokerUrl: server.url, credentials, fetch });
const { Servers } = await client.describeServers();
console.log(`${Servers.length} servers, over verified HTTPS`);
