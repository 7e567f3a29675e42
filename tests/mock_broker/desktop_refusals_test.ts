/**
 * Whom the desktop connector refuses, with which status, and why.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { encodePermissions } from "@dcvkit/session-manager/permissions";
import type { MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";
import { connect, Connection, connectionData, told, urlFor, visit } from "./desktop_visit.ts";

const SHARED = encodePermissions(
  "[permissions]\n%owner% allow builtin\nbob allow display\neve allow keyboard\n",
);

function createPopulatedBroker(options: MockBrokerOptions = {}): MockBroker {
  return createBroker({
    servers: [{ hostname: "render-1", users: ["ana", "bob", "eve"] }],
    sessions: [{ id: "s1", owner: "ana", permissionsFile: SHARED, maxConcurrentClients: 2 }],
    ...options,
  });
}

/** Both the page and an attempt to connect are refused, in the same way. */
async function assertRefused(
  broker: MockBroker,
  url: string,
  { status, code, reason }: { status: number; code: string; reason: string },
): Promise<void> {
  for (const answer of [await visit(broker, url), await told(await connect(broker, url))]) {
    assertEquals([answer.status, answer.page, answer.code], [status, "refusal", code]);
    assertStringIncludes(answer.reason!, reason);
  }
  assertEquals(broker.journal.entries().slice(-2).map((entry) => [entry.connector, entry.status]), [
    ["desktop", status],
    ["desktop", status],
  ]);
}

Deno.test("a URL without a token is refused with 401", async () => {
  const broker = createPopulatedBroker();
  const url = (await urlFor(broker, "s1", "ana")).replace(/\?.*#/, "#");
  await assertRefused(broker, url, { status: 401, code: "NO_TOKEN", reason: "no connection token" });
});

Deno.test("a token that has expired is refused with 401", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "ana");
  broker.advance(60 * 60_000 + 1_000);
  await assertRefused(broker, url, { status: 401, code: "EXPIRED_TOKEN", reason: "has expired" });
});

Deno.test("a token that was changed, or that is none, is refused with 401", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "bob");
  const [head, , signature] = new URL(url).searchParams.get("authToken")!.split(".");
  const payload = btoa(JSON.stringify({ dcvSessionId: "s1", dcvSessionUser: "ana", exp: 2e9 }));
  for (const token of [`${head}.${payload}.${signature}`, "none", "e30.e30.e30"]) {
    const changed = url.replace(/authToken=[^#]*/, `authToken=${token}`);
    const { status, code } = await visit(broker, changed);
    assertEquals([status, ["INVALID_TOKEN", "FOREIGN_TOKEN"].includes(code!)], [401, true], token);
  }
  const changed = url.replace(/authToken=[^#]*/, `authToken=${head}.${payload}.${signature}`);
  await assertRefused(broker, changed, {
    status: 401,
    code: "INVALID_TOKEN",
    reason: "signature does not fit",
  });
});

Deno.test("another broker's token is refused with 401, and so is one from before its keys were lost", async () => {
  const broker = createPopulatedBroker();
  const foreign = await urlFor(createPopulatedBroker({ seed: 2 }), "s1", "ana");
  const refusal = { status: 401, code: "FOREIGN_TOKEN", reason: "signed with another key" };
  await assertRefused(broker, foreign, refusal);
  const former = await urlFor(broker, "s1", "ana");
  broker.restart();
  await assertRefused(broker, former, refusal);
});

Deno.test("a token for another session than the fragment's is refused with 403", async () => {
  const broker = createPopulatedBroker();
  const url = (await urlFor(broker, "s1", "ana")).replace("#s1", "#s2");
  const { status, code, reason } = await told(await connect(broker, url));
  assertEquals([status, code, reason], [
    403,
    "OTHER_SESSION",
    "The token is for session s1, and session s2 was asked for",
  ]);
});

Deno.test("a URL without a fragment is refused with 400", async () => {
  const broker = createPopulatedBroker();
  const url = (await urlFor(broker, "s1", "ana")).replace("#s1", "");
  const { status, code } = await told(await connect(broker, url));
  assertEquals([status, code], [400, "NO_SESSION"]);
});

Deno.test("a session that is not there any more is refused with 404", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "ana");
  await new Caller(broker).deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(10_000);
  const reason = "The requested dcvSession does not exist: s1";
  await assertRefused(broker, url, { status: 404, code: "SESSION_NOT_FOUND", reason });
});

