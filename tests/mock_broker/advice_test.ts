import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { AdviceId, MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import type * as wire from "@dcvkit/session-manager";
import { type Answer, createBroker, send, tokenOf } from "./call.ts";

/** A program that keeps its token. */
class CarefulCaller {
  #token: string | undefined;
  constructor(readonly broker: MockBroker) {}

  async call(method: string, path: string, body?: unknown): Promise<Answer> {
    this.#token ??= await tokenOf(this.broker);
    return await send(this.broker, method, path, {
      headers: { Authorization: `Bearer ${this.#token}`, "Content-Type": "application/json" },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  describeSessions(request: wire.DescribeSessionsRequestData = {}): Promise<Answer> {
    return this.call("POST", "/describeSessions", request);
  }

  createSession(about: Partial<wire.CreateSessionRequestData> = {}): Promise<Answer> {
    return this.call("POST", "/createSessions", [{ Name: "desk", Owner: "ana", Type: "VIRTUAL", ...about }]);
  }

  deleteSession(SessionId: string, Owner: string = "ana"): Promise<Answer> {
    return this.call("POST", "/deleteSessions", [{ SessionId, Owner }]);
  }
}

function start(options: MockBrokerOptions = {}): { broker: MockBroker; caller: CarefulCaller } {
  const broker = createBroker({
    servers: [{ maxVirtualSessions: 100, maxConcurrentSessionsPerUser: 100 }],
    ...options,
  });
  return { broker, caller: new CarefulCaller(broker) };
}

function idsOf(broker: MockBroker): AdviceId[] {
  return broker.advice().map(({ id }) => id);
}

/** A world with so many sessions of so many people. */
function sessions(number: number) {
  return Array.from({ length: number }, (_, n) => ({ id: `s-${n}`, owner: `user-${n}` }));
}

Deno.test("advice() is empty for a broker that nobody has called", () => {
  const { broker } = start();
  assertEquals(broker.advice(), []);
  broker.assertNoAdvice();
});

Deno.test("advice() is empty for a program that creates, waits, connects and deletes", async () => {
  const { broker, caller } = start();
  const { body } = await caller.createSession();
  const [{ Id }] = body.SuccessfulList;
  for (let poll = 0; poll < 3; poll++) {
    broker.advance(2_000);
    await caller.describeSessions({ SessionIds: [Id] });
  }
  await caller.call("GET", `/sessionConnectionData/${Id}/ana`);
  await caller.deleteSession(Id);
  broker.assertNoAdvice();
});

Deno.test("advice() on the samples of AWS's guide, which ask for a token before each call, is that and nothing else", async () => {
  const { broker } = start();
  const { body } = await new CarefulCaller(broker).createSession();
  const [{ Id }] = body.SuccessfulList;
  for (let poll = 0; poll < 3; poll++) {
    broker.advance(2_000);
    await new CarefulCaller(broker).describeSessions({ SessionIds: [Id], Filters: [] });
  }
  await new CarefulCaller(broker).call("GET", `/sessionConnectionData/${Id}/ana`);
  await new CarefulCaller(broker).call("PUT", "/sessionPermissions", [
    { SessionId: Id, Owner: "ana", PermissionsFile: btoa("[permissions]\n") },
  ]);
  await new CarefulCaller(broker).deleteSession(Id);
  assertEquals(idsOf(broker), ["token-per-call"]);
});

Deno.test("advice() says of each finding what was seen, why it hurts, what to do, and which requests show it", async () => {
  const { broker } = start();
  for (let call = 0; call < 4; call++) await new CarefulCaller(broker).describeSessions();

  const [advice] = broker.advice();
  assertEquals(advice?.id, "token-per-call");
  assertEquals(advice?.clientId, broker.credentials.clientId);
  assertStringIncludes(advice!.found, "3 tokens");
  assertStringIncludes(advice!.remedy.withClient, "SessionManagerClient");
  assertStringIncludes(advice!.remedy.without, "expires_in");
  const shown = broker.journal.entries().filter(({ id }) => advice!.entries.includes(id));
  assertEquals(shown.map(({ operation }) => operation), ["token", "token", "token"]);
});

Deno.test("advice() tells the programs of different API clients apart", async () => {
  const { broker, caller } = start({
    clients: [{ clientId: "careful" }, { clientId: "other", clientSecret: "x" }],
  });
  for (let call = 0; call < 3; call++) {
    await caller.describeSessions();
    await send(broker, "POST", "/oauth2/token?grant_type=client_credentials", {
      headers: { Authorization: `Basic ${btoa("other:x")}` },
    });
  }
  assertEquals(broker.advice(), []);
});

Deno.test("token-per-call: not for tokens that are used twice, have run out, or were refused", async () => {
  const { broker } = start();
  for (let program = 0; program < 5; program++) {
    const caller = new CarefulCaller(broker);
    await caller.describeSessions();
    await caller.describeSessions();
  }
  for (let hour = 0; hour < 5; hour++) {
    await new CarefulCaller(broker).describeSessions();
    broker.advance(3_000_000);
  }
  for (let time = 0; time < 5; time++) {
    const caller = new CarefulCaller(broker);
    broker.faults.add({ operation: "describeSessions", times: 1, fault: { type: "refuseToken" } });
    await caller.describeSessions();
  }
  assertEquals(idsOf(broker), []);
});

Deno.test("expired-token-used-again: for a program that goes on with a token whose time is over", async () => {
  const { broker, caller } = start();
  await caller.describeSessions();
  broker.advance(3_600_000);
  await caller.describeSessions();
  assertEquals(idsOf(broker), []);
  broker.advance(5_000);
  await caller.describeSessions();
  assertEquals(idsOf(broker), ["expired-token-used-again"]);
});

Deno.test("expired-token-used-again: not for calls that were under way together, each time a token ends", async () => {
  const { broker } = start();
  for (let hour = 0; hour < 3; hour++) {
    const caller = new CarefulCaller(broker);
    await caller.describeSessions();
    broker.advance(3_600_000);
    await Promise.all(Array.from({ length: 5 }, () => caller.describeSessions()));
  }
  assertEquals(idsOf(broker), []);
});

Deno.test("first-page-only: for a program that never sends a NextToken back", async () => {
  const { broker, caller } = start({ sessions: sessions(30) });
  await caller.describeSessions({ MaxResults: 10 });
  assertEquals(idsOf(broker), [], "once, with a size of its own, may be all that was wanted");
  await caller.describeSessions({ MaxResults: 10 });
  assertEquals(idsOf(broker), ["first-page-only"]);
});

Deno.test("first-page-only: for one answer that the broker itself has cut", async () => {
  const { broker, caller } = start({ servers: [{ maxVirtualSessions: -1 }], sessions: sessions(1_001) });
  await caller.describeSessions();
  assertEquals(idsOf(broker), ["first-page-only"]);
});

Deno.test("first-page-only: not for a program that reads on", async () => {
  const { broker, caller } = start({ sessions: sessions(30) });
  const { body } = await caller.describeSessions({ MaxResults: 20 });
  await caller.describeSessions({ MaxResults: 20, NextToken: body.NextToken });
  await caller.describeSessions({ MaxResults: 20 });
  assertEquals(idsOf(broker), []);
});

Deno.test("too-many-ids: for more than a thousand ids in a request", async () => {
  const { broker, caller } = start();
  const ids = Array.from({ length: 1_000 }, (_, n) => `id-${n}`);
  await caller.describeSessions({ SessionIds: ids });
  assertEquals(idsOf(broker), []);
  await caller.describeSessions({ SessionIds: [...ids, "one more"] });
  assertEquals(idsOf(broker), ["too-many-ids"]);
});

Deno.test("listing-to-find-one: for whole listings that come before calls for one session", async () => {
  const { broker, caller } = start({ sessions: sessions(25) });
  for (const id of ["s-3", "s-4"]) {
    await caller.describeSessions();
    await caller.call("GET", `/sessionConnectionData/${id}/ana`);
  }
  assertEquals(idsOf(broker), ["listing-to-find-one"]);
});

Deno.test("listing-to-find-one: not for an overview, a narrowed listing, or a small fleet", async () => {
  const overview = start({ sessions: sessions(25) });
  for (let time = 0; time < 3; time++) await overview.caller.describeSessions();
  assertEquals(idsOf(overview.broker), []);

  for (const time of [1, 2]) {
    await overview.caller.describeSessions({ Filters: [{ Key: "owner", Value: `user-${time}` }] });
    await overview.caller.call("GET", `/sessionConnectionData/s-${time}/ana`);
  }
  assertEquals(idsOf(overview.broker), []);

  const small = start({ sessions: sessions(5) });
  for (const id of ["s-3", "s-4"]) {
    await small.caller.describeSessions();
    await small.caller.call("GET", `/sessionConnectionData/${id}/ana`);
  }
  assertEquals(idsOf(small.broker), []);
});

Deno.test("creation-sent-again: for a creation repeated after an answer that was lost, cut off or a 5xx", async () => {
  const faults = [
    { type: "status", status: 503, handled: true },
    { type: "reset", handled: true },
    { type: "cutOff" },
  ] as const;
  for (const fault of faults) {
    const { broker, caller } = start({ faults: [{ operation: "createSessions", times: 1, fault }] });
    await caller.createSession().catch(() => {});
    const { body } = await caller.createSession();
    broker.advance(60_000);
    await caller.deleteSession(body.SuccessfulList[0].Id);
    assertEquals(idsOf(broker).includes("creation-sent-again"), true, fault.type);
  }
});

Deno.test("creation-sent-again: not for a program that looks first, or whose creation clearly failed", async () => {
  const { broker, caller } = start({
    faults: [
      { operation: "createSessions", times: 1, fault: { type: "status", status: 503 } },
      { operation: "createSessions", times: 1, fault: { type: "throttle" } },
      { operation: "createSessions", times: 1, fault: { type: "failItem", reason: "No DCV server found" } },
    ],
  });
  await caller.createSession();
  await caller.describeSessions();
  await caller.createSession();
  await caller.createSession();
  await caller.createSession({ Name: "another" });
  assertEquals(idsOf(broker).filter((id) => id !== "sessions-left-behind"), []);
});

Deno.test("item-failing-again: for an item that fails three times for the same reason", async () => {
  const { broker, caller } = start();
  for (let time = 0; time < 2; time++) await caller.deleteSession("nobody's");
  assertEquals(idsOf(broker), []);
  await caller.deleteSession("nobody's");
  assertEquals(idsOf(broker), ["item-failing-again"]);
});

Deno.test("item-failing-again: not while a program waits for room on a host", async () => {
  const { broker, caller } = start({ servers: [{ maxVirtualSessions: 0 }] });
  for (let time = 0; time < 6; time++) await caller.createSession();
  assertEquals(idsOf(broker), []);
});

Deno.test("polling-too-fast: for ten answers without news within a second or two", async () => {
  const { broker, caller } = start();
  for (let poll = 0; poll < 12; poll++) {
    await caller.describeSessions();
    broker.advance(100);
  }
  assertEquals(idsOf(broker), ["polling-too-fast"]);
});

Deno.test("polling-too-fast: not for slow polls, different questions, or a clock that stands", async () => {
  const slow = start();
  for (let poll = 0; poll < 12; poll++) {
    await slow.caller.describeSessions();
    slow.broker.advance(1_000);
  }
  assertEquals(idsOf(slow.broker), []);

  const various = start();
  for (let poll = 0; poll < 12; poll++) {
    await various.caller.describeSessions({ SessionIds: [`s-${poll}`] });
    various.broker.advance(10);
  }
  assertEquals(idsOf(various.broker), []);

  const standing = start();
  for (let poll = 0; poll < 12; poll++) await standing.caller.describeSessions();
  assertEquals(idsOf(standing.broker), []);
});

Deno.test("retry-after-ignored: for calls that come before the time is over", async () => {
  for (const retryAfter of [10, "Thu, 01 Jan 2026 00:00:11 GMT"]) {
    const { broker, caller } = start({
      faults: [{ operation: "describeSessions", times: 1, fault: { type: "throttle", retryAfter } }],
    });
    broker.advance(1_000);
    await caller.describeSessions();
    broker.advance(5_000);
    await caller.describeSessions();
    broker.advance(5_000);
    await caller.describeSessions();
    const [advice, ...others] = broker.advice();
    assertEquals([advice?.id, others.length, advice?.entries.length], ["retry-after-ignored", 0, 1]);
  }
});

Deno.test("retry-after-ignored: not for calls that wait, or that were under way together", async () => {
  const { broker, caller } = start({
    faults: [{ operation: "describeSessions", times: 1, fault: { type: "throttle", retryAfter: 10 } }],
  });
  await Promise.all(Array.from({ length: 3 }, () => caller.describeSessions()));
  broker.advance(10_000);
  await caller.describeSessions();
  assertEquals(idsOf(broker), []);
});

Deno.test("connection-data-too-early: for a program that asks until the session is READY", async () => {
  const { broker, caller } = start();
  const { body } = await caller.createSession();
  const [{ Id }] = body.SuccessfulList;
  for (let time = 0; time < 3; time++) await caller.call("GET", `/sessionConnectionData/${Id}/ana`);
  broker.advance(60_000);
  await caller.deleteSession(Id);
  assertEquals(idsOf(broker), ["connection-data-too-early"]);
});

Deno.test("malformed-requirements: for an expression that the grammar does not know", async () => {
  const { broker, caller } = start();
  await caller.createSession({ Requirements: "tag:color = pink" });
  await caller.createSession({ Requirements: "tag:name = 'O'Brien'" });
  const [advice, ...others] = broker.advice();
  assertEquals([advice?.id, others.length], ["malformed-requirements", 0]);
  assertEquals(advice?.entries.length, 2);
  assertStringIncludes(advice!.found, "tag:color = pink");
});

Deno.test("deletion-by-wrong-owner: for a deletion that fails because another owns the session", async () => {
  const { broker, caller } = start({ sessions: [{ id: "s-1", owner: "ana" }] });
  await caller.deleteSession("s-1", "bob");
  assertEquals(idsOf(broker), ["deletion-by-wrong-owner"]);
  await caller.deleteSession("s-2", "bob");
  assertEquals(idsOf(broker), ["deletion-by-wrong-owner"]);
});

Deno.test("sessions-left-behind: until the sessions that a program created are deleted", async () => {
  const { broker, caller } = start();
  const { body } = await caller.createSession();
  assertEquals(idsOf(broker), ["sessions-left-behind"]);
  await caller.deleteSession(body.SuccessfulList[0].Id);
  assertEquals(idsOf(broker), []);
});

Deno.test("assertNoAdvice() throws with what was found and what to do, but for what a test excepts", async () => {
  const { broker, caller } = start();
  await caller.createSession();
  assertThrows(
    () => broker.assertNoAdvice(),
    Error,
    "sessions-left-behind: Leaves sessions behind. 1 session",
  );
  broker.assertNoAdvice({ except: ["sessions-left-behind"] });
});

Deno.test("advice() forgets what a reset forgets", async () => {
  const { broker, caller } = start();
  await caller.createSession();
  broker.reset();
  assertEquals(broker.advice(), []);
});
