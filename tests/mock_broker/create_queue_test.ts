import { assertEquals } from "@std/assert";
import type { MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import type { CreateSessionRequestData } from "@dcvkit/session-manager";
import { Caller, createBroker } from "./call.ts";

const QUEUED = { Name: "queued", Type: "VIRTUAL", EnqueueRequest: true };

/** One host with one place, which "first" has taken. */
async function createFullBroker(options: MockBrokerOptions = {}) {
  const broker = createBroker({ servers: [{ hostname: "node", maxVirtualSessions: 1 }], ...options });
  const call = new Caller(broker);
  const first = await call.createReadySession({ Owner: "first" });
  const free = async () => {
    await call.deleteSessions([{ SessionId: first.Id, Owner: "first" }]);
    broker.advance(10_000);
  };
  const enqueue = async (Owner: string, request: Partial<CreateSessionRequestData> = {}) =>
    (await call.createSession({ ...QUEUED, Owner, ...request })).Id;
  const state = async (id: string) => (await call.session(id))?.State;
  return { broker, call, free, enqueue, state };
}

Deno.test("a session that asks for it waits for room, being placed, without a server", async () => {
  const { broker, call, enqueue } = await createFullBroker();
  const id = await enqueue("ana");
  broker.advance(600_000);
  const { State, Substate, Server } = (await call.session(id))!;
  assertEquals([State, Substate, Server], ["CREATING", "SESSION_PLACING", undefined]);
});

Deno.test("a session that does not ask for it is refused at once", async () => {
  const { call } = await createFullBroker();
  for (const EnqueueRequest of [false, undefined]) {
    const reason = await call.creationFailure({ Owner: "ana", EnqueueRequest });
    assertEquals(reason, "No DCV server found for the given criteria");
  }
});

Deno.test("a queued session is placed as soon as there is room", async () => {
  const { enqueue, free, state } = await createFullBroker();
  const id = await enqueue("ana");
  await free();
  assertEquals(await state(id), "READY");
});

Deno.test("whatever makes room is noticed: a new host, an opened one, one whose agent or DCV server returns", async () => {
  const timings = { agentTimeout: [1_000, 1_000], agentReport: [1_000, 1_000] } as const;
  const events: Record<string, (fleet: { broker: MockBroker; call: Caller; first: string }) => unknown> = {
    "added": ({ broker }) => broker.hosts.add(),
    "opened": async ({ call }) => {
      const { Id } = (await call.server("closed"))!;
      await call.openServers([{ ServerId: Id! }]);
    },
    "agent": ({ broker }) => broker.hosts.restoreAgent("silent"),
    "health": ({ broker }) => broker.hosts.setDcvHealth("unhealthy", true),
    "ended": ({ call, first }) => call.deleteSessions([{ SessionId: first, Owner: "first" }]),
    "rebooted": ({ broker }) => broker.hosts.reboot("node", 1_000),
  };
  for (const [name, event] of Object.entries(events)) {
    const servers = [
      { hostname: "node", maxVirtualSessions: 1 },
      { hostname: "closed", closed: true },
      { hostname: "silent" },
      { hostname: "unhealthy" },
    ];
    const broker = createBroker({ servers, timings });
    broker.hosts.loseAgent("silent");
    broker.hosts.setDcvHealth("unhealthy", false);
    broker.advance(1_000);
    const call = new Caller(broker);
    const first = (await call.createReadySession({ Owner: "first" })).Id;
    const queued = (await call.createSession({ ...QUEUED, Owner: "ana" })).Id;
    await event({ broker, call, first });
    broker.advance(20_000);
    assertEquals((await call.session(queued))!.State, "READY", name);
  }
});

Deno.test("queued sessions are placed in the order in which they came", async () => {
  const { broker, enqueue, free, state } = await createFullBroker();
  const [ana, ben] = [await enqueue("ana"), await enqueue("ben")];
  await free();
  assertEquals([await state(ana), await state(ben)], ["READY", "CREATING"]);
  broker.hosts.add();
  broker.advance(10_000);
  assertEquals(await state(ben), "READY");
});

Deno.test("a queued session that fits nowhere does not hold up those behind it", async () => {
  const { enqueue, free, state } = await createFullBroker();
  const windows = await enqueue("ana", { Requirements: "server:Host.Os.Family = 'windows'" });
  const ben = await enqueue("ben");
  await free();
  assertEquals([await state(windows), await state(ben)], ["CREATING", "READY"]);
});

Deno.test("a queued session ends as DELETED after create-sessions-queue-max-time-seconds", async () => {
  const { broker, call, enqueue, free, state } = await createFullBroker();
  const id = await enqueue("ana");
  broker.advance(1_800_000 - 1);
  assertEquals(await state(id), "CREATING");
  broker.advance(1);
  const { State, StateReason } = (await call.session(id))!;
  assertEquals([State, StateReason], [
    "DELETED",
    "No DCV server found for the given criteria within 1800 seconds",
  ]);
  await free();
  assertEquals(await state(id), "DELETED");
});

Deno.test("a queue that is full refuses, until one of its sessions has left it", async () => {
  const { call, enqueue, free } = await createFullBroker({
    properties: { "create-sessions-queue-max-size": 2 },
  });
  await enqueue("ana");
  await enqueue("ben");
  const reason = "The queue of session creation requests is full";
  assertEquals(await call.creationFailure({ ...QUEUED, Owner: "cat" }), reason);
  await free();
  await enqueue("cat");
  assertEquals(await call.creationFailure({ ...QUEUED, Owner: "dan" }), reason);
});

Deno.test("a queue of size 0 takes nobody", async () => {
  const { call } = await createFullBroker({ properties: { "create-sessions-queue-max-size": 0 } });
  assertEquals(
    await call.creationFailure({ ...QUEUED, Owner: "ana" }),
    "The queue of session creation requests is full",
  );
});

Deno.test("a queued session can be deleted", async () => {
  const { broker, call, enqueue, free, state } = await createFullBroker();
  const id = await enqueue("ana");
  await call.deleteSessions([{ SessionId: id, Owner: "ana" }]);
  assertEquals(await state(id), "DELETING");
  broker.advance(5_000);
  assertEquals(await state(id), "DELETED");
  await free();
  assertEquals(await state(id), "DELETED");
});

Deno.test("a session that is queued but finds room at once does not wait", async () => {
  const call = new Caller(createBroker());
  await call.createReadySession({ EnqueueRequest: true });
});
