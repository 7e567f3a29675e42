import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import type { Fault, FaultRule } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

/** A broker with one rule in force. */
function createFaulty(rule: FaultRule) {
  const broker = createBroker({ faults: [rule] });
  return { broker, call: new Caller(broker) };
}

const BUSY: Fault = { type: "status", status: 503, body: "busy" };

/** The statuses of so many requests for the broker's health. */
async function healthStatuses(broker: ReturnType<typeof createBroker>, count: number): Promise<number[]> {
  const statuses = [];
  for (let i = 0; i < count; i++) statuses.push((await send(broker, "GET", "/health")).status);
  return statuses;
}

Deno.test("a status fault answers with its status, headers and text", async () => {
  const { broker } = createFaulty({ fault: { ...BUSY, headers: { "Retry-After": "3" } } });
  const { status, headers, body } = await send(broker, "GET", "/health");
  assertEquals([status, headers.get("Retry-After"), body], [503, "3", "busy"]);
});

Deno.test("a status fault answers with JSON if its body is not a text, or has none where HTTP allows none", async () => {
  const { broker } = createFaulty({
    times: 1,
    fault: { type: "status", status: 418, body: { message: "teapot" } },
  });
  assertEquals((await send(broker, "GET", "/health")).body, { message: "teapot" });
  broker.faults.add({ fault: { type: "status", status: 204 } });
  assertEquals((await send(broker, "GET", "/health")).status, 204);
});

Deno.test("a request that is struck does nothing, unless the fault says that the broker handles it", async () => {
  for (const handled of [false, true]) {
    const { broker, call } = createFaulty({
      operation: "createSessions",
      times: 1,
      fault: { ...BUSY, handled },
    });
    const sessions = [{ Name: "desktop", Owner: "ana", Type: "VIRTUAL" }];
    assertEquals((await call.send("POST", "/createSessions", sessions)).status, 503);
    assertEquals(broker.sessions.list().total, handled ? 1 : 0);
  }
});

Deno.test("a rule strikes its operation only, or one of several", async () => {
  const { broker, call } = createFaulty({ operation: ["health", "describeServers"], fault: BUSY });
  assertEquals((await send(broker, "GET", "/health")).status, 503);
  assertEquals((await call.send("POST", "/describeServers", {})).status, 503);
  assertEquals((await call.send("POST", "/describeSessions", {})).status, 200);
});

Deno.test("a rule without an operation strikes every request of every connector, the control API excepted", async () => {
  const { broker } = createFaulty({ fault: BUSY });
  for (const url of [broker.url, broker.agentUrl, broker.gatewayUrl]) {
    assertEquals((await send(broker, "GET", "/no/such/path", {}, url)).status, 503);
  }
  assertEquals((await send(broker, "GET", "/_mock/clock")).status, 200);
});

Deno.test("a rule strikes its API client only, at the token endpoint too", async () => {
  const broker = createBroker({
    clients: [{ clientId: "ana" }, { clientId: "bob", clientSecret: "secret" }],
  });
  broker.faults.add({ clientId: "bob", fault: BUSY });
  const ask = (id: string, secret: string) =>
    send(broker, "POST", "/oauth2/token?grant_type=client_credentials", {
      headers: { Authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    });
  assertEquals((await ask("bob", "secret")).status, 503);
  assertEquals((await ask("ana", broker.credentials.clientSecret)).status, 200);
  assertEquals((await new Caller(broker).send("POST", "/describeSessions", {})).status, 200);
});

Deno.test("a rule strikes requests that name its item: by id, name or owner, in the body or in the path", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession({ Name: "desk", Owner: "ana" });
  const requests: [item: string, method: string, path: string, body?: unknown][] = [
    [Id, "POST", "/describeSessions", { SessionIds: [Id] }],
    [Id, "GET", `/sessionConnectionData/${Id}/ana`],
    [Id, "POST", "/getSessionScreenshots", [{ SessionId: Id }]],
    ["ana", "POST", "/describeSessions", { Filters: [{ Key: "owner", Value: "ana" }] }],
    ["desk", "POST", "/createSessions", [{ Name: "desk", Owner: "bob", Type: "VIRTUAL" }]],
    ["server-1", "POST", "/openServers", [{ ServerId: "server-1" }]],
    ["server-1", "POST", "/describeServers", { ServerIds: ["server-1"] }],
  ];
  for (const [item, method, path, body] of requests) {
    broker.faults.add({ id: "rule", item, fault: BUSY });
    assertEquals((await call.send(method, path, body)).status, 503, path);
    broker.faults.remove("rule");
    broker.faults.add({ id: "rule", item: "another", fault: BUSY });
    assertEquals((await call.send(method, path, body)).status, 200, path);
    broker.faults.remove("rule");
  }
});

