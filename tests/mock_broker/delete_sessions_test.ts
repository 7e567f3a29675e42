import { assertEquals } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

const DOES_NOT_EXIST = "The requested dcvSession does not exist";

/** Two READY sessions of "ana" and "ben"; a deletion takes a second. */
function createPopulatedBroker() {
  const broker = createBroker({
    sessions: [{ id: "s1", owner: "ana" }, { id: "s2", owner: "ben" }],
    timings: { deletion: [1_000, 1_000] },
  });
  const call = new Caller(broker);
  const state = async (id: string) => (await call.session(id))?.State;
  return { broker, call, state };
}

Deno.test("deleteSessions answers with DELETING, and the session is DELETED some time later", async () => {
  const { broker, call, state } = createPopulatedBroker();
  const { SuccessfulList, UnsuccessfulList } = await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  assertEquals([SuccessfulList, UnsuccessfulList], [[{ SessionId: "s1", State: "DELETING" }], []]);
  broker.advance(999);
  assertEquals(await state("s1"), "DELETING");
  broker.advance(1);
  assertEquals(await state("s1"), "DELETED");
  assertEquals(await state("s2"), "READY");
});

Deno.test("deleteSessions gives no reason for a session that was deleted as asked", async () => {
  const { broker, call } = createPopulatedBroker();
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  assertEquals((await call.session("s1"))!.StateReason, undefined);
});

Deno.test("deleteSessions says the same of an unknown session and of another owner's", async () => {
  const { call, state } = createPopulatedBroker();
  for (const Force of [undefined, true]) {
    const { SuccessfulList, UnsuccessfulList } = await call.deleteSessions([
      { SessionId: "nope", Owner: "ana", Force },
      { SessionId: "s1", Owner: "ben", Force },
      { SessionId: "s1", Owner: "ANA", Force },
      { SessionId: "s1", Owner: "", Force },
    ]);
    assertEquals(SuccessfulList, []);
    const failed = (SessionId: string) => ({ SessionId, FailureReason: DOES_NOT_EXIST });
    assertEquals(UnsuccessfulList, ["nope", "s1", "s1", "s1"].map(failed));
    assertEquals(await state("s1"), "READY");
  }
});

Deno.test("deleteSessions answers for each item, also where an id is there twice", async () => {
  const { call } = createPopulatedBroker();
  const [s1, nope] = [{ SessionId: "s1", Owner: "ana" }, { SessionId: "nope", Owner: "ana" }];
  const { SuccessfulList, UnsuccessfulList } = await call.deleteSessions([s1, nope, s1]);
  const deleting = { SessionId: "s1", State: "DELETING" };
  assertEquals(SuccessfulList, [deleting, deleting]);
  assertEquals(UnsuccessfulList, [{ SessionId: "nope", FailureReason: DOES_NOT_EXIST }]);
});

Deno.test("deleteSessions succeeds again while DELETING, without starting over, and not once DELETED", async () => {
  const { broker, call, state } = createPopulatedBroker();
  const request = [{ SessionId: "s1", Owner: "ana" }];
  await call.deleteSessions(request);
  broker.advance(600);
  assertEquals((await call.deleteSessions(request)).SuccessfulList, [{ SessionId: "s1", State: "DELETING" }]);
  broker.advance(400);
  assertEquals(await state("s1"), "DELETED");
  for (const Force of [false, true]) {
    const { UnsuccessfulList } = await call.deleteSessions([{ ...request[0]!, Force }]);
    assertEquals(UnsuccessfulList, [{ SessionId: "s1", FailureReason: DOES_NOT_EXIST }]);
  }
});

Deno.test("deleteSessions with Force is an ordinary deletion where the agent is reachable", async () => {
  const { broker, call, state } = createPopulatedBroker();
  const { SuccessfulList } = await call.deleteSessions([{ SessionId: "s1", Owner: "ana", Force: true }]);
  assertEquals(SuccessfulList, [{ SessionId: "s1", State: "DELETING" }]);
  assertEquals(await state("s1"), "DELETING");
  broker.advance(1_000);
  assertEquals(await state("s1"), "DELETED");
  assertEquals((await call.describeServers()).Servers[0]!.VirtualSessionCount, 0);
  broker.advance(3_600_000);
  assertEquals(await state("s1"), undefined);
});

Deno.test("deleteSessions with Force does not start over with a session that is DELETING", async () => {
  const { broker, call, state } = createPopulatedBroker();
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(600);
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana", Force: true }]);
  broker.advance(400);
  assertEquals(await state("s1"), "DELETED");
});

Deno.test("deleteSessions with Force drops the record at once where the agent is unreachable", async () => {
  for (const isDeleting of [false, true]) {
    const { broker, call, state } = createPopulatedBroker();
    const host = (await call.session("s1"))!.Server!.Hostname!;
    broker.hosts.loseAgent(host);
    if (isDeleting) await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
    await call.deleteSessions([{ SessionId: "s1", Owner: "ana", Force: true }]);
    assertEquals(await state("s1"), "DELETING", "The broker has not noticed yet");
    broker.advance(60_000);
    await call.deleteSessions([{ SessionId: "s1", Owner: "ana", Force: true }]);
    assertEquals(await state("s1"), undefined);
    broker.advance(3_600_000);
    assertEquals(await state("s1"), undefined);
  }
});

Deno.test("deleteSessions with Force deletes a session that waits for a server like any other", async () => {
  const { call, state } = createPopulatedBroker();
  const { Id } = await call.createSession({ Requirements: "tag:ram = 'none'", EnqueueRequest: true });
  await call.deleteSessions([{ SessionId: Id, Owner: "ana", Force: true }]);
  assertEquals(await state(Id), "DELETING");
});

Deno.test("deleteSessions takes Force: null for no force", async () => {
  const { call, state } = createPopulatedBroker();
  await call.send("POST", "/deleteSessions", [{ SessionId: "s1", Owner: "ana", Force: null }]);
  assertEquals(await state("s1"), "DELETING");
});

Deno.test("deleteSessions ends a session that is still CREATING, which is never READY then", async () => {
  const { broker, call, state } = createPopulatedBroker();
  for (const passed of [0, 800]) {
    const { Id } = await call.createSession({ Owner: "cat" });
    broker.advance(passed);
    await call.deleteSessions([{ SessionId: Id, Owner: "cat" }]);
    assertEquals((await call.session(Id))!.Substate, undefined);
    broker.advance(1_000);
    assertEquals(await state(Id), "DELETED");
    broker.advance(10_000);
    assertEquals(await state(Id), "DELETED");
  }
});

Deno.test("deleteSessions ends a session to which a user is connected", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.sessions.connect("s1", "ana");
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(1_000);
  const { State, NumOfConnections } = (await call.session("s1"))!;
  assertEquals([State, NumOfConnections], ["DELETED", 0]);
});

Deno.test("deleteSessions ends a session that was created on its host", async () => {
  const { broker, call, state } = createPopulatedBroker();
  broker.sessions.createOnHost("ip-10-0-0-5", { id: "console", owner: "Administrator" });
  await call.deleteSessions([{ SessionId: "console", Owner: "Administrator" }]);
  broker.advance(1_000);
  assertEquals(await state("console"), "DELETED");
});

Deno.test("deleteSessions takes nothing for an answer to an empty list", async () => {
  const { SuccessfulList, UnsuccessfulList } = await createPopulatedBroker().call.deleteSessions([]);
  assertEquals([SuccessfulList, UnsuccessfulList], [[], []]);
});
