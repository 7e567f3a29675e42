import { assertEquals, assertLessOrEqual, assertRejects } from "@std/assert";
import {
  type AttemptEvent,
  type ClientOptions,
  type SessionManagerClient,
  SessionManagerError,
} from "../../mod.ts";
import { FakeTime } from "./support/fake_time.ts";
import {
  failure,
  json,
  networkFailure,
  NO_SESSIONS,
  SILENCE,
  type StubAnswer,
  StubBroker,
} from "./support/stub_broker.ts";

const create = (client: SessionManagerClient) =>
  client.createSessions([{ Name: "n", Owner: "o", Type: "CONSOLE" }]);

/** How often a call is sent when each attempt fails in this way, and after how long it gave up. */
async function attempts(
  answer: StubAnswer,
  call: (client: SessionManagerClient) => Promise<unknown> = (client) => client.describeSessions(),
  options: Partial<ClientOptions> = {},
): Promise<{ sent: number; elapsed: number }> {
  using time = new FakeTime();
  const broker = new StubBroker(answer);
  await assertRejects(() => time.settle(call(broker.client(options))), SessionManagerError);
  assertEquals(time.pendingTimers, 0);
  return { sent: broker.requests.length, elapsed: time.elapsed };
}

const REFUSED: [string, StubAnswer][] = [
  ["a refused connection", networkFailure("ECONNREFUSED")],
  ["a host name that cannot be resolved", networkFailure("ENOTFOUND")],
  ["429", failure(429, "Too many requests")],
];

const UNCLEAR: [string, StubAnswer][] = [
  ["a lost connection", networkFailure("ECONNRESET")],
  ["an unknown network failure", networkFailure("EWHATEVER")],
  ["a timeout", SILENCE],
  ["408", failure(408, "Too slow")],
  ["500", failure(500, "Out of order")],
  ["502", failure(502, "Bad gateway")],
  ["503, even with Retry-After", failure(503, "Later", { "retry-after": "1" })],
  ["504", failure(504, "Gateway timeout")],
];

const FINAL: [string, StubAnswer][] = [
  ["400", failure(400, "Invalid input")],
  ["404", failure(404, "Not found")],
  ["a certificate that is not trusted", networkFailure("DEPTH_ZERO_SELF_SIGNED_CERT")],
  ["a body that is not JSON", () => new Response("<html>")],
];

for (const [name, answer] of REFUSED) {
  Deno.test(`every call is sent again after ${name}, which the broker did not act on`, async () => {
    assertEquals((await attempts(answer)).sent, 3);
    assertEquals((await attempts(answer, create)).sent, 3);
  });
}

for (const [name, answer] of UNCLEAR) {
  Deno.test(`a read is sent again after ${name}`, async () => {
    assertEquals((await attempts(answer)).sent, 3);
    assertEquals((await attempts(answer, (client) => client.getSessionConnectionData("s", "u"))).sent, 3);
  });

  Deno.test(`createSessions() is not sent twice after ${name}, since the broker may have received it`, async () => {
    assertEquals((await attempts(answer, create)).sent, 1);
    assertEquals(
      (await attempts(answer, (c) => c.createSession({ Name: "n", Owner: "o", Type: "CONSOLE" }))).sent,
      1,
    );
  });
}

for (const [name, answer] of FINAL) {
  Deno.test(`no call is sent again after ${name}`, async () => {
    assertEquals((await attempts(answer)).sent, 1);
    assertEquals((await attempts(answer, create)).sent, 1);
  });
}

Deno.test("what has the same effect twice as once is sent again after a lost connection", async () => {
  const calls: ((client: SessionManagerClient) => Promise<unknown>)[] = [
    (client) => client.deleteSessions([{ SessionId: "s", Owner: "o" }]),
    (client) => client.updateSessionPermissions([{ SessionId: "s", Owner: "o", PermissionsFile: "QQ==" }]),
    (client) => client.openServers([{ ServerId: "h" }]),
    (client) => client.closeServers([{ ServerId: "h" }]),
    (client) => client.getSessionScreenshots([{ SessionId: "s" }]),
    (client) => client.health(),
  ];
  for (const call of calls) assertEquals((await attempts(networkFailure("ECONNRESET"), call)).sent, 3);
});

Deno.test("retry: false sends once, and maxAttempts as often as it says", async () => {
  const answer = failure(503, "Later");
  assertEquals((await attempts(answer, undefined, { retry: false })).sent, 1);
  assertEquals((await attempts(answer, undefined, { retry: { maxAttempts: 1 } })).sent, 1);
  assertEquals((await attempts(answer, undefined, { retry: { maxAttempts: 5 } })).sent, 5);
});

Deno.test("waits double up to maxDelay, and are cut by chance", async () => {
  const answer = failure(503, "Later");
  const retry = { maxAttempts: 6, baseDelay: 100, maxDelay: 500 };
  assertEquals((await attempts(answer, undefined, { retry })).elapsed, 100 + 200 + 400 + 500 + 500);
  using time = new FakeTime({ random: 0.25 });
  await assertRejects(() => time.settle(new StubBroker(answer).client({ retry }).describeSessions()));
  assertEquals(time.elapsed, (100 + 200 + 400 + 500 + 500) / 4);
});