Deno.test("a body that cannot be read names nothing, and is refused as it is without faults", async () => {
  const { call } = createFaulty({ item: "ana", fault: BUSY });
  assertEquals((await call.send("POST", "/describeSessions", "{")).status, 400);
});

Deno.test("skip lets the first requests pass, times ends the rule", async () => {
  const { broker } = createFaulty({ operation: "health", skip: 2, times: 2, fault: BUSY });
  assertEquals(await healthStatuses(broker, 6), [200, 200, 503, 503, 200, 200]);
  assertEquals(broker.faults.list(), []);
});

Deno.test("probability strikes about that share of the requests, the same ones with the same seed", async () => {
  const strike = () => healthStatuses(createFaulty({ probability: 0.3, fault: BUSY }).broker, 400);
  const statuses = await strike();
  const struck = statuses.filter((status) => status === 503).length;
  assert(struck > 80 && struck < 160, `${struck} of 400`);
  assertEquals(await strike(), statuses);
});

Deno.test("a rule lapses after its duration in simulated time", async () => {
  const { broker } = createFaulty({ duration: 1_000, fault: BUSY });
  broker.advance(999);
  assertEquals(broker.faults.list().map(({ remaining }) => remaining), [1]);
  assertEquals(await healthStatuses(broker, 1), [503]);
  broker.advance(1);
  assertEquals(await healthStatuses(broker, 1), [200]);
  assertEquals(broker.faults.list(), []);
});

Deno.test("delays add up, and the first of the other faults in force decides on the answer", async () => {
  const broker = createBroker({
    faults: [
      { fault: { type: "delay", milliseconds: 100 } },
      { fault: { type: "delay", milliseconds: [50, 50] } },
      { fault: BUSY },
      { fault: { type: "throttle" } },
    ],
  });
  const answer = send(broker, "GET", "/health");
  assertEquals(await stateAfter(answer, () => broker.advance(149)), "pending");
  broker.advance(1);
  assertEquals((await answer).status, 503);
  assertEquals(broker.journal.entries().map(({ duration, faults }) => [duration, faults]), [
    [150, ["fault-1", "fault-2", "fault-3"]],
  ]);
});

Deno.test("a delayed request is looked at when its delay is over, and not at all if its caller gives up", async () => {
  const { broker, call } = createFaulty({
    operation: "createSessions",
    fault: { type: "delay", milliseconds: 1_000 },
  });
  const controller = new AbortController();
  const answer = broker.fetch(`${broker.url}/createSessions`, {
    method: "POST",
    body: "[]",
    signal: controller.signal,
  });
  assertEquals(await stateAfter(answer, () => controller.abort(new Error("Enough"))), "rejected");
  await assertRejects(() => answer, Error, "Enough");
  const created = call.createSession();
  assertEquals(await stateAfter(created, () => {}), "pending");
  assertEquals(broker.sessions.list().total, 0);
  broker.advance(1_000);
  assertEquals((await created).State, "CREATING");
});

Deno.test("a delay under a running clock ends by itself, sooner if the clock is fast or pushed ahead", async () => {
  const broker = createBroker({ clock: { speed: 10_000 } });
  broker.faults.add({ fault: { type: "delay", milliseconds: 60_000 } });
  assertEquals(await healthStatuses(broker, 1), [200]);
  broker.clock.setSpeed(1);
  const answer = send(broker, "GET", "/health");
  await stateAfter(answer, () => broker.advance(60_000));
  assertEquals((await answer).status, 200);
});

Deno.test("a delay waits while the clock is frozen, and goes on when it runs again", async () => {
  const broker = createBroker({ faults: [{ fault: { type: "delay", milliseconds: 5_000 } }] });
  const answer = send(broker, "GET", "/health");
  assertEquals(await stateAfter(answer, () => {}), "pending");
  broker.clock.setSpeed(1_000_000);
  broker.clock.unfreeze();
  assertEquals((await answer).status, 200);
});

Deno.test("reset() lets go of requests that are being delayed: they get no answer", async () => {
  const { broker } = createFaulty({ fault: { type: "delay", milliseconds: 5_000 } });
  const answer = send(broker, "GET", "/health");
  await stateAfter(answer, () => broker.reset());
  await assertRejects(() => answer, TypeError, "fetch failed");
});

Deno.test("a reset rejects as fetch does, with ECONNRESET as the cause's code", async () => {
  for (const handled of [false, true]) {
    const { broker, call } = createFaulty({ operation: "createSessions", fault: { type: "reset", handled } });
    const error = await assertRejects(() => call.createSession(), TypeError, "fetch failed");
    assertEquals((error.cause as { code: string }).code, "ECONNRESET");
    assertEquals(broker.sessions.list().total, handled ? 1 : 0);
  }
});

