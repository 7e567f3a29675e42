/**
 * The main job from end to end, over HTTPS: from client credentials to a URL that connects.
 *
 *     npx -y deno@^2.9 task quickstart
 *
 * The broker is the mock. Against a real one, leave the first step out and use its URL, your own credentials and the
 * file `dcvsmbroker_ca.pem` of its administrator.
 *
 * @module
 */

import { MockBroker } from "@dcvkit/mock-broker";
import { allSuccessful, BatchError, type Session, SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const broker = new MockBroker({
  servers: [
    { hostname: "linux-1", os: "linux", tags: { project: "wind", ram: "16gb" } },
    { hostname: "linux-2", os: "linux", tags: { project: "solar", ram: "64gb" } },
    { hostname: "windows-1", os: "windows", tags: { project: "wind", ram: "16gb" } },
  ],
});
await using server = await broker.listen({ port: 0 });
console.log(`A mock broker listens on ${server.url}\n`);

using fetch = createTlsFetch({ ca: server.ca! });
const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });

console.log("Create sessions for two owners, on hosts that their projects need");
const created = allSuccessful(
  await client.createSessions([
    { Name: "blade design", Owner: "ana", Type: "VIRTUAL", Requirements: "tag:project = 'wind'" },
    { Name: "panel design", Owner: "ana", Type: "VIRTUAL", Requirements: "tag:project = 'solar'" },
    { Name: "office", Owner: "bob", Type: "CONSOLE", Requirements: "server:Host.Os.Family = 'windows'" },
  ]),
);
const ready = await Promise.all(created.map(({ Id }) => client.waitForSession(Id)));
printTable(ready);

console.log("\nWhich of ana's sessions are on hosts of the wind project?");
printTable(await Array.fromAsync(client.listSessions({ owner: "ana", tags: { project: "wind" } })));

console.log("\nAnd what of these two, by their ids?");
const [first, , last] = ready as [Session, Session, Session];
printTable((await client.describeSessions({ SessionIds: [first.Id, last.Id] })).Sessions);

console.log(`\nana connects to "${first.Name}" with`);
console.log(`  ${connectionUrl(await client.getSessionConnectionData(first.Id, "ana"))}`);

console.log(`\nDelete "${last.Name}", and a session that does not exist`);
const deletion = await client.deleteSessions([
  { SessionId: last.Id, Owner: "bob" },
  { SessionId: "no-such-session", Owner: "bob" },
]);
try {
  allSuccessful(deletion, "deleteSessions");
} catch (error) {
  if (!(error instanceof BatchError)) throw error;
  console.log(`  ${error.message}`);
}
await client.waitForSession(last.Id, { state: "DELETED" });
printTable(await Array.fromAsync(client.listSessions()));

console.log("\nDelete ana's, too: a session that nobody needs holds its place on a host");
for await (const { Id: SessionId, Owner } of client.listSessions({ owner: "ana" })) {
  await client.deleteSession({ SessionId, Owner });
}

function printTable(sessions: Session[]): void {
  printRow("ID", "NAME", "OWNER", "STATE", "HOST");
  for (const { Id, Name, Owner, State, Server } of sessions) {
    printRow(Id, Name, Owner, State, Server?.Hostname ?? "");
  }
}

function printRow(id: string, name: string, owner: string, state: string, host: string): void {
  console.log(`  ${id.padEnd(38)}${name.padEnd(14)}${owner.padEnd(7)}${state.padEnd(9)}${host}`);
}
