import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

const REPORT = 10_000;

function createPopulatedBroker(properties: MockBrokerOptions["properties"] = {}) {
  const broker = createBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 3 }, { hostname: "closed", closed: true }],
    sessions: [{ id: "s1", owner: "ana" }],
    timings: {
      agentReport: [REPORT, REPORT],
      placement: [500, 500],
      preparation: [2_000, 2_000],
      deletion: [1_000, 1_000],
    },
    properties,
  });
  const call = new Caller(broker);
  const listed = async () =>
    (await call.describeSessions()).Sessions.map(({ Owner, State }) => [Owner, State]);
  const availability = async () =>
    (await call.describeServers()).Servers.map((s) => [s.Hostname, s.UnavailabilityReason ?? s.Availability]);
  return { broker, call, listed, availability };
}

async function statusWith(broker: ReturnType<typeof createBroker>, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await send(broker, "POST", "/describeSessions", { headers })).status;
}

Deno.test("a restart without persistence voids access tokens, and keeps the API clients", async () => {
  const { broker } = createPopulatedBroker();
  const token = await tokenOf(broker);
  broker.restart();
  assertEquals(await statusWith(broker, token), 401);
  assertEquals(await statusWith(broker, await tokenOf(broker)), 200);
});

Deno.test("a restart without persistence forgets servers and sessions until their agents report", async () => {
  const { broker, listed, availability } = createPopulatedBroker();
  broker.restart();
  assertEquals([await listed(), await availability()], [[], []]);
  broker.advance(REPORT);
  assertEquals(await listed(), [["ana", "READY"]]);
  assertEquals((await availability()).length, 2);
});

Deno.test("servers keep their ids and their places in listings over a restart", async () => {
  const { broker, call } = createPopulatedBroker();
  const ids = async () => (await call.describeServers()).Servers.map(({ Id }) => Id);
  const before = await ids();
  broker.restart();
  broker.advance(REPORT);
  assertEquals(await ids(), before);
});

Deno.test("a restart without persistence forgets which servers were closed", async () => {
  const { broker, availability } = createPopulatedBroker();
  assertEquals(await availability(), [["node", "AVAILABLE"], ["closed", "SERVER_CLOSED"]]);
  broker.restart();
  broker.advance(REPORT);
  assertEquals(await availability(), [["node", "AVAILABLE"], ["closed", "AVAILABLE"]]);
});

Deno.test("a restart without persistence forgets DELETED sessions, the queue, and what was being placed", async () => {
  const { broker, call, listed } = createPopulatedBroker();
  await call.createReadySession({ Owner: "ben" });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  await call.createSession({ Owner: "placing" });
  await call.createSession({ Owner: "queued", Requirements: "tag:none = ''", EnqueueRequest: true });
  assertEquals((await listed()).length, 4);
  broker.restart();
  broker.advance(3_600_000);
  assertEquals(await listed(), [["ben", "READY"]]);
  assertEquals((await call.server("node"))!.VirtualSessionCount, 1);
});

Deno.test("a session that was being prepared on its host is READY when its agent reports", async () => {
  const { broker, call, listed } = createPopulatedBroker();
  await call.createSession({ Owner: "ben" });
  broker.advance(500);
  broker.restart();
  broker.advance(REPORT);
  assertEquals(await listed(), [["ana", "READY"], ["ben", "READY"]]);
});

Deno.test("a deletion that a host had begun before a restart is carried out, and not heard of again", async () => {
  const { broker, call, listed } = createPopulatedBroker();
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.restart();
  broker.advance(REPORT);
  assertEquals(await listed(), []);
});

Deno.test("connections last over a restart, for they are between clients and hosts", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.sessions.connect("s1", "ana");
  broker.restart();
  broker.advance(REPORT);
  assertEquals((await call.session("s1"))!.NumOfConnections, 1);
});

Deno.test("a restart without persistence changes the key of connection tokens", async () => {
  const { broker, call } = createPopulatedBroker();
  const keyId = async () => {
    const { ConnectionToken } = await call.getSessionConnectionData("s1", "ana");
    return JSON.parse(atob(ConnectionToken.split(".")[0]!)).kid;
  };
  const before = await keyId();
  broker.restart();
  broker.advance(REPORT);
  assertNotEquals(await keyId(), before);
});

Deno.test("after a restart a silent host stays out of sight until its agent returns", async () => {
  const { broker, availability } = createPopulatedBroker();
  broker.hosts.loseAgent("node");
  broker.restart();
  broker.advance(24 * 3_600_000);
  assertEquals((await availability()).map(([hostname]) => hostname), ["closed"]);
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals((await availability()).map(([hostname]) => hostname), ["node", "closed"]);
});

Deno.test("a silence from before a restart is forgotten with it", async () => {
  const { broker, availability } = createPopulatedBroker();
  broker.hosts.loseAgent("node");
  broker.restart();
  broker.hosts.restoreAgent("node");
  for (const passed of [REPORT, 60_000, 1_800_000]) {
    broker.advance(passed);
    assertEquals((await availability())[0], ["node", "AVAILABLE"]);
  }
});

Deno.test("a host may lose its agent right after a restart, before it was heard of", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.restart();
  broker.hosts.loseAgent("node");
  broker.advance(REPORT);
  assertEquals(await call.server("node"), undefined);
});

Deno.test("a restart with persistence loses nothing", async () => {
  const { broker, call, listed, availability } = createPopulatedBroker({ "enable-persistence": true });
  const token = await tokenOf(broker);
  const { Id } = await call.createSession({ Owner: "ben" });
  const before = [await listed(), await availability()];
  broker.restart();
  assertEquals([await listed(), await availability()], before);
  assertEquals(await statusWith(broker, token), 200);
  broker.advance(5_000);
  assertEquals((await call.session(Id))!.State, "READY");
});

Deno.test("reset() goes back to the beginning: the same fleet, credentials and chance, and time too", async () => {
  const { broker, call, availability } = createPopulatedBroker();
  const atStart = [await call.describeSessions(), await availability()];
  const { credentials } = broker;
  await call.createSession({ Owner: "ben" });
  await call.openServers([{ ServerId: (await call.server("closed"))!.Id! }]);
  broker.hosts.add();
  broker.advance(5_000);
  broker.reset();
  assertEquals(broker.credentials, credentials);
  assertEquals([await call.describeSessions(), await availability()], atStart);
});

Deno.test("reset() voids access tokens", async () => {
  const { broker } = createPopulatedBroker();
  const token = await tokenOf(broker);
  broker.reset();
  assertEquals(await statusWith(broker, token), 401);
  assert(await tokenOf(broker));
});
