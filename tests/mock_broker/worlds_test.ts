import { assert, assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { MockBroker } from "@dcvkit/mock-broker";
import { createBroker, send } from "./call.ts";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" } as const;

Deno.test("brokers in one process do not disturb each other", async () => {
  const brokers = Array.from({ length: 20 }, () => createBroker({ servers: [{ hostname: "only" }] }));
  brokers[3]!.faults.add({ fault: { type: "status", status: 503 } });
  const statuses = await Promise.all(brokers.map(async (broker, i) => {
    broker.advance(i * 1_000);
    for (let n = 0; n < i % 3; n++) broker.sessions.createOnHost("only", { owner: `user${n}` });
    return (await send(broker, "GET", "/health")).status;
  }));
  brokers.forEach((broker, i) => {
    assertEquals(statuses[i], i === 3 ? 503 : 200);
    assertEquals(broker.sessions.list().total, i % 3);
    assertEquals(broker.clock.now.getTime(), Date.UTC(2026, 0, 1) + i * 1_000);
    assertEquals(broker.journal.size, 1);
  });
});

Deno.test("brokers with the same seed give the same ids however their calls interleave", async () => {
  const ids = await Promise.all([1, 2, 3].map(async () => {
    const broker = createBroker();
    const client = new SessionManagerClient({
      brokerUrl: broker.url,
      credentials: broker.credentials,
      fetch: broker.fetch,
    });
    const created = [];
    for (let i = 0; i < 5; i++) {
      const { SuccessfulList } = await client.createSessions([{ ...SESSION, Owner: `user${i}` }]);
      created.push(SuccessfulList[0]!.Id);
    }
    return created;
  }));
  assertEquals(ids[1], ids[0]);
  assertEquals(ids[2], ids[0]);
});

Deno.test("one server holds several worlds by a name in the URL, each with the same options and clients", async () => {
  const broker = createBroker({ worlds: true, servers: [{ hostname: "only" }] });
  await using server = await broker.listen({ port: 0, tls: false, gatewayPort: 0 });
  const clients = ["", "/worlds/a", "/worlds/b"].map((path) =>
    new SessionManagerClient({ brokerUrl: server.url + path, credentials: broker.credentials })
  );
  for (const [i, client] of clients.entries()) {
    for (let n = 0; n < i; n++) await client.createSessions([{ ...SESSION, Owner: `user${n}` }]);
  }
  broker.worlds.get("b").advance(10_000);
  const found = await Promise.all(clients.map((client) => client.describeSessions()));
  assertEquals(found.map(({ Sessions }) => Sessions.map(({ State }) => State)), [
    [],
    ["CREATING"],
    ["READY", "READY"],
  ]);
  const servers = await Promise.all(clients.map((client) => client.describeServers()));
  assertEquals(servers.map(({ Servers }) => Servers.map(({ Hostname }) => Hostname)), [["only"], ["only"], [
    "only",
  ]]);
  assertEquals(broker.worlds.list(), ["a", "b"]);
  assertEquals([
    broker.journal.entries({ operation: "createSessions" }).length,
    broker.worlds.get("a").journal.size,
  ], [
    0,
    4,
  ]);
  const resolved = await fetch(`${server.gatewayUrl}/worlds/a/resolveSession?sessionId=s&transport=HTTP`, {
    method: "POST",
  });
  await resolved.body?.cancel();
  assertEquals(broker.worlds.get("a").journal.entries({ connector: "gateway" }).length, 1);
});

Deno.test("a token of one world is none in another", async () => {
  const broker = createBroker({ worlds: true, seed: undefined });
  const { clientId, clientSecret } = broker.credentials;
  const headers = { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
  const token = await send(broker, "POST", "/worlds/a/oauth2/token?grant_type=client_credentials", {
    headers,
  });
  const statuses = [];
  for (const world of ["a", "b"]) {
    const { status } = await send(broker, "POST", `/worlds/${world}/describeSessions`, {
      headers: { Authorization: `Bearer ${token.body.access_token}` },
    });
    statuses.push(status);
  }
  assertEquals(statuses, [200, 401]);
});

Deno.test("each world has faults, a clock and a control API of its own", async () => {
  const broker = createBroker({ worlds: true });
  const json = { "Content-Type": "application/json" };
  await send(broker, "POST", "/worlds/a/_mock/faults", {
    headers: json,
    body: JSON.stringify({ fault: { type: "status", status: 503 } }),
  });
  await send(broker, "POST", "/worlds/a/_mock/clock/advance", {
    headers: json,
    body: `{"milliseconds":5000}`,
  });
  assertEquals((await send(broker, "GET", "/worlds/a/health")).status, 503);
  assertEquals((await send(broker, "GET", "/worlds/b/health")).status, 200);
  assertEquals((await send(broker, "GET", "/health")).status, 200);
  assertNotEquals(broker.worlds.get("a").clock.now, broker.clock.now);
  broker.worlds.get("b").reset();
  assertEquals(broker.worlds.get("a").faults.list().length, 1);
});

Deno.test("worlds are made, listed and dropped through the control API", async () => {
  const broker = createBroker({ worlds: true });
  assertEquals((await send(broker, "PUT", "/_mock/worlds/a")).status, 204);
  assertEquals((await send(broker, "GET", "/_mock/worlds")).body, { worlds: ["a"] });
  broker.worlds.get("a").hosts.add({ hostname: "extra" });
  assertEquals((await send(broker, "PUT", "/_mock/worlds/a")).status, 204);
  assertEquals(broker.worlds.get("a").hosts.list().total, 7);
  assertEquals((await send(broker, "DELETE", "/_mock/worlds/a")).status, 204);
  assertEquals((await send(broker, "DELETE", "/_mock/worlds/a")).status, 404);
  assertEquals(broker.worlds.get("a").hosts.list().total, 6);
});

Deno.test("worlds are bounded in number, and their names in letters", async () => {
  const broker = createBroker({ worlds: true, servers: [] });
  for (let i = 0; i < 100; i++) broker.worlds.get(`world-${i}`);
  assertThrows(() => broker.worlds.get("one-more"), TypeError, "There are 100 worlds already");
  const { status, body } = await send(broker, "GET", "/worlds/one-more/health");
  assertEquals(status, 400);
  assertStringIncludes(body.error, "remove one");
  assert(broker.worlds.remove("world-0"));
  assertThrows(() => broker.worlds.get("a b"), TypeError, "a b");
  assertEquals((await send(broker, "GET", "/worlds/a%20b/health")).status, 400);
});

Deno.test("without the option, /worlds is a path that the broker does not have", async () => {
  const broker = new MockBroker();
  assertEquals((await send(broker, "GET", "/worlds/a/health")).status, 404);
  assertEquals(broker.worlds.list(), []);
});
