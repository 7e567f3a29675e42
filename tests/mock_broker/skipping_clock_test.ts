import { assert, assertEquals, assertMatch } from "@std/assert";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import { Caller, createBroker } from "./call.ts";
import { startCommand } from "./command.ts";

function createSkippingBroker(options: MockBrokerOptions = {}) {
  const broker = createBroker({ clock: "skipping", servers: [{ hostname: "node" }], ...options });
  return { broker, call: new Caller(broker) };
}

/** The states that a program sees which asks again and again, up to the last one; `undefined` is not listed. */
async function statesUpTo(
  last: string | undefined,
  ask: () => Promise<string | undefined>,
): Promise<unknown[]> {
  const seen: unknown[] = [];
  while (seen.length < 50) {
    const state = await ask();
    seen.push(state);
    if (state === last) return seen;
  }
  throw new Error(`Never ${last}: ${seen.join()}`);
}

function stateOf(call: Caller, id: string): () => Promise<string | undefined> {
  return async () => {
    const session = await call.session(id);
    return session?.Substate ?? session?.State;
  };
}

Deno.test("a program that waits for READY needs as many polls as there are changes", async () => {
  const { call } = createSkippingBroker();
  const { Id } = await call.createSession();
  assertEquals(await statesUpTo("READY", stateOf(call, Id)), ["PENDING_PREPARATION", "READY"]);
});

Deno.test("whatever a program asks for counts as a poll", async () => {
  const asked: ((call: Caller, id: string) => Promise<unknown>)[] = [
    (call) => call.describeServers(),
    (call, id) => call.send("GET", `/sessionConnectionData/${id}/ana`),
    (call, id) => call.getSessionScreenshots([{ SessionId: id }]),
  ];
  for (const ask of asked) {
    const { broker, call } = createSkippingBroker();
    const { Id } = await call.createSession();
    await ask(call, Id);
    await ask(call, Id);
    assertEquals(broker.sessions.get(Id).state, "READY");
  }
});

Deno.test("time moves with polls alone: not with what changes something, nor with health, tokens or control", async () => {
  const { broker, call } = createSkippingBroker();
  const { now } = broker.clock;
  const { Id } = await call.createSession();
  await broker.fetch(`${broker.url}/health`);
  broker.sessions.list();
  broker.state();
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  assertEquals(broker.clock.now, now);
  assertEquals([broker.clock.frozen, broker.clock.skipping], [true, true]);
});

Deno.test("the pages of a listing belong to one poll", async () => {
  const sessions = Array.from({ length: 5 }, (_, i) => ({ id: `s${i}`, owner: `owner-${i}` }));
  const { broker, call } = createSkippingBroker({ sessions });
  await call.createSession();
  let { NextToken } = await call.describeSessions({ MaxResults: 2 });
  const { now } = broker.clock;
  while (NextToken) ({ NextToken } = await call.describeSessions({ MaxResults: 2, NextToken }));
  assertEquals(broker.clock.now, now);
});

Deno.test("a look at what has ended leaves it there, and waiting for it to be forgotten is not in vain", async () => {
  const { broker, call } = createSkippingBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  assertEquals(await statesUpTo("DELETED", stateOf(call, "s1")), ["DELETED"]);
  const { now } = broker.clock;
  for (let i = 0; i < 3; i++) await call.describeSessions();
  assertEquals(broker.clock.now, now);
  assertEquals(await statesUpTo(undefined, stateOf(call, "s1")), [undefined]);
  assertEquals(broker.clock.now.getTime() - now.getTime(), 3_600_000);
});

Deno.test("a program that does something between its looks never reaches a deadline", async () => {
  const { broker, call } = createSkippingBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  for (let i = 0; i < 10; i++) {
    await call.describeSessions();
    await call.updateSessionPermissions([{ SessionId: "s1", Owner: "ana", PermissionsFile: "" }]);
  }
  assertEquals(broker.sessions.get("s1").state, "DELETED");
});

Deno.test("a queued session is READY soon after there is room, and ends if there never is", async () => {
  const full = {
    servers: [{ hostname: "node", maxVirtualSessions: 1 }],
    sessions: [{ id: "s1", owner: "bo" }],
  };
  const { call } = createSkippingBroker(full);
  const { Id } = await call.createSession({ EnqueueRequest: true });
  assertEquals(await stateOf(call, Id)(), "SESSION_PLACING");
  await call.deleteSessions([{ SessionId: "s1", Owner: "bo" }]);
  assertEquals((await statesUpTo("READY", stateOf(call, Id))).length, 3);

  const { call: other } = createSkippingBroker(full);
  const waiting = await other.createSession({ EnqueueRequest: true });
  assertEquals(await statesUpTo("DELETED", stateOf(other, waiting.Id)), [
    ...Array(3).fill("SESSION_PLACING"),
    "DELETED",
  ]);
});

