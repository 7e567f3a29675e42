import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import fc from "fast-check";
import type { MockBroker } from "@dcvkit/mock-broker";
import { type Answer, Caller, createBroker, send } from "./call.ts";

/** Calls the control API in process. */
async function control(broker: MockBroker, method: string, path: string, body?: unknown): Promise<Answer> {
  return await send(broker, method, `/_mock${path}`, {
    ...(body !== undefined && {
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    }),
  });
}

/** What a call of the control API answers, which must succeed. */
async function ask(broker: MockBroker, method: string, path: string, body?: unknown) {
  const answer = await control(broker, method, path, body);
  assert(answer.status === 200 || answer.status === 204, JSON.stringify(answer.body));
  return answer.body;
}

Deno.test("the state shows time, counts, the queue and the first hosts and sessions", async () => {
  const broker = createBroker({
    servers: [{ hostname: "a", maxVirtualSessions: 1 }, { hostname: "b", closed: true }],
  });
  const call = new Caller(broker);
  await call.createReadySession();
  const { Id } = await call.createSession({ EnqueueRequest: true });
  const state = await ask(broker, "GET", "/state?hosts=1");
  assertEquals(state.time, "2026-01-01T00:00:10.000Z");
  assertEquals(state.clock, { frozen: true, skipping: false, speed: 1 });
  assertEquals(state.properties["delete-session-duration-seconds"], 3600);
  assertEquals(state.counts.hostsByAvailability, { SERVER_FULL: 1, SERVER_CLOSED: 1 });
  assertEquals(state.counts.sessionsByState, { READY: 1, CREATING: 1 });
  assertEquals(state.queue, [Id]);
  assertEquals([state.hosts.items.length, state.hosts.total, state.hosts.next], [1, 2, 0]);
  const none = await ask(broker, "GET", "/sessions?limit=0&newestFirst=true");
  assertEquals(none, { items: [], total: 2 });
  assertEquals(state.sessions.total, 2);
  assertEquals(broker.state().counts, state.counts);
});

Deno.test("the revision grows with whatever may change the state, and not with reading", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }] });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const server = broker.hosts.get("a").id;
  const changes: [string, () => unknown][] = [
    ["create", () => call.createSession({ Owner: "bob" })],
    ["time", () => broker.advance(10_000)],
    ["connect", () => broker.sessions.connect(Id, "ana")],
    ["agent", () => broker.hosts.loseAgent("a")],
    ["close", () => call.closeServers([{ ServerId: server, Force: true }])],
    ["fault", () => broker.faults.add({ operation: "health", fault: { type: "reset" } })],
    ["freeze", () => broker.clock.freeze()],
    ["restart", () => broker.restart()],
    ["reset", () => broker.reset()],
  ];
  for (const [name, change] of changes) {
    const before = broker.state().revision;
    await change();
    assert(broker.state().revision > before, name);
  }
  const before = broker.state().revision;
  await call.describeSessions();
  await ask(broker, "GET", "/state");
  assertEquals(broker.state().revision, before);
});

Deno.test("the clock is told, advanced, sped up, frozen and let run", async () => {
  const broker = createBroker();
  assertEquals(await ask(broker, "GET", "/clock"), {
    time: "2026-01-01T00:00:00.000Z",
    frozen: true,
    skipping: false,
    speed: 1,
  });
  const advanced = await ask(broker, "POST", "/clock/advance", { milliseconds: 90_000 });
  assertEquals(advanced.time, "2026-01-01T00:01:30.000Z");
  assertEquals((await ask(broker, "PATCH", "/clock", { frozen: false, speed: 2 })).speed, 2);
  assertEquals([broker.clock.frozen, broker.clock.speed], [false, 2]);
  await ask(broker, "PATCH", "/clock", { frozen: true });
  const { time } = await ask(broker, "GET", "/clock");
  assertEquals((await ask(broker, "GET", "/clock")).time, time);
});

