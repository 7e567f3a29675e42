import { assert, assertEquals } from "@std/assert";
import type { HostOptions, MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { Caller, createBroker } from "./call.ts";
import { startCommand } from "./command.ts";

const NO_SERVER = "No DCV server found for the given criteria";
const REPORT = 30_000;

/** A broker that counts room half a minute after it has appeared; `node` takes one session. */
function createLaggingBroker(options: MockBrokerOptions = {}) {
  const broker = createBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 1 }],
    timings: {
      deletion: [1_000, 1_000],
      agentReport: [5_000, 5_000],
      agentTimeout: [60_000, 60_000],
      roomReport: [REPORT, REPORT],
    },
    ...options,
  });
  return { broker, call: new Caller(broker) };
}

async function isRoom(call: Caller, request: { Owner?: string; Type?: string } = {}): Promise<boolean> {
  const item = { Name: "desktop", Owner: "zoe", Type: "VIRTUAL", ...request };
  const { SuccessfulList, UnsuccessfulList } = await call.createSessions([item]);
  if (SuccessfulList.length > 0) return true;
  assertEquals(UnsuccessfulList[0]!.FailureReason, NO_SERVER);
  return false;
}

/** There is no room up to the report, and then there is. */
async function assertRoomIsReported(broker: MockBroker, call: Caller, after = REPORT): Promise<void> {
  broker.advance(after - 1);
  assertEquals(await isRoom(call), false);
  broker.advance(1);
  assertEquals(await isRoom(call), true);
}

Deno.test("in process room counts at once, unless timings.roomReport says otherwise", async () => {
  const broker = createBroker({ servers: [{ maxVirtualSessions: 1 }] });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  broker.advance(1_500);
  assertEquals(await isRoom(call), true);
});

Deno.test("the room that a session leaves counts with the agent's next report, whatever servers show", async () => {
  const { broker, call } = createLaggingBroker();
  const { Id } = await call.createReadySession();
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  broker.advance(1_000);
  assertEquals((await call.session(Id))!.State, "DELETED");
  const { Availability, VirtualSessionCount } = (await call.server("node"))!;
  assertEquals([Availability, VirtualSessionCount], ["AVAILABLE", 0]);
  assertEquals(broker.hosts.get("node").roomReported, false);
  await assertRoomIsReported(broker, call);
  assertEquals(broker.hosts.get("node").roomReported, true);
});

Deno.test("one report tells of all the room that appeared before it", async () => {
  const { broker, call } = createLaggingBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 2 }],
    sessions: [{ id: "s1", owner: "ana" }, { id: "s2", owner: "ben" }],
  });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(20_000);
  await call.deleteSessions([{ SessionId: "s2", Owner: "ben" }]);
  broker.advance(11_000);
  assertEquals([await isRoom(call, { Owner: "cy" }), await isRoom(call, { Owner: "di" })], [true, true]);
});

Deno.test("places that were free all along count meanwhile, an owner's own one does not", async () => {
  const { broker, call } = createLaggingBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 2 }],
    sessions: [{ id: "s1", owner: "ana" }],
  });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  assertEquals(await isRoom(call, { Owner: "ana" }), false);
  assertEquals(await isRoom(call, { Owner: "ben" }), true);
  assertEquals(await isRoom(call, { Owner: "cy" }), false);
});

Deno.test("a host that was used by a console session takes neither kind until the report", async () => {
  const { broker, call } = createLaggingBroker({
    sessions: [{ id: "s1", owner: "ana", type: "CONSOLE" }],
  });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  assertEquals(await isRoom(call, { Type: "CONSOLE" }), false);
  await assertRoomIsReported(broker, call);
});

/** What lets a host take sessions that took none, and how it is kept from it before. */
const BEGINNINGS: [what: string, host: HostOptions, begin: (call: Caller, broker: MockBroker) => unknown][] =
  [
    ["it is opened", { closed: true }, async (call) => {
      const { Id } = (await call.server("node"))!;
      await call.openServers([{ ServerId: Id! }]);
    }],
    ["it is opened by the test", { closed: true }, (_, { hosts }) => hosts.setOpen("node", true)],
    ["its DCV server comes back", { dcvHealthy: false }, (_, { hosts }) => hosts.setDcvHealth("node", true)],
  ];

Deno.test("a host that begins to take sessions does so with its agent's next report", async (t) => {
  for (const [what, host, begin] of BEGINNINGS) {
    await t.step(`after ${what}`, async () => {
      const { broker, call } = createLaggingBroker({ servers: [{ hostname: "node", ...host }] });
      await begin(call, broker);
      assertEquals((await call.server("node"))!.Availability, "AVAILABLE");
      await assertRoomIsReported(broker, call);
    });
  }
});

Deno.test("a Windows host takes its session with the report after the user there has logged off", async () => {
  const { broker, call } = createLaggingBroker({
    servers: [{ hostname: "node", os: "windows", loggedInUsers: ["kim"] }],
  });
  broker.hosts.setLoggedInUsers("node", []);
  assertEquals(await isRoom(call, { Type: "CONSOLE" }), false);
  broker.advance(REPORT);
  assertEquals(await isRoom(call, { Type: "CONSOLE" }), true);
});

