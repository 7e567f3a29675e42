import { assert, assertEquals, assertFalse, assertRejects, assertStringIncludes } from "@std/assert";
import { encodeBase64 } from "@std/encoding/base64";
import { type ClientOptions, SessionManagerError } from "../../mod.ts";
import { FakeTime } from "./support/fake_time.ts";
import { failure, json, NO_SESSIONS, SILENCE, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const credentials = { clientId: "an-id", clientSecret: "the-secret" };

/** An answer to any operation, with nothing in it. */
const NOTHING = json({ Sessions: [], Servers: [], SuccessfulList: [], UnsuccessfulList: [] });

/** Gives tokens `token-1`, `token-2`, ..., and takes those that are not refused. */
class TokenBroker extends StubBroker {
  tokens = 0;
  /** The status of a refusal. */
  refusal = 401;
  readonly refused = new Set<string>();

  constructor(life: unknown = 3600, answer: StubAnswer = NOTHING) {
    super((request) => {
      if (request.path.startsWith("/oauth2/token")) {
        return Response.json({
          access_token: `token-${++this.tokens}`,
          token_type: "bearer",
          expires_in: life,
        });
      }
      const token = request.headers.authorization!.replace("Bearer ", "");
      return this.refused.has(token) ? failure(this.refusal, "Invalid token")(request) : answer(request);
    });
  }

  /** What the calls, as opposed to the token requests, were authorized with. */
  get used(): string[] {
    return this.requests.filter(({ path }) => !path.startsWith("/oauth2")).map(({ headers }) =>
      headers.authorization!.replace("Bearer ", "")
    );
  }
}

Deno.test("a token is requested with raw Basic credentials and the grant in the query", async () => {
  const broker = new TokenBroker();
  await broker.client({ credentials: { clientId: "an id", clientSecret: "pß:%/+ £€" } }).describeSessions();
  const [request] = broker.requests;
  assertEquals(request?.method, "POST");
  assertEquals(request?.path, "/oauth2/token?grant_type=client_credentials");
  assertEquals(request?.body, "");
  assertEquals(request?.headers["content-type"], "application/x-www-form-urlencoded");
  const bytes = new TextEncoder().encode("an id:pß:%/+ £€");
  assertEquals(request?.headers.authorization, `Basic ${encodeBase64(bytes)}`);
});

Deno.test("the broker's own token endpoint is asked in the query, also for a scope, and if it is written out", async () => {
  for (const tokenUrl of [undefined, "https://broker.example:8443/oauth2/token"]) {
    const broker = new TokenBroker();
    await broker.client({ credentials, tokenUrl, scope: "a b" }).describeSessions();
    assertEquals(broker.paths[0], "/oauth2/token?grant_type=client_credentials&scope=a+b");
    assertEquals(broker.requests[0]?.body, "");
  }
});

Deno.test("an external authorization server is asked in the body, and in the body alone (RFC 6749, 3.2)", async () => {
  const broker = new TokenBroker();
  const tokenUrl = "https://login.example/oauth2/token";
  await broker.client({ credentials, tokenUrl, scope: "dcv-session-manager/sm_scope" }).describeSessions();
  assertEquals(broker.requests[0]?.url, tokenUrl);
  const body = "grant_type=client_credentials&scope=dcv-session-manager%2Fsm_scope";
  assertEquals(broker.requests[0]?.body, body);
});

Deno.test("an external authorization server gets id and secret form-encoded (RFC 6749, 2.3.1)", async () => {
  const broker = new TokenBroker();
  const credentials = { clientId: "api://an id", clientSecret: "pß:%/+ £€" };
  await broker.client({ credentials, tokenUrl: "https://login.example/oauth2/token" }).describeSessions();
  const basic = encodeBase64("api%3A%2F%2Fan+id:p%C3%9F%3A%25%2F%2B+%C2%A3%E2%82%AC");
  assertEquals(broker.requests[0]?.headers.authorization, `Basic ${basic}`);
});

Deno.test("a tokenUrl that has a query keeps it as it is, and what it says is not said again", async () => {
  const broker = new TokenBroker();
  const tokenUrl = "https://login.example/oauth2/token?tenant=a%20b&grant_type=client_credentials&scope=a";
  await broker.client({ credentials, tokenUrl, scope: "b" }).describeSessions();
  assertEquals(broker.requests[0]?.url, tokenUrl);
  assertEquals(broker.requests[0]?.body, "");
});

Deno.test("a hundred first calls make one token request", async () => {
  const broker = new TokenBroker();
  const client = broker.client({ credentials });
  await Promise.all(Array.from({ length: 100 }, () => client.describeSessions()));
  assertEquals(broker.tokens, 1);
  assertEquals(broker.requests.length, 101);
});

Deno.test("a token serves until a minute before its end, and is then refreshed in the background", async () => {
  using time = new FakeTime();
  const broker = new TokenBroker(3600);
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(3_539_999);
  await time.settle(client.describeSessions());
  assertEquals(broker.tokens, 1);
  await time.advance(1);
  await time.settle(client.describeSessions());
  await time.settle(client.describeSessions());
  assertEquals(broker.tokens, 2);
  assertEquals(broker.used, ["token-1", "token-1", "token-1", "token-2"]);
});

Deno.test("a token with a short life is refreshed in its last fifth", async () => {
  using time = new FakeTime();
  const broker = new TokenBroker(10);
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(7_999);
  await time.settle(client.describeSessions());
  assertEquals(broker.tokens, 1);
  await time.advance(1);
  await time.settle(client.describeSessions());
  assertEquals(broker.tokens, 2);
});

Deno.test("a token that has expired is not used", async () => {
  using time = new FakeTime();
  const broker = new TokenBroker(10);
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(10_000);
  await time.settle(client.describeSessions());
  assertEquals(broker.used, ["token-1", "token-2"]);
});

Deno.test("without expires_in, or with nonsense in it, a token lasts an hour", async () => {
  for (const life of [undefined, null, "soon"]) {
    using time = new FakeTime();
    const broker = new TokenBroker(life);
    const client = broker.client({ credentials });
    await time.settle(client.describeSessions());
    await time.advance(3_539_000);
    await time.settle(client.describeSessions());
    assertEquals(broker.tokens, 1);
    await time.advance(61_000);
    await time.settle(client.describeSessions());
    assertEquals(broker.tokens, 2);
  }
});

Deno.test("a background refresh that fails bothers no one while the old token holds", async () => {
  using time = new FakeTime();
  let down = false;
  const broker = new StubBroker((request) => {
    if (!request.path.startsWith("/oauth2")) return NO_SESSIONS(request);
    return down
      ? failure(500, "Out of order")(request)
      : Response.json({ access_token: "token", expires_in: 3600 });
  });
  const client = broker.client({ credentials, retry: false });
  await time.settle(client.describeSessions());
  down = true;
  await time.advance(3_545_000);
  for (let i = 0; i < 5; i++) await time.settle(client.describeSessions());
  const refreshes = () => broker.paths.filter((path) => path.startsWith("/oauth2")).length - 1;
  assertEquals(refreshes(), 1);
  await time.advance(28_000);
  await time.settle(client.describeSessions());
  assertEquals(refreshes(), 2);
  await time.advance(28_000);
  await assertRejects(() => time.settle(client.describeSessions()), SessionManagerError, "Out of order");
});

for (const status of [401, 403]) {
  Deno.test(`a token that is refused with ${status} is replaced, and the call sent once more`, async () => {
    const broker = new TokenBroker();
    broker.refusal = status;
    const client = broker.client({ credentials, retry: false });
    await client.describeSessions();
    broker.refused.add("token-1");
    await client.createSessions([{ Name: "n", Owner: "o", Type: "CONSOLE" }]);
    assertEquals(broker.used, ["token-1", "token-1", "token-2"]);
  });
}

Deno.test("a fresh token that is refused too is an error", async () => {
  const broker = new TokenBroker();
  broker.refused.add("token-1").add("token-2");
  const error = await assertRejects(
    () => broker.client({ credentials }).describeSessions(),
    SessionManagerError,
  );
  assertEquals([error.code, error.status, error.brokerMessage], ["UNAUTHORIZED", 401, "Invalid token"]);
  assertEquals(broker.used, ["token-1", "token-2"]);
});

Deno.test("a storm of refusals makes one refresh", async () => {
  const broker = new TokenBroker();
  const client = broker.client({ credentials });
  await client.describeSessions();
  broker.refused.add("token-1");
  await Promise.all(Array.from({ length: 50 }, () => client.describeSessions()));
  assertEquals(broker.tokens, 2);
});

Deno.test("a refusal that comes late does not throw away the token that came after", async () => {
  const broker = new TokenBroker();
  const late = Promise.withResolvers<Response>();
  const slow = new StubBroker((request) =>
    request.path === "/describeServers" && request.headers.authorization === "Bearer token-1"
      ? late.promise
      : broker.fetch(request.url, { ...request, body: "" })
  );
  const client = slow.client({ credentials });
  const servers = client.describeServers();
  await client.describeSessions();
  broker.refused.add("token-1");
  await client.describeSessions();
  late.resolve(Response.json({ error: "Invalid token" }, { status: 401 }));
  await servers;
  assertEquals(broker.tokens, 2);
});

Deno.test("a token that was on its way when the old one was refused is not kept", async () => {
  using time = new FakeTime();
  const inBackground = Promise.withResolvers<Response>();
  const gives = (n: number) => Response.json({ access_token: `token-${n}`, expires_in: 3600 });
  let tokens = 0;
  let restarted = false;
  const broker = new StubBroker((request) => {
    if (request.path.startsWith("/oauth2")) return ++tokens === 2 ? inBackground.promise : gives(tokens);
    const stale = restarted && request.headers.authorization !== "Bearer token-3";
    return stale ? failure(401, "Invalid token")(request) : NO_SESSIONS(request);
  });
  const used = () =>
    broker.requests.filter(({ path }) => path === "/describeSessions").map(({ headers }) =>
      headers.authorization!.replace("Bearer ", "")
    );
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(3_550_000); // into the time in which it is refreshed in the background
  await time.settle(client.describeSessions());
  assertEquals([tokens, used()], [2, ["token-1", "token-1"]]);

  restarted = true; // the broker knows neither the token in use nor the one that it has just made
  await time.settle(client.describeSessions());
  assertEquals([tokens, used().slice(2)], [3, ["token-1", "token-3"]]);

  inBackground.resolve(gives(2));
  await time.advance(0);
  await time.settle(client.describeSessions());
  assertEquals([tokens, used().slice(4)], [3, ["token-3"]], "token-2 took the place of token-3");
});

Deno.test("while the next token is on its way, the arrival of a lost one makes nobody ask again", async () => {
  using time = new FakeTime();
  const lost = Promise.withResolvers<Response>();
  const next = Promise.withResolvers<Response>();
  const gives = (n: number) => Response.json({ access_token: `token-${n}`, expires_in: 3600 });
  let tokens = 0;
  let restarted = false;
  const broker = new StubBroker((request) => {
    if (request.path.startsWith("/oauth2")) return [gives(1), lost.promise, next.promise][tokens++]!;
    const stale = restarted && request.headers.authorization !== "Bearer token-3";
    return stale ? failure(401, "Invalid token")(request) : NO_SESSIONS(request);
  });
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(3_550_000); // into the time in which it is refreshed in the background
  await time.settle(client.describeSessions());
  restarted = true;
  const refused = client.describeSessions();
  await time.advance(0);
  assertEquals(tokens, 3);

  lost.resolve(gives(2));
  await time.advance(0);
  const later = client.describeSessions();
  await time.advance(0);
  assertEquals(tokens, 3);
  next.resolve(gives(3));
  await time.settle(Promise.all([refused, later]));
});

Deno.test("while the next token is on its way, the end of a lost request makes nobody ask again", async () => {
  using time = new FakeTime();
  const next = Promise.withResolvers<Response>();
  const gives = (n: number) => Response.json({ access_token: `token-${n}`, expires_in: 3600 });
  let tokens = 0;
  let restarted = false;
  const broker = new StubBroker((request) => {
    if (request.path.startsWith("/oauth2")) {
      return [() => gives(1), SILENCE, () => next.promise][tokens++]!(request);
    }
    const stale = restarted && request.headers.authorization !== "Bearer token-3";
    return stale ? failure(401, "Invalid token")(request) : NO_SESSIONS(request);
  });
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(3_550_000); // into the time in which it is refreshed in the background
  await time.settle(client.describeSessions());
  restarted = true;
  const refused = client.describeSessions();
  await time.advance(1_000); // nobody waits for the second token any more
  const later = client.describeSessions();
  await time.advance(0);
  assertEquals(tokens, 3);
  next.resolve(gives(3));
  await time.settle(Promise.all([refused, later]));
});

Deno.test("an abort ends the wait for a token, not the request that others wait for", async () => {
  const answer = Promise.withResolvers<Response>();
  const broker = new StubBroker((request) =>
    request.path.startsWith("/oauth2") ? answer.promise : NO_SESSIONS(request)
  );
  const client = broker.client({ credentials });
  const controller = new AbortController();
  const aborted = client.describeSessions({}, { signal: controller.signal });
  const patient = client.describeSessions();
  controller.abort(new Error("No longer needed"));
  await assertRejects(() => aborted, Error, "No longer needed");
  assertFalse(broker.requests[0]!.signal.aborted);
  answer.resolve(Response.json({ access_token: "token" }));
  await patient;
  assertEquals(broker.paths.length, 2);
});

Deno.test("a token request ends when the last call that waits for it has gone, and the next call makes another", async () => {
  const broker = new StubBroker(SILENCE);
  const client = broker.client({ credentials });
  const controllers = [new AbortController(), new AbortController()];
  const calls = controllers.map(({ signal }) => client.describeSessions({}, { signal }));
  controllers[0]!.abort();
  await assertRejects(() => calls[0]!, DOMException);
  assertEquals([broker.requests.length, broker.requests[0]!.signal.aborted], [1, false]);
  controllers[1]!.abort();
  const { signal } = controllers[0] = new AbortController();
  const next = client.describeSessions({}, { signal });
  await assertRejects(() => calls[1]!, DOMException);
  assertEquals(broker.requests.map(({ signal }) => signal.aborted), [true, false]);
  controllers[0].abort();
  await assertRejects(() => next, DOMException);
});

Deno.test("a background refresh keeps a process for less than a second, and is asked for again later", async () => {
  using time = new FakeTime();
  let tokens = 0;
  const broker = new StubBroker((request) => {
    if (!request.path.startsWith("/oauth2")) return NO_SESSIONS(request);
    tokens++;
    return tokens === 2 ? SILENCE(request) : json({ access_token: `token-${tokens}` })(request);
  });
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(3_550_000); // into the time in which it is refreshed in the background
  await time.settle(client.describeSessions());
  const refresh = broker.requests[2]!;
  await time.advance(899);
  assertEquals([refresh.path.startsWith("/oauth2"), refresh.signal.aborted], [true, false]);
  await time.advance(1);
  assertEquals([refresh.signal.aborted, time.pendingTimers], [true, 0]);
  await time.advance(25_000);
  await time.settle(client.describeSessions());
  assertEquals(tokens, 3);
});

Deno.test("a background refresh that a call waits for after all goes on", async () => {
  using time = new FakeTime();
  const slow = Promise.withResolvers<Response>();
  let tokens = 0;
  const broker = new StubBroker((request) => {
    if (!request.path.startsWith("/oauth2")) return NO_SESSIONS(request);
    return ++tokens === 2 ? slow.promise : json({ access_token: "token", expires_in: 10 })(request);
  });
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(9_500);
  await time.settle(client.describeSessions());
  await time.advance(600); // the token ends before the refresh is given up
  const call = client.describeSessions();
  await time.advance(5_000);
  slow.resolve(Response.json({ access_token: "token-2" }));
  await time.settle(call);
  assertEquals([tokens, broker.requests.at(-1)!.headers.authorization], [2, "Bearer token-2"]);
});

Deno.test("a function that gets tokens is told when nobody waits any more", async () => {
  let signal: AbortSignal | undefined;
  const client = new StubBroker(NO_SESSIONS).client({
    credentials: (_replaced, given) => {
      signal = given;
      return new Promise(() => {});
    },
  });
  const controller = new AbortController();
  const call = client.describeSessions({}, { signal: controller.signal });
  assertFalse(signal!.aborted);
  controller.abort();
  await assertRejects(() => call, DOMException);
  assert(signal!.aborted);
});

Deno.test("a token request that fails after everyone left is nobody's unhandled rejection", async () => {
  const answer = Promise.withResolvers<Response>();
  const client = new StubBroker(() => answer.promise).client({ credentials, retry: false });
  const controller = new AbortController();
  const call = client.describeSessions({}, { signal: controller.signal });
  controller.abort();
  await assertRejects(() => call, DOMException);
  answer.resolve(new Response("{}", { status: 500 }));
  await new Promise((resolve) => setTimeout(resolve, 0));
});

Deno.test("wrong credentials are AUTHENTICATION_FAILED, and not tried twice", async () => {
  const broker = new StubBroker(failure(401, "invalid_client"));
  const error = await assertRejects(
    () => broker.client({ credentials }).describeSessions(),
    SessionManagerError,
  );
  assertEquals([error.code, error.operation, error.status], ["AUTHENTICATION_FAILED", "getAccessToken", 401]);
  assertEquals(
    error.message,
    "Cannot complete getAccessToken: https://broker.example:8443/oauth2/token answered 401: invalid_client",
  );
  assertEquals(broker.requests.length, 1);
});

Deno.test("a token endpoint that refuses blames the credentials, one in trouble does not, whatever it says", async () => {
  const codes = new Map<number, string>();
  for (const status of [400, 401, 403, 404, 407, 408, 429, 500]) {
    for (const answer of [failure(status, "some words"), () => new Response("", { status })]) {
      const client = new StubBroker(answer).client({ credentials, retry: false });
      const error = await assertRejects(() => client.describeSessions(), SessionManagerError);
      const code = codes.get(status) ?? error.code;
      assertEquals(error.code, code, `${status}: ${error.message}`);
      codes.set(status, code);
    }
  }
  assertEquals([...codes.values()], [
    ...Array(5).fill("AUTHENTICATION_FAILED"),
    "TIMEOUT",
    "THROTTLED",
    "BROKER_ERROR",
  ]);
});

Deno.test("a token request is sent again after a lost connection", async () => {
  using time = new FakeTime();
  const lost = () => Promise.reject(new TypeError("connection reset"));
  const broker = new StubBroker([lost, json({ access_token: "token" }), NO_SESSIONS]);
  await time.settle(broker.client({ credentials }).describeSessions());
  assertEquals(broker.requests.length, 3);
});

Deno.test("an answer without an access token is an error that quotes it, but never a token", async () => {
  const tokens = { id_token: "hush-1", token: "hush-2", jwt: "hush".repeat(20), note: "login first" };
  const error = await assertRejects(
    () => new StubBroker(json(tokens)).client({ credentials }).describeSessions(),
    SessionManagerError,
    "answered 200 without access_token",
  );
  assertEquals(error.code, "INVALID_RESPONSE");
  assertStringIncludes(error.message, "login first");
  assertFalse(Deno.inspect(error).includes("hush"), Deno.inspect(error));
});

Deno.test("a ready token is used as it is, and a refusal is final", async () => {
  const broker = new StubBroker(failure(401, "Expired"));
  const client = broker.client({ credentials: { accessToken: "ready" } });
  const error = await assertRejects(() => client.describeSessions(), SessionManagerError, "Expired");
  assertEquals(error.code, "UNAUTHORIZED");
  assertEquals(broker.requests.map(({ headers }) => headers.authorization), ["Bearer ready"]);
});

Deno.test("a function that returns a string is asked again only when the broker refuses that token", async () => {
  using time = new FakeTime();
  const broker = new TokenBroker();
  let calls = 0;
  const client = broker.client({ credentials: () => `mine-${++calls}` });
  await time.settle(client.describeSessions());
  await time.advance(86_400_000);
  await time.settle(client.describeSessions());
  broker.refused.add("mine-1");
  await time.settle(client.describeSessions());
  assertEquals(broker.used, ["mine-1", "mine-1", "mine-1", "mine-2"]);
  assertEquals(broker.tokens, 0);
});

Deno.test("a function that says when its token expires is asked ahead of that", async () => {
  using time = new FakeTime();
  const broker = new TokenBroker();
  let calls = 0;
  const credentials: ClientOptions["credentials"] = () =>
    Promise.resolve({ accessToken: `mine-${++calls}`, expiresIn: 100 });
  const client = broker.client({ credentials });
  await time.settle(client.describeSessions());
  await time.advance(80_000);
  await time.settle(client.describeSessions());
  await time.settle(client.describeSessions());
  assertEquals(broker.used, ["mine-1", "mine-1", "mine-2"]);
});

Deno.test("what a function for tokens throws reaches the caller, and no token is a TypeError", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  const denied = new Error("Vault is sealed");
  const failing = broker.client({ credentials: () => Promise.reject(denied) });
  assert(await failing.describeSessions().catch((error) => error === denied));
  const empty = broker.client({ credentials: () => undefined as never });
  await assertRejects(
    () => empty.describeSessions(),
    TypeError,
    '"credentials.accessToken" must be an access token',
  );
  assertEquals(broker.requests.length, 0);
});