Deno.test("a session on another host than the URL's is refused with 404", async () => {
  const broker = createPopulatedBroker({
    servers: [{ hostname: "render-1" }, { hostname: "render-2" }],
    sessions: [{ id: "s1", owner: "ana", server: "render-1" }],
  });
  const { ConnectionToken } = await connectionData(broker, "s1", "ana");
  const url = `${broker.desktopUrl}/render-2?authToken=${ConnectionToken}#s1`;
  const reason = "Session s1 is on render-1, and render-2 was asked for it";
  await assertRefused(broker, url, { status: 404, code: "SESSION_NOT_ON_HOST", reason });
});

Deno.test("a session that is being deleted is refused with 409", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "ana");
  await new Caller(broker).deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  const reason = "takes no connection while it is DELETING";
  await assertRefused(broker, url, { status: 409, code: "SESSION_NOT_READY", reason });
});

Deno.test("a host whose DCV server or agent is down is refused with 503", async () => {
  for (
    const [down, reason] of [
      [(broker: MockBroker) => broker.hosts.setDcvHealth("render-1", false), "The DCV server on render-1"],
      [(broker: MockBroker) => broker.hosts.loseAgent("render-1"), "The agent on render-1"],
      [(broker: MockBroker) => broker.hosts.terminate("render-1"), "Host render-1 does not exist any more"],
    ] as const
  ) {
    const broker = createPopulatedBroker();
    const url = await urlFor(broker, "s1", "ana");
    down(broker);
    await assertRefused(broker, url, { status: 503, code: "HOST_DOWN", reason });
  }
});

Deno.test("a user without display is refused with 403", async () => {
  const broker = createPopulatedBroker();
  const reason = "The permissions of session s1 do not let eve see its display";
  await assertRefused(broker, await urlFor(broker, "s1", "eve"), { status: 403, code: "NO_DISPLAY", reason });
});

Deno.test("a user who is not on the host is refused with 403", async () => {
  const broker = createPopulatedBroker();
  const reason = "User mallory does not exist on render-1";
  const url = await urlFor(broker, "s1", "mallory");
  await assertRefused(broker, url, { status: 403, code: "USER_NOT_ON_HOST", reason });
});

Deno.test("a session that is full is refused with 429 to whoever connects", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "ana");
  await using _first = await Connection.open(broker, url);
  await using second = await Connection.open(broker, url);
  assertEquals((await visit(broker, url)).page, "connecting");
  const { status, code, reason } = await told(await connect(broker, url));
  assertEquals([status, code, reason], [
    429,
    "TOO_MANY_CLIENTS",
    "Session s1 has its 2 connections already",
  ]);
  await second.close();
  await using _third = await Connection.open(broker, url);
});

Deno.test("a program that asks for JSON gets the refusal as JSON", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "eve");
  const response = await connect(broker, url, { headers: { Accept: "application/json" } });
  assertEquals(await response.json(), {
    code: "NO_DISPLAY",
    reason: "The permissions of session s1 do not let eve see its display",
  });
});

Deno.test("the journal has each attempt, who was let in and to what, and no token", async () => {
  const broker = createPopulatedBroker();
  const url = await urlFor(broker, "s1", "bob");
  await visit(broker, url);
  await (await Connection.open(broker, url)).close();
  const entries = broker.journal.entries().filter(({ connector }) => connector === "desktop");
  assertEquals(entries.map(({ method, path, status }) => [method, path, status]), [
    ["GET", "/render-1/", 200],
    ["POST", "/render-1/mock-desktop/connect", 200],
  ]);
  assertEquals(entries[1]!.query, { sessionId: "s1" });
  assertEquals(entries[1]!.response, { connected: { sessionId: "s1", user: "bob", features: ["display"] } });
  assert(!JSON.stringify(entries).includes(new URL(url).searchParams.get("authToken")!));
});

Deno.test("what the names of users and sessions hold is escaped", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }] });
  const name = `<img src=x onerror="alert(1)">`;
  broker.sessions.createOnHost("a", { id: "s1", owner: name, name });
  const refused = await (await broker.fetch(await urlFor(broker, "s1", `<b>${name}`))).text();
  assert(!refused.includes("<img src=x") && refused.includes("&lt;img src=x"));
  await using connection = await Connection.open(
    broker,
    connectionUrl(await connectionData(broker, "s1", name)),
  );
  const view = await connection.next("view");
  assert(!view.includes("<img src=x") && view.includes("&lt;img src=x"));
});
