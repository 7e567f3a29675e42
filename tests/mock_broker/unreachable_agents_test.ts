import { assert, assertEquals, assertThrows } from "@std/assert";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

const TIMEOUT = 60_000;
const REPORT = 10_000;

/** Two hosts, of which "node" is the one that something happens to; every duration is known. */
function createFleet(options: MockBrokerOptions = {}) {
  const broker = createBroker({
    servers: [{ hostname: "node" }],
    timings: {
      placement: [500, 500],
      preparation: [2_000, 2_000],
      deletion: [1_000, 1_000],
      agentReport: [REPORT, REPORT],
      agentTimeout: [TIMEOUT, TIMEOUT],
    },
    ...options,
  });
  const call = new Caller(broker);
  const availability = async () => {
    const server = await call.server("node");
    return server && (server.UnavailabilityReason ?? server.Availability);
  };
  const state = async (id: string) => (await call.session(id))?.State;
  return { broker, call, availability, state };
}

Deno.test("the broker notices after a while that an agent is silent, and says AVAILABLE until then", async () => {
  const { broker, call, availability } = createFleet();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT - 1);
  assertEquals(await availability(), "AVAILABLE");
  broker.advance(1);
  assertEquals(await availability(), "UNREACHABLE_AGENT");
  assertEquals(await call.creationFailure(), "No DCV server found for the given criteria");
});

Deno.test("an agent that returns in time is not missed", async () => {
  const { broker, call, availability, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT - 1);
  broker.hosts.restoreAgent("node");
  for (const passed of [1, REPORT, TIMEOUT, 1_800_000]) {
    broker.advance(passed);
    assertEquals([await availability(), await state(Id)], ["AVAILABLE", "READY"]);
  }
});

Deno.test("a server whose agent returned after a while is not dropped for its silence later", async () => {
  const { broker, call, availability, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT);
  broker.hosts.restoreAgent("node");
  broker.advance(1_800_000);
  assertEquals([await availability(), await state(Id)], ["AVAILABLE", "READY"]);
});

Deno.test("sessions are UNKNOWN while their agent is unreachable, and READY with its first report", async () => {
  const { broker, call, availability } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT);
  const unknown = await call.session(Id);
  assertEquals([unknown!.State, unknown!.StateReason], ["UNKNOWN", "The agent is unreachable"]);
  assertEquals(unknown!.Server!.UnavailabilityReason, "UNREACHABLE_AGENT");
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT - 1);
  assertEquals((await call.session(Id))!.State, "UNKNOWN");
  broker.advance(1);
  const ready = await call.session(Id);
  assertEquals([ready!.State, ready!.StateReason, await availability()], ["READY", undefined, "AVAILABLE"]);
});

Deno.test("sessions that a host lost by a restart are DELETED with its agent's first report", async () => {
  const { broker, call, availability, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.reboot("node", 5 * TIMEOUT);
  broker.advance(TIMEOUT);
  assertEquals([await availability(), await state(Id)], ["UNREACHABLE_AGENT", "UNKNOWN"]);
  broker.advance(4 * TIMEOUT + REPORT);
  const ended = await call.session(Id);
  assertEquals([ended!.State, ended!.StateReason], ["DELETED", "The session is no longer on its server"]);
  assertEquals([await availability(), (await call.server("node"))!.VirtualSessionCount], ["AVAILABLE", 0]);
});

Deno.test("a host that restarts quickly shows READY sessions until its agent reports that they are gone", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.reboot("node", 20_000);
  broker.advance(20_000 + REPORT - 1);
  assertEquals(await state(Id), "READY");
  broker.advance(1);
  assertEquals(await state(Id), "DELETED");
});

