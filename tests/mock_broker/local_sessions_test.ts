import { assertEquals, assertThrows } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

Deno.test("a session that was created on its host is listed under its own id, without a name", async () => {
  const broker = createBroker({ servers: [{ hostname: "linux" }, { hostname: "windows", os: "windows" }] });
  const call = new Caller(broker);
  assertEquals(broker.sessions.createOnHost("linux", { id: "mine", owner: "ana" }), "mine");
  broker.sessions.createOnHost("windows", { id: "console", owner: "Administrator" });
  const { Sessions } = await call.describeSessions();
  assertEquals(
    Sessions.map((
      { Id, Name, Owner, Type, State, Server },
    ) => [Id, Name, Owner, Type, State, Server?.Hostname]),
    [
      ["mine", "", "ana", "VIRTUAL", "READY", "linux"],
      ["console", "", "Administrator", "CONSOLE", "READY", "windows"],
    ],
  );
});

Deno.test("a session that was created on its host takes its place there", async () => {
  const broker = createBroker({ servers: [{ hostname: "node", maxVirtualSessions: 1 }] });
  const call = new Caller(broker);
  broker.sessions.createOnHost("node", { owner: "ana" });
  const server = await call.server("node");
  assertEquals([server!.VirtualSessionCount, server!.UnavailabilityReason], [1, "SERVER_FULL"]);
});

Deno.test("a host makes no session for which it has no room, or with an id that it has", () => {
  const broker = createBroker({ servers: [{ hostname: "node" }, { hostname: "other" }] });
  broker.sessions.createOnHost("node", { id: "s1", owner: "ana" });
  const create = (id: string, owner: string, type: "VIRTUAL" | "CONSOLE") => () =>
    broker.sessions.createOnHost("node", { id, owner, type });
  assertThrows(create("s2", "ana", "VIRTUAL"), TypeError, "node has no room for a VIRTUAL session of ana");
  assertThrows(create("s2", "ben", "CONSOLE"), TypeError, "node has no room for a CONSOLE session of ben");
  assertThrows(create("s1", "ben", "VIRTUAL"), TypeError, "node has a session with the id s1 already");
  broker.sessions.createOnHost("other", { id: "s1", owner: "ana" });
  broker.hosts.setDcvHealth("node", false);
  assertThrows(create("s2", "ben", "VIRTUAL"), TypeError, "node is not running");
});

Deno.test("calls about an id that several sessions have mean the newest of the owner's", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }, { hostname: "b" }, { hostname: "c" }] });
  const call = new Caller(broker);
  broker.sessions.createOnHost("a", { id: "console", owner: "ana", type: "CONSOLE" });
  broker.sessions.createOnHost("b", { id: "console", owner: "ben", type: "CONSOLE" });
  broker.sessions.createOnHost("c", { id: "console", owner: "ana", type: "CONSOLE" });
  await call.deleteSessions([{ SessionId: "console", Owner: "ana" }]);
  const states = (await call.describeSessions()).Sessions.map(({ State }) => State);
  assertEquals(states, ["READY", "READY", "DELETING"]);
  broker.advance(10_000);
  assertEquals((await call.getSessionConnectionData("console", "x")).Session.Owner, "ben");
});

Deno.test("a session that is created on a host out of the broker's sight is listed when its agent reports", async () => {
  const timings = { agentTimeout: [60_000, 60_000], agentReport: [5_000, 5_000] } as const;
  const broker = createBroker({ servers: [{ hostname: "node" }], timings });
  const call = new Caller(broker);
  broker.hosts.loseAgent("node");
  const id = broker.sessions.createOnHost("node", { owner: "ana" });
  assertEquals(await call.session(id), undefined);
  broker.advance(60_000);
  assertEquals(await call.session(id), undefined);
  broker.hosts.restoreAgent("node");
  broker.advance(5_000);
  assertEquals((await call.session(id))!.State, "READY");
});

Deno.test("sessions of the options are there from the start, on the servers that they name or the first with room", async () => {
  const broker = createBroker({
    servers: [{ hostname: "windows", os: "windows" }, { hostname: "a" }, { hostname: "b" }],
    sessions: [
      { id: "s1", owner: "ana", name: "cad", server: "b" },
      { owner: "ana" },
      { owner: "ana", type: "CONSOLE" },
    ],
  });
  const { Sessions } = await new Caller(broker).describeSessions();
  assertEquals(Sessions.map(({ Name, State, Server }) => [Name, State, Server?.Hostname]), [
    ["cad", "READY", "b"],
    ["", "READY", "a"],
    ["", "READY", "windows"],
  ]);
});
