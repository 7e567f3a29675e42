import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

function createPopulatedBroker(properties = {}) {
  const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }], properties });
  return { broker, call: new Caller(broker) };
}

/** Header and payload of a JWT, read by hand so that the library that made it is not asked about itself. */
function decode(token: string): { header: Record<string, unknown>; payload: Record<string, unknown> } {
  const parts = token.split(".");
  assertEquals(parts.length, 3);
  const [header, payload] = parts.slice(0, 2).map((part) => {
    const bytes = Uint8Array.from(
      atob(part.replaceAll("-", "+").replaceAll("_", "/")),
      (c) => c.charCodeAt(0),
    );
    return JSON.parse(new TextDecoder().decode(bytes));
  });
  return { header, payload };
}

Deno.test("getSessionConnectionData answers with the session, its server and a token, without a request id", async () => {
  const { call } = createPopulatedBroker();
  const answer = await call.getSessionConnectionData("s1", "ana");
  assertEquals(Object.keys(answer), ["Session", "ConnectionToken"]);
  assertEquals(answer.Session, (await call.session("s1"))!);
  const { Server } = answer.Session;
  assertEquals([Server!.WebUrlPath, Server!.Port, Server!.Endpoints!.length], ["/", "8443", 2]);
});

Deno.test("a connection token is a JWT that names the session, its owner and the user, for an hour", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.advance(1_500);
  const { header, payload } = decode((await call.getSessionConnectionData("s1", "ben")).ConnectionToken);
  assertEquals([header.typ, header.alg], ["JWT", "RS256"]);
  assertMatch(String(header.kid), UUID);
  const iat = Date.UTC(2026, 0, 1, 0, 0, 1) / 1000;
  assertEquals(payload, {
    dcvSessionId: "s1",
    dcvSessionOwner: "ana",
    dcvSessionUser: "ben",
    iat,
    exp: iat + 3600,
    jti: payload.jti,
  });
  assertMatch(String(payload.jti), UUID);
});

Deno.test("each call mints a token of its own, under the same key", async () => {
  const { call } = createPopulatedBroker();
  const [first, second] = [
    decode((await call.getSessionConnectionData("s1", "ana")).ConnectionToken),
    decode((await call.getSessionConnectionData("s1", "ana")).ConnectionToken),
  ];
  assertEquals(first.header, second.header);
  assertNotEquals(first.payload.jti, second.payload.jti);
});

Deno.test("connect-session-token-duration-minutes is the lifetime of a connection token", async () => {
  const { call } = createPopulatedBroker({ "connect-session-token-duration-minutes": 5 });
  const { payload } = decode((await call.getSessionConnectionData("s1", "ana")).ConnectionToken);
  assertEquals(Number(payload.exp) - Number(payload.iat), 300);
});

Deno.test("the user is whoever will connect, whatever characters the name has", async () => {
  const { call } = createPopulatedBroker();
  const users = [
    "CORP\\ana",
    "ana@corp.example",
    "Ana Lima",
    "100%",
    "%2F",
    "a/b",
    "a?b#c",
    "josé-日本",
    "a+b",
    "nul\0",
    "null",
  ];
  for (const user of users) {
    const { ConnectionToken } = await call.getSessionConnectionData("s1", user);
    assertEquals(decode(ConnectionToken).payload.dcvSessionUser, user);
  }
});

Deno.test("a session id is decoded too", async () => {
  const { broker, call } = createPopulatedBroker();
  const id = "my session/50% #1";
  broker.sessions.createOnHost("ip-10-0-0-2", { id, owner: "ana" });
  assertEquals((await call.getSessionConnectionData(id, "ana")).Session.Id, id);
});

Deno.test("there is no connection data before READY, in words that clients look for", async () => {
  const { broker, call } = createPopulatedBroker();
  const { Id } = await call.createSession({ Owner: "ben" });
  const creating = await call.send("GET", `/sessionConnectionData/${Id}/ben`);
  assertEquals(creating.status, 400);
  assertMatch(creating.body.error, /neither in READY/);
  broker.advance(10_000);
  assertEquals((await call.send("GET", `/sessionConnectionData/${Id}/ben`)).status, 200);
  await call.deleteSessions([{ SessionId: Id, Owner: "ben" }]);
  const deleting = await call.send("GET", `/sessionConnectionData/${Id}/ben`);
  assertEquals(deleting.status, 400);
  assertMatch(deleting.body.error, /neither in READY/);
});

Deno.test("there is connection data for a session that is UNKNOWN", async () => {
  const { broker, call } = createPopulatedBroker();
  broker.hosts.setDcvHealth("ip-10-0-0-1", false);
  const { Session, ConnectionToken } = await call.getSessionConnectionData("s1", "ana");
  assertEquals([Session.State, ConnectionToken.split(".").length], ["UNKNOWN", 3]);
});

Deno.test("there is no connection data for a session that is unknown, DELETED or dropped", async () => {
  const { broker, call } = createPopulatedBroker();
  const nothing = [400, { error: "The requested dcvSession does not exist" }];
  const ask = async (id: string) => {
    const { status, body } = await call.send("GET", `/sessionConnectionData/${id}/ana`);
    return [status, body];
  };
  assertEquals(await ask("nope"), nothing);
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(10_000);
  assertEquals((await call.session("s1"))!.State, "DELETED");
  assertEquals(await ask("s1"), nothing);
  broker.advance(3_600_000);
  assertEquals(await ask("s1"), nothing);
});

Deno.test("a path that is not percent-encoded properly is refused", async () => {
  const { broker } = createPopulatedBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  for (const path of ["s1/%", "s1/%zz", "%E0%A4%A/ana", "s1/%ff"]) {
    const { status, body } = await send(broker, "GET", `/sessionConnectionData/${path}`, { headers });
    assertEquals([status, body], [400, { error: "Path is not percent-encoded UTF-8" }], path);
  }
});

Deno.test("a path without both parameters is no path of the API", async () => {
  const { broker } = createPopulatedBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  for (const path of ["", "/", "/s1", "/s1/", "//ana", "/s1/ana/", "/s1/a/b"]) {
    assertEquals((await send(broker, "GET", `/sessionConnectionData${path}`, { headers })).status, 404, path);
  }
});

Deno.test("without a seed each broker signs with a key of its own; with one, tokens are the same", async () => {
  const tokenFrom = async (seed: number | undefined) => {
    const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }], seed });
    return (await new Caller(broker).getSessionConnectionData("s1", "ana")).ConnectionToken;
  };
  assertEquals(await tokenFrom(7), await tokenFrom(7));
  const [one, other] = [decode(await tokenFrom(undefined)), decode(await tokenFrom(undefined))];
  assert(one.header.kid !== other.header.kid);
});