Deno.test("faults are set, listed, removed and cleared", async () => {
  const broker = createBroker();
  const rule = { operation: "health", times: 5, fault: { type: "status", status: 503 } };
  assertEquals(await ask(broker, "POST", "/faults", rule), { ids: ["fault-1"] });
  assertEquals((await send(broker, "GET", "/health")).status, 503);
  assertEquals(await ask(broker, "GET", "/faults"), {
    faults: [{ ...rule, id: "fault-1", matched: 1, struck: 1 }],
  });
  await ask(broker, "DELETE", "/faults/fault-1");
  assertEquals((await control(broker, "DELETE", "/faults/fault-1")).status, 404);
  await ask(broker, "POST", "/faults/presets/flakyNetwork");
  await ask(broker, "DELETE", "/faults");
  assertEquals(broker.faults.list(), []);
  const wrong = await control(broker, "POST", "/faults", { fault: { type: "status", status: 7 } });
  assertEquals(wrong.status, 400);
  assertStringIncludes(wrong.body.error, "fault.status");
});

Deno.test("hosts are added, shown, changed, restarted and ended", async () => {
  const broker = createBroker({ servers: [] });
  const { id } = await ask(broker, "POST", "/hosts", { hostname: "new", tags: { ram: "4gb" } });
  const host = await ask(broker, "GET", "/hosts/new");
  assertEquals([host.id, host.tags.ram, host.availability, host.listed], [id, "4gb", "AVAILABLE", true]);
  assertEquals(await ask(broker, "GET", `/hosts/${encodeURIComponent(id)}`), host);
  const closed = await ask(broker, "PATCH", "/hosts/new", { open: false, loggedInUsers: ["ana"] });
  assertEquals([closed.open, closed.reason, closed.loggedInUsers], [false, "SERVER_CLOSED", ["ana"]]);
  assertEquals(
    (await ask(broker, "PATCH", "/hosts/new", { open: true, dcvHealthy: false })).reason,
    "UNHEALTHY_DCV_SERVER",
  );
  assertEquals((await ask(broker, "PATCH", "/hosts/new", { agentConnected: false })).agentConnected, false);
  assertEquals((await ask(broker, "PATCH", "/hosts/new", { agentConnected: true })).agentConnected, true);
  await ask(broker, "POST", "/hosts/new/reboot", { downFor: 1_000 });
  assertEquals(broker.hosts.get("new").agentConnected, false);
  broker.advance(1_000);
  assertEquals(broker.hosts.get("new").agentConnected, true);
  await ask(broker, "DELETE", "/hosts/new");
  assertEquals(broker.hosts.get("new").terminated, true);
});

Deno.test("sessions are created on hosts, and users connect and disconnect", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }] });
  assertEquals(await ask(broker, "POST", "/sessions", { host: "a", owner: "bob/c", id: "mine" }), {
    id: "mine",
  });
  await ask(broker, "POST", "/sessions/mine/connections", { user: "bob/c" });
  assertEquals((await ask(broker, "GET", "/sessions/mine")).connections, ["bob/c"]);
  broker.advance(5_000);
  await ask(broker, "DELETE", "/sessions/mine/connections/bob%2Fc");
  const session = await ask(broker, "GET", "/sessions/mine");
  assertEquals(session.lastDisconnectionTime, "2026-01-01T00:00:05.000Z");
  assertEquals([session.host, session.state], ["a", "READY"]);
});

Deno.test("a session shows the steps of its life", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }]);
  broker.advance(10_000);
  const { history } = await ask(broker, "GET", `/sessions/${Id}`);
  assertEquals(
    history.map(({ state, substate }: { state: string; substate?: string }) => substate ?? state),
    [
      "SESSION_PLACING",
      "PENDING_PREPARATION",
      "READY",
      "DELETING",
      "DELETED",
    ],
  );
  const { items: [listed] } = await ask(broker, "GET", "/sessions");
  assertEquals(listed.history, undefined);
  assertEquals((await ask(broker, "GET", "/sessions?history=true")).items[0].history, history);
});

Deno.test("long lists come page by page, and can be narrowed down", async () => {
  const servers = Array.from({ length: 25 }, (_, i) => ({ hostname: `host-${i}`, closed: i % 2 === 1 }));
  const broker = createBroker({ servers });
  for (let i = 0; i < 25; i++) {
    broker.sessions.createOnHost(`host-${i}`, { owner: `user${i % 5}`, id: `s${i}` });
  }
  for (const list of ["hosts", "sessions"]) {
    const seen: string[] = [];
    let after = "";
    for (let page = 0; page < 3; page++) {
      const { items, total, next } = await ask(broker, "GET", `/${list}?limit=10${after}`);
      seen.push(...items.map((item: { id: string }) => item.id));
      assertEquals([total, next === undefined], [25, page === 2]);
      after = `&after=${next}`;
    }
    assertEquals(new Set(seen).size, 25);
  }
  assertEquals((await ask(broker, "GET", "/hosts?availability=SERVER_CLOSED&limit=0")).total, 12);
  assertEquals((await ask(broker, "GET", "/hosts?text=HOST-24")).items[0].hostname, "host-24");
  assertEquals((await ask(broker, "GET", "/sessions?owner=user1")).total, 5);
  assertEquals((await ask(broker, "GET", "/sessions?state=DELETED")).total, 0);
  assertEquals((await ask(broker, "GET", "/sessions?host=host-3")).items[0].id, "s3");
  assertEquals((await ask(broker, "GET", "/sessions?text=s24")).total, 1);
});