Deno.test("an agent that falls silent, and comes back, is noticed with one poll each", async () => {
  const { broker, call } = createSkippingBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  broker.hosts.loseAgent("node");
  assertEquals(await stateOf(call, "s1")(), "UNKNOWN");
  broker.hosts.restoreAgent("node");
  assertEquals(await stateOf(call, "s1")(), "READY");
});

Deno.test("what finds nothing to do takes no poll: the host of a session falls silent while it is prepared", async () => {
  const { broker, call } = createSkippingBroker();
  const { Id } = await call.createSession();
  await stateOf(call, Id)();
  broker.hosts.loseAgent("node");
  assertEquals(await stateOf(call, Id)(), "DELETED");
});

Deno.test("who tries in vain to create a session gets room that is to be reported", async () => {
  const { call } = createSkippingBroker({
    servers: [{ hostname: "node", maxVirtualSessions: 1 }],
    sessions: [{ id: "s1", owner: "bo" }],
    timings: { roomReport: [10_000, 30_000] },
  });
  await call.deleteSessions([{ SessionId: "s1", Owner: "bo" }]);
  const item = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
  let tries = 1;
  while ((await call.createSessions([item])).SuccessfulList.length === 0) tries++;
  assertEquals(tries, 3);
});

Deno.test("an answer that is delayed comes at once, and its time has passed", async () => {
  const { broker, call } = createSkippingBroker();
  broker.faults.add({ times: 2, fault: { type: "delay", milliseconds: 5_000 } });
  const before = broker.clock.now.getTime();
  await Promise.all([call.describeSessions(), call.describeServers()]);
  assert(broker.clock.now.getTime() >= before + 5_000);
});

Deno.test("a clock can begin to skip and stop again, and is reset to what it was", async () => {
  const { broker, call } = createSkippingBroker({ clock: "manual" });
  const { Id } = await call.createSession();
  broker.clock.skip();
  await statesUpTo("READY", stateOf(call, Id));
  broker.clock.freeze();
  assertEquals([broker.clock.frozen, broker.clock.skipping], [true, false]);
  broker.clock.skip();
  broker.clock.unfreeze();
  assertEquals([broker.clock.frozen, broker.clock.skipping], [false, false]);
  broker.clock.skip();
  assertEquals(broker.state().clock, { frozen: true, skipping: true, speed: 1 });
  broker.reset();
  assertEquals(broker.clock.skipping, false);
});

Deno.test("a fleet file can ask for it, with a start", () => {
  const broker = new MockBroker(parseFleetFile("clock: { mode: skipping, start: 2030-01-01T00:00:00Z }"));
  assertEquals([broker.clock.skipping, broker.clock.now.getFullYear()], [true, 2030]);
  assertEquals(new MockBroker(parseFleetFile("clock: skipping")).clock.skipping, true);
});

Deno.test("the control API can, and refuses a clock that runs and skips", async () => {
  const broker = createBroker();
  const change = async (body: object) => {
    const response = await broker.fetch(`${broker.url}/_mock/clock`, {
      method: "PATCH",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
    return { status: response.status, ...await response.json() };
  };
  assertEquals((await change({ skipping: true })).skipping, true);
  const { status, frozen, skipping } = await change({ skipping: false });
  assertEquals([status, frozen, skipping], [200, true, false]);
  assertEquals((await change({ skipping: true, frozen: false })).status, 400);
});

Deno.test("dcv-mock-broker --clock skipping needs no waiting", async () => {
  await using broker = await startCommand("--no-tls", "--clock", "skipping", "--seed", "1");
  const url = /broker on +(\S+)/.exec(broker.output)![1]!;
  const { clock } = await (await fetch(`${url}/_mock/state`)).json();
  assertEquals(clock.skipping, true);
});

Deno.test("a clock of another kind is refused", () => {
  let message = "";
  try {
    // @ts-expect-error: that is what is refused
    new MockBroker({ clock: "jumping" });
  } catch (error) {
    message = String(error);
  }
  assertMatch(message, /clock: must be real, manual, skipping or an object: got "jumping"/);
});