Deno.test("no answer comes until the caller gives up, and the journal shows the request before that", async () => {
  for (const handled of [false, true]) {
    const { broker } = createFaulty({ operation: "createSessions", fault: { type: "noAnswer", handled } });
    const controller = new AbortController();
    const authorization = `Bearer ${await tokenOf(broker)}`;
    const answer = broker.fetch(`${broker.url}/createSessions`, {
      method: "POST",
      headers: { authorization },
      body: JSON.stringify([{ Name: "desktop", Owner: "ana", Type: "VIRTUAL" }]),
      signal: controller.signal,
    });
    assertEquals(await stateAfter(answer, () => broker.advance(3_600_000)), "pending");
    const [entry] = broker.journal.entries({ operation: "createSessions" });
    assertEquals([entry?.status, entry?.faults], [undefined, ["fault-1"]]);
    assertEquals(broker.sessions.list().total, handled ? 1 : 0);
    controller.abort();
    await assertRejects(() => answer, DOMException);
  }
});

Deno.test("a cut-off answer has all its headers, and a body that fails half-way or where the rule says", async () => {
  for (const afterBytes of [undefined, 0, 7, 1_000_000]) {
    const { broker } = createFaulty({ fault: { type: "cutOff", afterBytes } });
    const response = await broker.fetch(`${broker.url}/describeSessions`, { method: "POST" });
    const length = Number(response.headers.get("Content-Length"));
    assertEquals(length, `{"error":"No authorization header"}`.length);
    const chunks: number[] = [];
    const error = await assertRejects(
      async () => {
        for await (const chunk of response.body!) chunks.push(chunk.byteLength);
      },
      TypeError,
      "terminated",
    );
    assertEquals((error.cause as { code: string }).code, "ECONNRESET");
    const part = chunks.reduce((sum, count) => sum + count, 0);
    assertEquals(part, Math.min(afterBytes ?? length >> 1, length - 1));
  }
});

Deno.test("an answer without a body that is to be cut off is a reset, and has nothing to garble", async () => {
  const { broker } = createFaulty({ times: 1, fault: { type: "cutOff" } });
  await assertRejects(() => send(broker, "GET", "/health"), TypeError, "fetch failed");
  broker.faults.add({ fault: { type: "garble" } });
  assertEquals((await send(broker, "GET", "/health")).body, "");
});

Deno.test("a cut-off answer comes after the broker has acted", async () => {
  const { broker, call } = createFaulty({ operation: "createSessions", fault: { type: "cutOff" } });
  await assertRejects(() => call.createSession(), TypeError, "terminated");
  assertEquals(broker.sessions.list().total, 1);
});

Deno.test("a garbled answer says JSON and is not", async () => {
  const { broker } = createFaulty({ fault: { type: "garble" } });
  const response = await broker.fetch(`${broker.url}/describeSessions`, { method: "POST" });
  assertEquals(response.headers.get("Content-Type"), "application/json");
  await assertRejects(() => response.json(), SyntaxError);
});

Deno.test("throttling answers 429 in the broker's words, with Retry-After if the rule has one", async () => {
  const broker = createBroker({
    faults: [{ times: 1, fault: { type: "throttle", retryAfter: 7 } }, { fault: { type: "throttle" } }],
  });
  for (const retryAfter of ["7", null]) {
    const { status, headers, body } = await send(broker, "GET", "/health");
    assertEquals([status, headers.get("Retry-After"), body], [429, retryAfter, {
      error: "Too many requests",
    }]);
  }
});

Deno.test("refused tokens are 401 for valid ones too, and the token endpoint goes on", async () => {
  const { call } = createFaulty({ fault: { type: "refuseToken" } });
  const { status, body } = await call.send("POST", "/describeSessions", {});
  assertEquals([status, body], [401, { error: "Invalid token" }]);
});

Deno.test("items fail one by one: by name, the n-th one, and nothing happens to them", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  broker.faults.add({ item: "bob", fault: { type: "failItem", reason: "No licence" } });
  broker.faults.add({ id: "second", skip: 1, times: 1, fault: { type: "failItem", reason: "Unlucky" } });
  const owners = ["ana", "bob", "cleo", "dan"];
  const { SuccessfulList, UnsuccessfulList } = await call.createSessions(
    owners.map((Owner) => ({ Name: "desktop", Owner, Type: "VIRTUAL" })),
  );
  assertEquals(SuccessfulList.map(({ Owner }) => Owner), ["ana", "dan"]);
  assertEquals(
    UnsuccessfulList.map(({ CreateSessionRequestData, FailureReason }) => [
      CreateSessionRequestData.Owner,
      FailureReason,
    ]),
    [["bob", "No licence"], ["cleo", "Unlucky"]],
  );
  assertEquals(broker.sessions.list().total, 2);
  const [entry] = broker.journal.entries({ operation: "createSessions" });
  assertEquals(entry?.faults, ["fault-1", "second"]);
});