Deno.test("the broker restarts, tokens are revoked, and everything begins anew", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  await call.createReadySession();
  const { clientId, clientSecret } = broker.credentials;
  const { body } = await send(broker, "POST", "/oauth2/token?grant_type=client_credentials", {
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  const describe = () =>
    send(broker, "POST", "/describeSessions", { headers: { Authorization: `Bearer ${body.access_token}` } });
  assertEquals((await describe()).status, 200);
  await ask(broker, "POST", "/tokens/revoke");
  assertEquals((await describe()).status, 401);
  await ask(broker, "POST", "/restart");
  assertEquals(broker.sessions.list().total, 0);
  await ask(broker, "POST", "/reset");
  assertEquals([broker.clock.now.toISOString(), broker.journal.size], ["2026-01-01T00:00:00.000Z", 0]);
});

Deno.test("the journal is read, cleared and exported, and does not show the control API itself", async () => {
  const broker = createBroker();
  for (const path of ["/health", "/a", "/b"]) await send(broker, "GET", path);
  const { entries, lastId } = await ask(broker, "GET", "/journal?since=1&limit=1");
  assertEquals([entries.length, entries[0].path, lastId], [1, "/b", 3]);
  assertEquals((await ask(broker, "GET", "/journal?operation=health")).entries.length, 1);
  assertEquals((await ask(broker, "GET", "/journal.har")).log.entries.length, 3);
  await ask(broker, "DELETE", "/journal");
  assertEquals((await ask(broker, "GET", "/journal")).entries, []);
});

Deno.test("events tell of changes of the state, and of new entries in the journal", async () => {
  const broker = createBroker();
  const response = await broker.fetch(`${broker.url}/_mock/events`);
  assertEquals(response.headers.get("Content-Type"), "text/event-stream");
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  assertMatch(
    (await reader.read()).value!,
    /^event: state\ndata: \{"revision":\d+,"time":"2026-01-01T00:00:00.000Z"/,
  );
  await send(broker, "POST", "/describeSessions");
  const journal = (await reader.read()).value!;
  assertMatch(journal, /^event: journal\ndata: \{"entries":\[\{"id":1,.*\],"lastId":1\}\n\n$/);
  assert(!journal.includes("No authorization header"), "Bodies are in the journal, not in events");
  broker.hosts.add({ hostname: "late" });
  assertStringIncludes((await reader.read()).value!, `"hosts":7`);
  await reader.cancel();
});

Deno.test("events over a socket end with the server, and cost nothing after their reader has gone", async () => {
  const broker = createBroker();
  const server = await broker.listen({ port: 0, tls: false });
  const first = await fetch(`${server.url}/_mock/events`);
  await first.body!.cancel();
  const second = await fetch(`${server.url}/_mock/events`);
  const reader = second.body!.getReader();
  await reader.read();
  await server.close();
  await reader.read().catch(() => {});
});

Deno.test("a server that may take its time to close does not wait for events, nor for answers that never come", async () => {
  const broker = createBroker({ faults: [{ operation: "health", fault: { type: "noAnswer" } }] });
  const server = await broker.listen({ port: 0, tls: false });
  const events = await fetch(`${server.url}/_mock/events`);
  const unanswered = assertRejects(() => fetch(`${server.url}/health`), TypeError);
  while (broker.journal.size === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  await server.close({ grace: 3_600_000 });
  assertMatch(await events.text(), /^event: state/);
  await unanswered;
});

Deno.test("what is wrong with a call is said: query, body, content type, names, methods", async () => {
  const broker = createBroker();
  const form = { headers: { "Content-Type": "text/plain" }, body: `{"milliseconds":1}` };
  const cases: [Answer, number, string][] = [
    [await control(broker, "GET", "/state?hosts=many"), 400, "hosts"],
    [await control(broker, "GET", "/hosts?limit=100000"), 400, "limit"],
    [await control(broker, "POST", "/clock/advance", { milliseconds: -1 }), 400, "milliseconds"],
    [
      await control(broker, "POST", "/clock/advance", {}),
      400,
      "Body: milliseconds: missing: must be a number from 0 to",
    ],
    [await control(broker, "PATCH", "/clock", { sped: 2 }), 400, "Body: sped: unknown, speed?"],
    [await send(broker, "POST", "/_mock/clock/advance", form), 400, "Content-Type must be application/json"],
    [await control(broker, "POST", "/hosts", { os: "plan9" }), 400, "os"],
    [await control(broker, "GET", "/hosts/nobody"), 404, "No server has this host name or id: nobody"],
    [await control(broker, "GET", "/sessions/none"), 404, "No session has this id: none"],
    [await control(broker, "POST", "/faults/presets/flood"), 400, "flood"],
    [await control(broker, "GET", "/hosts?limit="), 400, "limit"],
    [await control(broker, "GET", "/hosts?limt=1"), 400, "Query: limt: unknown, limit?"],
    [await control(broker, "GET", "/sessions?history=yes"), 400, `history`],
    [await control(broker, "PUT", "/clock", {}), 405, "Method Not Allowed"],
    [await control(broker, "POST", "/events"), 405, "Method Not Allowed"],
    [await control(broker, "GET", "/nothing"), 404, "Not Found"],
  ];
  for (const [{ status, body }, expected, message] of cases) {
    assertEquals(status, expected, JSON.stringify(body));
    assertStringIncludes(body.error, message);
  }
});

Deno.test("nonsense is refused, or does what it says: it never breaks the control API", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }] });
  broker.sessions.createOnHost("a", { owner: "ana", id: "s" });
  const paths = ["/clock", "/clock/advance", "/faults", "/hosts", "/hosts/a", "/hosts/a/reboot", "/sessions"];
  const keys = [
    "frozen",
    "speed",
    "milliseconds",
    "fault",
    "type",
    "status",
    "times",
    "os",
    "open",
    "host",
    "owner",
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom<unknown>(null, "", "a", "linux", "status", "delay", -1, 0, 0.5, 503, 1e300, true),
      fc.array(tie("value"), { maxLength: 3 }),
      fc.dictionary(fc.constantFrom(...keys), tie("value"), { maxKeys: 4 }),
    ),
  }));
  const call = fc.tuple(
    fc.constantFrom("POST", "PATCH", "DELETE", "PUT"),
    fc.constantFrom(...paths, "/sessions/s/connections"),
    value,
  );
  await fc.assert(
    fc.asyncProperty(call, async ([method, path, body]) => {
      const { status } = await control(broker, method, path, body);
      assert([200, 204, 400, 404, 405].includes(status), `${status}`);
      assertEquals((await control(broker, "GET", "/state")).status, 200);
    }),
    { numRuns: 500 },
  );
});