Deno.test("a creation under way is tried on another host when its host turns out to be unreachable", async () => {
  const { broker, call } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.loseAgent("node");
  const other = broker.hosts.add({ hostname: "other" });
  broker.advance(TIMEOUT - 1);
  assertEquals((await call.session(Id))!.State, "CREATING");
  broker.advance(1 + 2_500);
  const session = await call.session(Id);
  assertEquals([session!.State, session!.Server?.Id], ["READY", other]);
});

Deno.test("a creation under way ends as DELETED when its host turns out to be unreachable and is the only one", async () => {
  const { broker, call } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT);
  const session = await call.session(Id);
  assertEquals([session!.State, session!.StateReason], ["DELETED", "The agent is unreachable"]);
});

Deno.test("a creation under way goes on when its host's agent returns in time", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT / 2);
  assertEquals(await state(Id), "CREATING");
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals(await state(Id), "READY");
});

Deno.test("a creation under way is tried again when its host restarts", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.reboot("node", 20_000);
  broker.advance(20_000 + REPORT);
  assertEquals(await state(Id), "CREATING");
  broker.advance(2_500);
  assertEquals(await state(Id), "READY");
});

Deno.test("a creation that its host lost is not taken for done, however quickly the host restarts", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.reboot("node", 0);
  broker.advance(REPORT - 1);
  assertEquals(await state(Id), "CREATING");
  broker.advance(1 + 2_500);
  assertEquals(await state(Id), "READY");
});

Deno.test("a session that moved on from a host that restarted is not lost with it", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createSession();
  broker.hosts.reboot("node", 2 * TIMEOUT);
  broker.hosts.add({ hostname: "other" });
  broker.advance(TIMEOUT + 2_500);
  assertEquals((await call.session(Id))!.Server?.Hostname, "other");
  broker.hosts.loseAgent("other");
  broker.hosts.restoreAgent("other");
  broker.advance(REPORT);
  assertEquals(await state(Id), "READY");
});

Deno.test("a deletion waits for a silent agent, and goes on when it returns", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  broker.advance(TIMEOUT);
  assertEquals(await state(Id), "DELETING");
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals(await state(Id), "DELETING");
  broker.advance(1_000);
  assertEquals(await state(Id), "DELETED");
});

Deno.test("a session that was deleted by force on an unreachable host is listed again if the host still has it", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT);
  const { SuccessfulList } = await call.deleteSessions([{ SessionId: Id, Owner: "ana", Force: true }]);
  assertEquals(SuccessfulList, [{ SessionId: Id, State: "DELETING" }]);
  assertEquals(await state(Id), undefined);
  broker.advance(TIMEOUT);
  assertEquals(await state(Id), undefined);
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals(await state(Id), "READY");
  assertEquals((await call.server("node"))!.VirtualSessionCount, 1);
});