Deno.test("waits begin with 200 ms and end at ten seconds, if nothing else is said", async () => {
  assertEquals((await attempts(failure(503, "Later"))).elapsed, 200 + 400);
  const retry = { maxAttempts: 8 };
  const patient = (await attempts(failure(503, "Later"), undefined, { retry })).elapsed;
  assertEquals(patient, 200 + 400 + 800 + 1_600 + 3_200 + 6_400 + 10_000);
});

Deno.test("a wait that the broker asks for is not cut by chance", async () => {
  using time = new FakeTime({ random: 0.25 });
  const client = new StubBroker(failure(429, "Too many", { "retry-after": "7" })).client({
    retry: { maxAttempts: 2 },
  });
  await assertRejects(() => time.settle(client.describeSessions()));
  assertEquals(time.elapsed, 7_000);
});

Deno.test("Retry-After is honoured as seconds and as a date", async () => {
  for (const header of ["7", "Thu, 01 Jan 2026 00:00:07 GMT"]) {
    const answer = failure(429, "Too many", { "retry-after": header });
    const retry = { maxAttempts: 2 };
    assertEquals((await attempts(answer, undefined, { retry })).elapsed, 7_000, header);
  }
});

Deno.test("a Retry-After that is too long is clamped, and one that makes no sense is ignored", async () => {
  const retry = { maxAttempts: 2, baseDelay: 200, maxDelay: 10_000 };
  const elapsed = async (header: string) =>
    (await attempts(failure(503, "Later", { "retry-after": header }), undefined, { retry })).elapsed;
  assertEquals(await elapsed("86400"), 10_000);
  assertEquals(await elapsed("Fri, 01 Jan 2100 00:00:00 GMT"), 10_000);
  assertEquals(await elapsed("soon"), 200);
  assertLessOrEqual(await elapsed("-5"), 200);
  assertLessOrEqual(await elapsed("Thu, 01 Jan 1970 00:00:00 GMT"), 200);
});

Deno.test("an error says how long the broker asked to wait", async () => {
  const client = new StubBroker(failure(429, "Too many", { "retry-after": "7" })).client({ retry: false });
  const error = await assertRejects(() => client.describeSessions(), SessionManagerError);
  assertEquals([error.code, error.retryAfter], ["THROTTLED", 7_000]);
});

Deno.test("a wait of a millisecond is one, and a wait until now is none", async () => {
  using time = new FakeTime();
  const retryAfter = async (header: string) => {
    const client = new StubBroker(failure(429, "Too many", { "retry-after": header })).client({
      retry: false,
    });
    const call = time.settle(client.describeSessions());
    return (await assertRejects(() => call, SessionManagerError)).retryAfter;
  };
  assertEquals(await retryAfter("0.001"), 1);
  assertEquals(await retryAfter("Thu, 01 Jan 2026 00:00:00 GMT"), undefined);
});

Deno.test("each attempt has the whole timeout, which a call may set for itself", async () => {
  const inTime = await attempts(SILENCE, undefined, {
    timeout: 1_000,
    retry: { maxAttempts: 2, baseDelay: 0 },
  });
  assertEquals(inTime, { sent: 2, elapsed: 2_000 });
  const ownTimeout = (client: SessionManagerClient) => client.describeSessions({}, { timeout: 50 });
  assertEquals((await attempts(SILENCE, ownTimeout, { timeout: 1_000, retry: false })).elapsed, 50);
});

Deno.test("onAttempt sees every attempt, token requests included, and no secret", async () => {
  using time = new FakeTime();
  const events: AttemptEvent[] = [];
  const broker = new StubBroker([
    json({ access_token: "hush-token" }),
    failure(503, "Later"),
    failure(401, "Bearer hush-token is unknown"),
    json({ access_token: "hush-token-2" }),
    NO_SESSIONS,
  ]);
  const client = broker.client({
    credentials: { clientId: "a", clientSecret: "hush-secret" },
    retry: { baseDelay: 100 },
    onAttempt: (event) => events.push(event),
  });
  await time.settle(client.describeSessions());
  assertEquals(
    events.map(({ operation, attempt, status, retryDelay }) => [operation, attempt, status, retryDelay]),
    [
      ["getAccessToken", 1, 200, undefined],
      ["describeSessions", 1, 503, 100],
      ["describeSessions", 2, 401, 0],
      ["getAccessToken", 1, 200, undefined],
      ["describeSessions", 3, 200, undefined],
    ],
  );
  assertEquals(events.map(({ error }) => (error as SessionManagerError | undefined)?.code), [
    undefined,
    "BROKER_ERROR",
    "UNAUTHORIZED",
    undefined,
    undefined,
  ]);
  assertEquals(Deno.inspect(events, { depth: 10 }).includes("hush"), false);
});

Deno.test("an onAttempt that throws does not spoil the call", async () => {
  const client = new StubBroker(NO_SESSIONS).client({
    onAttempt() {
      throw new Error("The log is full");
    },
  });
  assertEquals((await client.describeSessions()).Sessions, []);
});