Deno.test("the clock goes no further than dates do, and no faster than makes sense", async () => {
  const broker = createBroker();
  for (let i = 0; i < 4; i++) broker.clock.advance(2e15);
  assertThrows(
    () => broker.clock.advance(2e15),
    TypeError,
    "advance(): milliseconds: must be a number from 0 to",
  );
  assertThrows(() => broker.clock.setSpeed(1e7), TypeError, "up to 1000000");
  assertEquals((await control(broker, "PATCH", "/clock", { speed: 1e7 })).status, 400);
  assertEquals((await control(broker, "GET", "/state")).status, 200);
});

Deno.test("switched off, the control API is a path that the broker does not have", async () => {
  const broker = createBroker({ control: false });
  assertEquals((await send(broker, "GET", "/_mock/state")).body, { error: "Not Found" });
  assertEquals((await send(broker, "GET", "/_mock/state")).headers.get("Cache-Control"), null);
});

Deno.test("the server is closed over the control API, after the answer; in process there is none", async () => {
  const broker = createBroker();
  const server = await broker.listen({ port: 0, tls: false });
  const answer = await fetch(`${server.url}/_mock/shutdown`, { method: "POST" });
  await answer.body?.cancel();
  assertEquals(answer.status, 204);
  await server.closed;
  await assertRejects(() => fetch(`${server.url}/health`), TypeError);
  assertEquals((await control(broker, "POST", "/shutdown")).status, 400);
});
