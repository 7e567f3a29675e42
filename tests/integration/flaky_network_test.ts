import assert from "node:assert/strict";
import { test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import { allSuccessful, SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

/** What leaves it open whether a session was created. */
const UNCLEAR = ["NETWORK_ERROR", "TIMEOUT", "BROKER_ERROR"];

test("a hundred creations over a flaky network make the sessions that succeeded, and of the unclear ones at most one each", async () => {
  const servers = Array.from({ length: 100 }, (_, i) => ({ hostname: `linux-${i}` }));
  const broker = new MockBroker({ seed: 7, servers, clock: { speed: 100 } });
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  await client.describeServers();
  broker.faults.preset("flakyNetwork");

  const created = new Set<string>();
  const unclear = new Set<string>();
  for (let i = 0; i < 100; i++) {
    const Name = `desktop-${i}`;
    try {
      allSuccessful(await client.createSessions([{ Name, Owner: "ana", Type: "VIRTUAL" }]));
      created.add(Name);
    } catch (error) {
      assert.ok(error instanceof SessionManagerError && UNCLEAR.includes(error.code), `${error}`);
      unclear.add(Name);
    }
  }

  const names = broker.sessions.list({ limit: 1_000 }).items.map(({ name }) => name);
  assert.equal(new Set(names).size, names.length, "A session was created twice");
  assert.deepEqual(names.filter((name) => created.has(name)), [...created]);
  assert.ok(names.every((name) => created.has(name) || unclear.has(name)));
  assert.ok(unclear.size > 0, "The network was not flaky");
});