Deno.test("items of every batch operation can fail, with a code where the operation has one", async () => {
  const broker = createBroker({ faults: [{ fault: { type: "failItem", reason: "No" } }] });
  const call = new Caller(broker);
  const session = { SessionId: "s", Owner: "ana" };
  const answers = [
    await call.deleteSessions([session]),
    await call.updateSessionPermissions([{ ...session, PermissionsFile: "" }]),
    await call.getSessionScreenshots([{ SessionId: "s" }]),
    await call.openServers([{ ServerId: "h" }]),
    await call.closeServers([{ ServerId: "h" }]),
  ];
  assertEquals(answers.map(({ UnsuccessfulList: [failure] }) => failure!.FailureReason), Array(5).fill("No"));
  const codes = answers.map(({ UnsuccessfulList: [failure] }) =>
    (failure as { FailureCode?: string }).FailureCode
  );
  assertEquals(codes, [undefined, undefined, undefined, "DCV_SERVER_ERROR", "DCV_SERVER_ERROR"]);
  broker.faults.clear();
  broker.faults.add({ fault: { type: "failItem", reason: "No", code: "BROKEN" } });
  assertEquals((await call.openServers([{ ServerId: "h" }])).UnsuccessfulList[0]!.FailureCode, "BROKEN");
});

Deno.test("rules are listed with what they have done, removed by id, and all restored by reset()", async () => {
  const { broker } = createFaulty({ id: "mine", skip: 1, fault: BUSY });
  const added = broker.faults.add({ operation: "token", fault: BUSY });
  await healthStatuses(broker, 3);
  assertEquals(broker.faults.list().map(({ id, matched, struck }) => [id, matched, struck]), [
    ["mine", 3, 2],
    [added, 0, 0],
  ]);
  assertEquals([broker.faults.remove("mine"), broker.faults.remove("mine")], [true, false]);
  broker.faults.clear();
  assertEquals(broker.faults.list(), []);
  broker.reset();
  assertEquals(broker.faults.list().map(({ id, matched }) => [id, matched]), [["mine", 0]]);
});

Deno.test("a rule that cannot be had is refused when it is set, saying what is wrong with it", () => {
  const wrong: [rule: unknown, message: string][] = [
    [{}, "fault"],
    [{ fault: { type: "explode" } }, "fault.type"],
    [{ fault: { type: "status", status: 99 } }, "fault.status"],
    [{ fault: { type: "status", status: 204, body: "x" } }, "fault.body: must be absent"],
    [{ fault: { type: "status", status: 200, headers: { "X": "a\r\nb" } } }, "fault.headers.X"],
    [{ fault: { type: "delay", milliseconds: [2, 1] } }, "fault.milliseconds"],
    [{ fault: { type: "delay", milliseconds: -1 } }, "fault.milliseconds"],
    [{ operation: "describe", fault: { type: "reset" } }, "operation"],
    [
      { operation: "health", fault: { type: "failItem", reason: "x" } },
      "operation: must be one of createSessions, ",
    ],
    [{ operation: "health", fault: { type: "garble" } }, "operation: must be one of describeSessions, "],
    [{ operation: "token", fault: { type: "refuseToken" } }, "operation: must be one of describeSessions, "],
    [{ probability: 2, fault: { type: "reset" } }, "probability"],
    [{ times: 0, fault: { type: "reset" } }, "times"],
    [{ often: 1, fault: { type: "reset" } }, "often"],
  ];
  const broker = createBroker();
  for (const [rule, message] of wrong) {
    assertThrows(() => broker.faults.add(rule as FaultRule), TypeError, message);
    assertThrows(() => createBroker({ faults: [rule as FaultRule] }), TypeError, message);
  }
  broker.faults.add({ id: "same", fault: { type: "reset" } });
  assertThrows(() => broker.faults.add({ id: "same", fault: { type: "reset" } }), TypeError, `"same"`);
});

/** What has become of a promise once something is done and all that follows from it at once has happened. */
async function stateAfter(
  promise: Promise<unknown>,
  act: () => void,
): Promise<"pending" | "fulfilled" | "rejected"> {
  let state: "pending" | "fulfilled" | "rejected" = "pending";
  promise.then(() => state = "fulfilled", () => state = "rejected");
  await turn();
  act();
  await turn();
  return state;
}

/** One turn of the event loop. */
function turn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
