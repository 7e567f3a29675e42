import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { FaultPreset } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

Deno.test("brokerRestart: no connection for 20 seconds, then tokens and records are lost, and sessions come back", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const token = await tokenOf(broker);
  broker.faults.preset("brokerRestart");
  await assertRejects(() => send(broker, "GET", "/health"), TypeError, "fetch failed");
  broker.advance(20_000);
  const headers = { Authorization: `Bearer ${token}` };
  assertEquals((await send(broker, "POST", "/describeSessions", { headers })).body, {
    error: "Invalid token",
  });
  broker.advance(30_000);
  assertEquals((await call.session(Id))?.State, "READY");
});

Deno.test("expiredTokens: every token has expired, and a new one is taken", async () => {
  const broker = createBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  assertEquals((await send(broker, "POST", "/describeSessions", { headers })).status, 200);
  assertEquals(broker.faults.preset("expiredTokens"), []);
  assertEquals((await send(broker, "POST", "/describeSessions", { headers })).body, {
    error: "Expired token",
  });
  await new Caller(broker).describeSessions();
});

Deno.test("fullFleet: no server is found, not even for a queue, until the rule is removed", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const [id] = broker.faults.preset("fullFleet");
  for (const EnqueueRequest of [false, true]) {
    assertEquals(
      await call.creationFailure({ EnqueueRequest }),
      "No DCV server found for the given criteria",
    );
  }
  assert(broker.faults.remove(id!));
  await call.createReadySession();
});

Deno.test("justBooted: sessions are lost, and servers listed again as their agents report", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const { total } = broker.hosts.list();
  broker.faults.preset("justBooted");
  assertEquals((await call.describeServers()).Servers, []);
  assertEquals(await call.creationFailure(), "No DCV server found for the given criteria");
  broker.advance(30_000);
  assertEquals((await call.describeServers()).Servers.length, total);
  assertEquals((await call.session(Id))?.State, "DELETED");
});

Deno.test("flakyNetwork: of many requests some fail in each way, and most succeed", async () => {
  const broker = createBroker({
    clock: { speed: 1_000_000 },
    properties: { "max-api-requests-per-second": 1_000_000 },
  });
  const ids = broker.faults.preset("flakyNetwork");
  for (let i = 0; i < 300; i++) {
    await send(broker, "POST", "/describeSessions").catch((error) => assert(error instanceof TypeError));
  }
  const struck = broker.journal.entries().flatMap(({ faults }) => faults);
  for (const id of ids) assert(struck.includes(id), id);
  const whole = broker.journal.entries().filter(({ faults }) => faults.length === 0).length;
  assert(whole > 150, `${whole} of 300`);
});

Deno.test("a preset that there is not is refused, naming those that there are", () => {
  const broker = createBroker();
  assertThrows(
    () => broker.faults.preset("flood" as FaultPreset),
    TypeError,
    "brokerRestart, refusedConnections, expiredTokens",
  );
  assertThrows(() => broker.faults.preset("toString" as FaultPreset), TypeError, "toString");
});

Deno.test("refusedConnections: nobody listens for 20 seconds, and the world goes on", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const token = await tokenOf(broker);
  const codeOf = async (ask: Promise<Response>) => {
    const error = await assertRejects(() => ask, TypeError);
    return (error.cause as { code?: string } | undefined)?.code ?? String(error.cause);
  };
  broker.faults.preset("refusedConnections");
  assertEquals(await codeOf(broker.fetch(`${broker.url}/health`)), "ECONNREFUSED");
  assert(/refused/.test(await codeOf(fetch(`${server.url}/health`))));
  broker.advance(20_000);
  const headers = { Authorization: `Bearer ${token}` };
  assertEquals((await send(broker, "POST", "/describeSessions", { headers })).status, 200);
  await server.start();
  const answer = await fetch(`${server.url}/describeSessions`, { method: "POST", headers });
  await answer.body?.cancel();
  assertEquals(answer.status, 200);
});

Deno.test("connections are refused until the time of a running clock is over, or the rule is removed", async () => {
  const broker = createBroker({ clock: { speed: 1_000 } });
  await using server = await broker.listen({ port: 0, tls: false });
  const isUp = () =>
    fetch(`${server.url}/health`).then(async (answer) => (await answer.body?.cancel(), true), () => false);
  broker.faults.add({ duration: 300_000, fault: { type: "reset", refused: true } });
  assertEquals(await isUp(), false);
  while (!await isUp()) await new Promise((resolve) => setTimeout(resolve, 20));
  const id = broker.faults.add({ duration: 3_600_000, fault: { type: "reset", refused: true } });
  assertEquals(await isUp(), false);
  broker.faults.remove(id);
  while (!await isUp()) await new Promise((resolve) => setTimeout(resolve, 20));
});

Deno.test("a refusal of connections has a duration, and no other condition", () => {
  const broker = createBroker();
  const fault = { type: "reset", refused: true } as const;
  assertThrows(() => broker.faults.add({ fault }), TypeError, "duration");
  assertThrows(() => broker.faults.add({ duration: 1, operation: "health", fault }), TypeError, "operation");
  assertThrows(() => broker.faults.add({ duration: 1, times: 1, fault }), TypeError, "times");
  assertThrows(
    () => broker.faults.add({ duration: 1, fault: { ...fault, handled: true } }),
    TypeError,
    "handled",
  );
});
