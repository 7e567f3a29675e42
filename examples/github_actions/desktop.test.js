// node --test
import assert from "node:assert/strict";
import { after, before, beforeEach, test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const broker = new MockBroker({ clock: "manual" });
let server, fetch;

before(async () => {
  server = await broker.listen({ port: 0 });
  fetch = createTlsFetch({ ca: server.ca });
});
beforeEach(() => broker.reset());
after(async () => {
  fetch.close();
  await server.close();
});

test("a desktop is READY soon after it was asked for", async () => {
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(30_000);
  const { Sessions } = await client.describeSessions({ SessionIds: [Id] });
  assert.equal(Sessions[0].State, "READY");
});

test("each test begins with the same fleet, and none of the others' sessions", async () => {
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const { Sessions } = await client.describeSessions();
  assert.deepEqual(Sessions, []);
});