Deno.test("a host that joins takes sessions with its agent's first report, hosts from the start at once", async () => {
  const { broker, call } = createLaggingBroker();
  assertEquals(await isRoom(call), true);
  broker.hosts.add({ hostname: "new", maxVirtualSessions: 1 });
  await assertRoomIsReported(broker, call);
});

Deno.test("opening a server that is open keeps its room", async () => {
  const { call } = createLaggingBroker();
  const { Id } = (await call.server("node"))!;
  await call.openServers([{ ServerId: Id! }]);
  assertEquals(await isRoom(call), true);
});

Deno.test("after a reboot the report that the agent begins with tells of the room", async () => {
  const { broker, call } = createLaggingBroker();
  await call.createReadySession();
  broker.hosts.reboot("node", 45_000);
  broker.advance(45_000);
  await assertRoomIsReported(broker, call, 5_000);
});

Deno.test("a silent agent reports nothing: room counts when it is back", async () => {
  const { broker, call } = createLaggingBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  broker.hosts.loseAgent("node");
  broker.advance(50_000);
  assertEquals(await isRoom(call), false);
  broker.hosts.restoreAgent("node");
  await assertRoomIsReported(broker, call, 5_000);
});

Deno.test("a creation that failed leaves its place at once: nothing has to be reported", async () => {
  const { broker, call } = createLaggingBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 1, creationFailure: "No licence" }],
  });
  const { Id } = await call.createSession();
  broker.advance(20_000);
  const { history } = broker.sessions.get(Id);
  assertEquals(history!.filter(({ substate }) => substate === "PENDING_PREPARATION").length, 3);
  assertEquals(await isRoom(call), true);
});

Deno.test("a queued session is placed when the room is reported", async () => {
  const { broker, call } = createLaggingBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  const { Id } = await call.createSession({ Owner: "zoe", EnqueueRequest: true });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000 + REPORT - 1);
  assertEquals((await call.session(Id))!.Substate, "SESSION_PLACING");
  broker.advance(10_000);
  assertEquals((await call.session(Id))!.State, "READY");
});

Deno.test("on each ready fleet, create, delete and create again on a full host succeeds on trying again", async (t) => {
  for (const [name, text] of Object.entries(READY_FLEETS)) {
    await t.step(name, async () => {
      const broker = createBroker({ ...parseFleetFile(text), timings: { roomReport: [1_000, REPORT] } });
      const call = new Caller(broker);
      const { Servers } = await call.describeServers();
      const free = Servers.find((server) =>
        server.Availability === "AVAILABLE" && server.ConsoleSessionCount === 0 &&
        server.VirtualSessionCount === 0
      );
      assert(free, "A server without sessions");
      const request = {
        Name: "desktop",
        Owner: "ana",
        Type: "CONSOLE",
        Requirements: `server:Id = '${free.Id}'`,
      };
      const [first] = (await call.createSessions([request])).SuccessfulList;
      broker.advance(5_000);
      await call.deleteSessions([{ SessionId: first!.Id, Owner: "ana", Force: true }]);
      const refusals: string[] = [];
      for (let tries = 0; tries < 20; tries++) {
        const { SuccessfulList, UnsuccessfulList: [failure] } = await call.createSessions([request]);
        if (SuccessfulList.length > 0) break;
        refusals.push(failure!.FailureReason);
        broker.advance(5_000);
      }
      assert(refusals.length > 0 && refusals.length < 20, `${refusals.length} refusals`);
      assertEquals(new Set(refusals), new Set([NO_SERVER]));
    });
  }
});

Deno.test("the command's broker counts room once it is reported, unless the fleet file says otherwise", async () => {
  const file = await Deno.makeTempFile({ suffix: ".yaml" });
  for (const [timings, expected] of [["", false], ["timings: { roomReport: [0, 0] }", true]] as const) {
    const servers = "servers: [{ hostname: node, maxVirtualSessions: 1, closed: true }]";
    await Deno.writeTextFile(
      file,
      [servers, "properties: { enable-authorization: false }", timings].join("\n"),
    );
    await using broker = await startCommand("--no-tls", "--frozen", "--seed", "1", "--fleet", file);
    const url = /broker on +(\S+)/.exec(broker.output)![1]!;
    const request = async (method: string, path: string, body: unknown) => {
      const headers = { "Content-Type": "application/json" };
      return await (await fetch(url + path, { method, headers, body: JSON.stringify(body) })).json();
    };
    await request("PATCH", "/_mock/hosts/node", { open: true });
    const item = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
    const isRoom = async () => (await request("POST", "/createSessions", [item])).SuccessfulList.length === 1;
    assertEquals(await isRoom(), expected);
    if (expected) continue;
    await request("POST", "/_mock/clock/advance", { milliseconds: REPORT });
    assertEquals(await isRoom(), true);
  }
  await Deno.remove(file);
});