Deno.test("a session that was deleted by force on a host that ended stays away", async () => {
  const { broker, call, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.terminate("node");
  broker.advance(TIMEOUT);
  await call.deleteSessions([{ SessionId: Id, Owner: "ana", Force: true }]);
  broker.advance(24 * 3_600_000);
  assertEquals(await state(Id), undefined);
});

Deno.test("an unreachable server is dropped after seconds-before-deleting-unreachable-dcv-server", async () => {
  const { broker, call, availability, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT + 1_800_000 - 1);
  assertEquals(await availability(), "UNREACHABLE_AGENT");
  broker.advance(1);
  assertEquals(await availability(), undefined);
  assertEquals(await state(Id), "UNKNOWN", "its sessions stay as long as no property says otherwise");
  const tag = { Key: "tag:dcv:os-family", Value: "linux" };
  assertEquals((await call.describeSessions({ Filters: [tag] })).Sessions, [], "its tags are gone");
});

Deno.test("a server that was dropped is listed again when its agent returns, sessions and all", async () => {
  const { broker, call, availability, state } = createFleet({
    properties: { "seconds-before-deleting-unreachable-dcv-server": 60 },
  });
  const { Id } = await call.createReadySession();
  const before = await call.server("node");
  broker.hosts.loseAgent("node");
  broker.advance(2 * TIMEOUT);
  assertEquals(await availability(), undefined);
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals([await availability(), await state(Id)], ["AVAILABLE", "READY"]);
  assertEquals((await call.server("node"))!.Id, before!.Id);
});

Deno.test("sessions of an unreachable server are dropped where a property says when", async () => {
  const { broker, call, state } = createFleet({
    properties: { "seconds-before-deleting-sessions-unreachable-server": 120 },
  });
  const { Id } = await call.createReadySession();
  broker.hosts.loseAgent("node");
  broker.advance(TIMEOUT + 120_000 - 1);
  assertEquals(await state(Id), "UNKNOWN");
  broker.advance(1);
  assertEquals(await state(Id), undefined);
  broker.hosts.restoreAgent("node");
  broker.advance(REPORT);
  assertEquals(await state(Id), "READY", "the host still has it");
});

Deno.test("a host that ended is never heard of again", async () => {
  const { broker, call, availability, state } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.terminate("node");
  broker.advance(TIMEOUT);
  assertEquals([await availability(), await state(Id)], ["UNREACHABLE_AGENT", "UNKNOWN"]);
  broker.advance(1_800_000);
  assertEquals(await availability(), undefined);
  assertThrows(
    () => broker.hosts.restoreAgent("node"),
    TypeError,
    "No server has this host name or id: node",
  );
  assertEquals([broker.hosts.list().items, broker.state().counts.hosts], [[], 0]);
});

Deno.test("whatever is done to a host that was terminated is refused", () => {
  const { broker: { hosts } } = createFleet();
  hosts.terminate("node");
  const acts = [
    () => hosts.terminate("node"),
    () => hosts.loseAgent("node"),
    () => hosts.restoreAgent("node"),
    () => hosts.reboot("node"),
    () => hosts.setDcvHealth("node", false),
    () => hosts.setLoggedInUsers("node", ["ana"]),
    () => hosts.setOpen("node", false),
  ];
  const before = hosts.get("node");
  for (const act of acts) {
    assertThrows(act, TypeError, "Host node was terminated: nothing can be done to it any more");
  }
  assertEquals(hosts.get("node"), before);
});

Deno.test("a new host may take the name of one that ended, under an id of its own", async () => {
  const { broker, call } = createFleet();
  const before = await call.server("node");
  assertThrows(() => broker.hosts.add({ hostname: "node" }), TypeError, "node");
  broker.hosts.terminate("node");
  broker.advance(TIMEOUT + 1_800_000);
  const id = broker.hosts.add({ hostname: "node" });
  assert(id !== before!.Id);
  assertEquals((await call.server("node"))!.Id, id);
});

Deno.test("while a DCV server is down its host is UNHEALTHY_DCV_SERVER and its sessions are UNKNOWN", async () => {
  const { broker, call, availability } = createFleet();
  const { Id } = await call.createReadySession();
  broker.hosts.setDcvHealth("node", false);
  const session = await call.session(Id);
  assertEquals(await availability(), "UNHEALTHY_DCV_SERVER");
  assertEquals([session!.State, session!.StateReason], ["UNKNOWN", "The DCV server is not running"]);
  assertEquals(await call.creationFailure(), "No DCV server found for the given criteria");
  broker.hosts.setDcvHealth("node", true);
  assertEquals([await availability(), (await call.session(Id))!.State], ["AVAILABLE", "READY"]);
});

Deno.test("hosts are named by host name or server id, and unknown ones are a TypeError", async () => {
  const { broker, call, availability } = createFleet();
  const { Id } = (await call.server("node"))!;
  broker.hosts.setDcvHealth(Id!, false);
  assertEquals(await availability(), "UNHEALTHY_DCV_SERVER");
  assertThrows(() => broker.hosts.loseAgent("nope"), TypeError, "No server has this host name or id: nope");
});
