import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import type { HostOptions, InitialSession, MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "./call.ts";

const ONE: HostOptions = { hostname: "one", tags: { ram: "16gb" }, maxVirtualSessions: 1 };
const TWO: HostOptions = { hostname: "two", users: ["ana"] };
const FIRST: InitialSession = { id: "first", owner: "ana", server: "one" };
const OPTIONS: MockBrokerOptions = { clock: "manual", seed: 1, servers: [ONE, TWO], sessions: [FIRST] };

async function serversOf(broker: MockBroker) {
  return (await new Caller(broker).describeServers()).Servers!;
}

async function sessionsOf(broker: MockBroker) {
  return (await new Caller(broker).describeSessions()).Sessions!;
}

Deno.test("reconfigure() adds hosts and sessions that are new, and tells of them", async () => {
  const broker = createBroker(OPTIONS);
  const { changes } = broker.reconfigure({
    ...OPTIONS,
    servers: [ONE, TWO, { hostname: "three" }],
    sessions: [FIRST, { id: "second", owner: "ben", server: "three" }],
  });
  assertEquals(changes, ["server three added", "session of ben added"]);
  assertEquals((await serversOf(broker)).map(({ Hostname }) => Hostname), ["one", "two", "three"]);
  assertEquals((await sessionsOf(broker)).map(({ Id }) => Id), ["first", "second"]);
});

Deno.test("reconfigure() ends a host that is gone, as its instance does", async () => {
  const broker = createBroker(OPTIONS);
  assertEquals(broker.reconfigure({ ...OPTIONS, servers: [ONE] }).changes, [
    "server two ended",
  ]);
  broker.advance(60_000);
  assertEquals((await serversOf(broker))[1]?.UnavailabilityReason, "UNREACHABLE_AGENT");
  broker.advance(1_800_000);
  assertEquals((await serversOf(broker)).length, 1);
});

Deno.test("reconfigure() tells hosts without names apart by the names that they get", async () => {
  const broker = createBroker({ ...OPTIONS, servers: [{}, {}], sessions: [] });
  const change = (...servers: HostOptions[]) =>
    broker.reconfigure({ ...OPTIONS, servers, sessions: [] }).changes;
  assertEquals(change({}), ["server ip-10-0-0-2 ended"]);
  broker.advance(2_000_000);
  assertEquals(change({}, { cpus: 8 }), ["server ip-10-0-0-2 added"]);
  assertEquals(change({}), ["server ip-10-0-0-2 ended"]);
  assertEquals((await serversOf(broker)).map(({ Ip }) => Ip), ["10.0.0.1", "10.0.0.2"]);
});

Deno.test("reconfigure() changes a host whose sessions go on", async () => {
  const broker = createBroker(OPTIONS);
  const [before] = await serversOf(broker);
  assertEquals(before?.UnavailabilityReason, "SERVER_FULL");
  const { changes } = broker.reconfigure({
    ...OPTIONS,
    servers: [{ hostname: "one", tags: { ram: "32gb" }, maxVirtualSessions: 2 }, TWO],
  });
  assertEquals(changes, ["server one changed"]);
  const [after] = await serversOf(broker);
  assertEquals([after?.Id, after?.Host?.Aws, after?.Availability], [
    before?.Id,
    before?.Host?.Aws,
    "AVAILABLE",
  ]);
  assert(after?.Tags?.some(({ Key, Value }) => Key === "ram" && Value === "32gb"));
  const found = await new Caller(broker).describeSessions({ Filters: [{ Key: "tag:ram", Value: "32gb" }] });
  assertEquals(found.Sessions?.[0]?.Id, "first");
});

Deno.test("reconfigure() changes a host's condition where its description says so", async () => {
  const broker = createBroker(OPTIONS);
  const reasonAfter = async (change: object) => {
    broker.reconfigure({ ...OPTIONS, servers: [ONE, { ...TWO, ...change }] });
    broker.advance(60_000);
    return (await serversOf(broker))[1]?.UnavailabilityReason;
  };
  assertEquals(await reasonAfter({ closed: true }), "SERVER_CLOSED");
  assertEquals(await reasonAfter({ dcvHealthy: false }), "UNHEALTHY_DCV_SERVER");
  assertEquals(await reasonAfter({ agentConnected: false }), "UNREACHABLE_AGENT");
  assertEquals(await reasonAfter({}), undefined);
});

Deno.test("reconfigure() leaves what would be another machine, and who may call, to the next reset", async () => {
  const broker = createBroker(OPTIONS);
  const changed = {
    ...OPTIONS,
    servers: [{ ...ONE, ip: "10.9.9.9" }, TWO],
    seed: 2,
    clients: [{ clientId: "portal", clientSecret: "secret" }],
    journalSize: 5,
  };
  assertEquals(broker.reconfigure(changed), {
    changes: [],
    afterReset: ["seed", "clients", "server one changed (another ip is another machine)"],
    fixed: ["journalSize"],
  });
  assertNotEquals((await serversOf(broker))[0]?.Ip, "10.9.9.9");
  broker.reset();
  assertEquals(broker.hosts.get("one").ip, "10.9.9.9");
});

Deno.test("reconfigure() replaces properties, timings and faults at once", async () => {
  const broker = createBroker(OPTIONS);
  const { changes } = broker.reconfigure({
    ...OPTIONS,
    properties: { "enable-authorization": false },
    timings: { placement: [5_000, 5_000], preparation: [5_000, 5_000] },
    faults: [{ id: "down", operation: "health", fault: { type: "status", status: 503 } }],
  });
  assertEquals(changes, ["properties", "timings", "faults"]);
  assertEquals((await send(broker, "GET", "/health")).status, 503);
  const body = JSON.stringify([{ Name: "dev", Owner: "ana", Type: "VIRTUAL" }]);
  assertEquals((await send(broker, "POST", "/createSessions", { body })).status, 200);
  broker.advance(9_999);
  assertEquals((await sessionsOf(broker))[1]?.State, "CREATING");
  broker.advance(1);
  assertEquals((await sessionsOf(broker))[1]?.State, "READY");
});

Deno.test("a reset after reconfigure() goes back to the new options, with the credentials of before", async () => {
  const broker = createBroker({ ...OPTIONS, seed: undefined });
  broker.reconfigure({ ...OPTIONS, servers: [ONE, { hostname: "three" }], seed: undefined });
  broker.reset();
  assertEquals((await serversOf(broker)).map(({ Hostname }) => Hostname), ["one", "three"]);
});

Deno.test("reconfigure() refuses options of which no world can be made, and changes nothing", () => {
  const broker = createBroker(OPTIONS);
  assertThrows(
    () => broker.reconfigure({ servers: [{ hostname: "three" }, { hostname: "three" }] }),
    TypeError,
    `A server with the host name "three" is in the fleet already`,
  );
  assertEquals(broker.reconfigure(OPTIONS), { changes: [], afterReset: [], fixed: [] });
});

Deno.test("worlds that are made after reconfigure() have the new options", async () => {
  const broker = createBroker({ ...OPTIONS, worlds: true });
  broker.reconfigure({ ...OPTIONS, worlds: true, servers: [ONE] });
  assertEquals((await serversOf(broker.worlds.get("later"))).length, 1);
});

Deno.test("a host that was taken out and is put back comes back, as a new instance of that name", async () => {
  const options: MockBrokerOptions = { clock: "manual", servers: [{ hostname: "one" }, { hostname: "two" }] };
  const broker = createBroker(options);
  const call = new Caller(broker);
  const availability = async () =>
    (await serversOf(broker)).map(({ Hostname, Availability }) => `${Hostname} ${Availability}`);
  const { id } = broker.hosts.get("two");
  assertEquals(broker.reconfigure({ ...options, servers: [] }).changes, [
    "server one ended",
    "server two ended",
  ]);
  broker.advance(60_000);
  assertEquals(broker.reconfigure(options).changes, ["server one added", "server two added"]);
  broker.advance(60_000);
  assertEquals(await availability(), [
    "one UNAVAILABLE",
    "two UNAVAILABLE",
    "one AVAILABLE",
    "two AVAILABLE",
  ]);
  assertNotEquals(broker.hosts.get("two").id, id);
  broker.advance(30 * 60_000);
  assertEquals(await availability(), ["one AVAILABLE", "two AVAILABLE"]);
  await call.createReadySession({ Requirements: "server:Hostname = 'two'" });
});

Deno.test("sessions of many thousands are compared with those before in one go", () => {
  const sessions = Array.from({ length: 20_000 }, (_, i) => ({ owner: `user-${i}`, server: "one" }));
  const options: MockBrokerOptions = { servers: [{ hostname: "one", maxVirtualSessions: -1 }], sessions };
  const broker = createBroker(options);
  const { changes } = broker.reconfigure({
    ...options,
    sessions: [...sessions.reverse(), { owner: "new", server: "one" }],
  });
  assertEquals(changes, ["session of new added"]);
});
