import { assert, assertEquals, assertRejects, assertStringIncludes, assertThrows } from "@std/assert";
import { request } from "node:http";
import * as harValidator from "har-validator";
import { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };

Deno.test("the journal shows each request with its caller, both bodies, and when it came in simulated time", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  broker.advance(1_500);
  const { Id, State } = await call.createSession();
  const [token, creation] = broker.journal.entries();
  assertEquals([token?.id, token?.operation, token?.method, token?.path, token?.query, token?.status], [
    1,
    "token",
    "POST",
    "/oauth2/token",
    { grant_type: "client_credentials" },
    200,
  ]);
  const { response, headers, ...entry } = creation!;
  assertEquals(entry, {
    id: 2,
    time: "2026-01-01T00:00:01.500Z",
    duration: 0,
    connector: "client",
    operation: "createSessions",
    method: "POST",
    path: "/createSessions",
    query: {},
    clientId: broker.credentials.clientId,
    request: [SESSION],
    status: 200,
    outcomes: { succeeded: [Id], failed: [] },
    faults: [],
    faultTypes: [],
  });
  assertEquals((response as { SuccessfulList: unknown[] }).SuccessfulList.length, 1);
  assertEquals(headers["content-type"], "application/json");
  assertEquals(State, "CREATING");
});

Deno.test("the journal and its HTTP archive show path and query as they were sent", async () => {
  const broker = createBroker({ worlds: true });
  const sent: [target: string, path: string][] = [
    ["/sessionConnectionData/s1/corp%5Cana", "/sessionConnectionData/s1/corp%5Cana"],
    ["/sessionConnectionData/a%2Fb/%zz?x=1&x=%202&&y", "/sessionConnectionData/a%2Fb/%zz"],
    ["/no%2541such?a+b=c%26d&access_token=hush", "/no%2541such"],
    ["/worlds/w1/health?deep=%5B", "/health"],
    ["/worlds/w1", "/"],
    ["/a//b/", "/a//b/"],
  ];
  const hidden = "&access_token=hush";
  await using server = await broker.listen({ port: 0, tls: false });
  for (const origin of [broker.url, server.url]) {
    for (const [target, path] of sent) {
      const { journal } = target.startsWith("/worlds") ? broker.worlds.get("w1") : broker;
      const url = `${origin}${target}`;
      await (await (origin === broker.url ? broker.fetch(url) : fetch(url))).body?.cancel();
      const [entry] = journal.entries({ limit: 1 });
      assertEquals(entry!.path, path);
      assertEquals(journal.toHar({ limit: 1 }).log.entries[0]!.request.url, url.replace(hidden, ""));
    }
  }
  const [, twice] = broker.journal.entries({ limit: 4 });
  assertEquals(twice!.query, { x: " 2", y: "" });
  assertEquals(broker.journal.toHar({ limit: 4 }).log.entries[1]!.request.queryString, [
    { name: "x", value: "1" },
    { name: "x", value: " 2" },
    { name: "y", value: "" },
  ]);
});

Deno.test("the journal shows headers by name, the HTTP archive as they were sent, and neither shows a secret", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const { hostname, port, host } = new URL(server.url);
  const headers = [
    ["Host", host],
    ["User-Agent", "portal/7"],
    ["X-Trace", "a"],
    ["X-Trace", "b"],
    ["Authorization", "Bearer hush-1"],
    ["Proxy-Authorization", "hush-2"],
    ["Cookie", "session=hush-3"],
    ["X-Api-Key", "hush-4"],
    ["Referer", "https://portal.example/?authToken=hush-5&tab=1"],
  ];
  await new Promise<void>((resolve, reject) => {
    request(
      { host: hostname, port, path: "/health", agent: false, headers: headers.flat() },
      (answer) => answer.resume().on("end", resolve),
    ).on("error", reject).end();
  });
  const [entry] = broker.journal.entries();
  const shown = [
    ["user-agent", "portal/7"],
    ["x-trace", "a, b"],
    ["authorization", "Bearer (hidden)"],
    ["proxy-authorization", "(hidden)"],
    ["cookie", "(hidden)"],
    ["x-api-key", "(hidden)"],
    ["referer", "https://portal.example/?authToken=(hidden)&tab=1"],
  ];
  for (const [name, value] of shown) assertEquals(entry!.headers[name!], value, name);
  const { request: archived } = broker.journal.toHar().log.entries[0]!;
  assertEquals(archived.headers.filter(({ name }) => name === "X-Trace").map(({ value }) => value), [
    "a",
    "b",
  ]);
  assert(!JSON.stringify([entry, archived]).includes("hush"));
  broker.journal.assertReceived({ headers: { "user-agent": /^portal/ } });
  broker.journal.assertNotReceived({ headers: { "user-agent": "curl" } });
});

Deno.test("the HTTP archive has bodies to the letter, a form without its secrets", async () => {
  const broker = createBroker();
  const body = '[ {"Name":"n",\t"Owner":"ben","Type":"VIRTUAL"} ]\n';
  await new Caller(broker).send("POST", "/createSessions", body);
  await send(broker, "POST", "/agent/validate-authentication-token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: "sessionId=a%20b&authenticationToken=hush&clientAddress=10.0.0.9",
  }, broker.agentUrl);
  const [creation, validation] = broker.journal.toHar().log.entries.slice(1);
  assertEquals(creation!.request.postData, { mimeType: "application/json", text: body });
  assertEquals(validation!.request.postData, {
    mimeType: "application/x-www-form-urlencoded",
    text: "sessionId=a%20b&clientAddress=10.0.0.9",
  });
  assertEquals(validation!.response.content.mimeType, "application/xml");
});

Deno.test("a body that is nested too deep to be written again is refused, and shown as a text", async () => {
  const broker = createBroker();
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  const error = async (body: string) =>
    (await new Caller(broker).send("POST", "/createSessions", body)).body.error;
  assertEquals(await error(nested(201)), "Request body is nested deeper than 200 levels");
  assertEquals(await error(`[{"Name":${'{"a":'.repeat(6_000)}1}]`), await error(nested(6_000)));
  assertStringIncludes(await error(nested(200)), "Invalid value of [0]");
  assertStringIncludes(await error(`[{"Name":"${"[".repeat(6_000)}\\"[\\""}]`), "Missing required field");
  const { body: { entries } } = await send(broker, "GET", "/_mock/journal");
  assertEquals(entries[1].request, nested(201));
  for (const path of ["/_mock/journal.har", "/_mock/console/journal", "/_mock/console/journal/2"]) {
    assertEquals((await send(broker, "GET", path)).status, 200, path);
  }
});

Deno.test("the journal shows what became of each item", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.createSessions([{ ...SESSION, Name: "other", Requirements: "tag:ram = 'none'" }]);
  await call.deleteSessions([{ SessionId: Id, Owner: "ana" }, { SessionId: "gone", Owner: "ana" }]);
  await call.closeServers([{ ServerId: "no-server" }]);
  await call.getSessionScreenshots([{ SessionId: "gone" }]);
  const outcomes = broker.journal.entries().filter((entry) => entry.outcomes).slice(1);
  assertEquals(outcomes.map(({ operation, outcomes }) => [operation, outcomes]), [
    ["createSessions", {
      succeeded: [],
      failed: [{ item: "other", reason: "No DCV server found for the given criteria" }],
    }],
    ["deleteSessions", {
      succeeded: [Id],
      failed: [{ item: "gone", reason: "The requested dcvSession does not exist" }],
    }],
    ["closeServers", { succeeded: [], failed: [{ item: "no-server", reason: "Dcv server not found." }] }],
    ["getSessionScreenshots", {
      succeeded: [],
      failed: [{ item: "gone", reason: "Dcv session not found." }],
    }],
  ]);
});

Deno.test("refused requests, unknown paths and the other connectors are in the journal too", async () => {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  await send(broker, "POST", "/describeSessions");
  await send(broker, "GET", "/no/such/path");
  await send(broker, "GET", "/health", {}, broker.agentUrl);
  await send(broker, "POST", "/resolveSession?sessionId=s&transport=HTTP", {}, broker.gatewayUrl);
  const entries = broker.journal.entries();
  assertEquals(entries.map(({ connector, operation, status }) => [connector, operation, status]), [
    ["client", "describeSessions", 401],
    ["client", undefined, 404],
    ["agent", "health", 200],
    ["gateway", "resolveSession", 404],
  ]);
  assertEquals(entries[0]?.response, { error: "No authorization header" });
  assertEquals(entries[3]?.query, { sessionId: "s", transport: "HTTP" });
});

Deno.test("a body that is not JSON is shown as it came", async () => {
  const broker = createBroker();
  await new Caller(broker).send("POST", "/createSessions", "{ oops");
  assertEquals(broker.journal.entries().at(-1)?.request, "{ oops");
});

Deno.test("no secret and no token gets into the journal", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { clientId, clientSecret } = broker.credentials;
  const { Id } = await call.createReadySession();
  const { ConnectionToken } = await call.getSessionConnectionData(Id, "ana");
  const accessToken = await tokenOf(broker);
  const form = new URLSearchParams({ grant_type: "client_credentials", client_secret: clientSecret });
  const headers = { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` };
  await send(broker, "POST", "/oauth2/token", { headers, body: form });
  await send(broker, "POST", `/oauth2/token?${form}`, { headers });
  await send(broker, "POST", "/agent/validate-authentication-token", {
    body: new URLSearchParams({ sessionId: Id, authenticationToken: ConnectionToken }),
  }, broker.agentUrl);
  await send(broker, "GET", "/_mock/journal");
  const text = JSON.stringify(broker.journal.entries()) + JSON.stringify(broker.journal.toHar());
  for (const secret of [clientSecret, btoa(`${clientId}:${clientSecret}`), accessToken, ConnectionToken]) {
    assert(!text.includes(secret), secret);
  }
  assertStringIncludes(text, clientId);
  assertEquals(broker.journal.entries({ connector: "agent" })[0]?.request, { sessionId: Id });
});

Deno.test("pictures are shown by their length", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  const { SuccessfulList: [picture] } = await call.getSessionScreenshots([{ SessionId: Id }]);
  const { length } = picture!.SessionScreenshot.Images[0]!.Data;
  const shown = JSON.stringify(broker.journal.entries().at(-1)?.response);
  assertStringIncludes(shown, `"Data":"(${length} characters)"`);
});

Deno.test("the journal keeps the newest entries, as many as it is told to", async () => {
  const broker = createBroker({ journalSize: 3 });
  for (let i = 0; i < 10; i++) await send(broker, "GET", `/path/${i}`);
  assertEquals(broker.journal.entries().map(({ id, path }) => [id, path]), [
    [8, "/path/7"],
    [9, "/path/8"],
    [10, "/path/9"],
  ]);
  assertEquals([broker.journal.size, broker.journal.lastId], [3, 10]);
  const without = createBroker({ journalSize: 0 });
  await send(without, "GET", "/health");
  assertEquals(without.journal.entries(), []);
  assertThrows(() => createBroker({ journalSize: -1 }), TypeError, "new MockBroker(): journalSize");
});

Deno.test("long bodies push older entries out before they fill the memory", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  const body = `"${"x".repeat(9_000_000)}"`;
  for (let i = 0; i < 5; i++) await send(broker, "POST", "/describeSessions", { body });
  assertEquals(broker.journal.entries().map(({ id }) => id), [3, 4, 5]);
});

Deno.test("entries are read by what they must match, since an id, and at most so many of the newest", async () => {
  const broker = createBroker();
  for (const path of ["/health", "/a", "/b", "/health", "/c"]) await send(broker, "GET", path);
  const ids = (filter: Parameters<typeof broker.journal.entries>[0]) =>
    broker.journal.entries(filter).map(({ id }) => id);
  assertEquals(ids({ operation: "health" }), [1, 4]);
  assertEquals(ids({ since: 3 }), [4, 5]);
  assertEquals(ids({ limit: 2 }), [4, 5]);
  assertEquals(ids({ status: 404, limit: 1 }), [5]);
  assertEquals(ids({ path: /^\/[ab]$/ }), [2, 3]);
});

Deno.test("clear() forgets the entries but not how many there were; reset() forgets them too", async () => {
  const broker = createBroker();
  await send(broker, "GET", "/health");
  broker.journal.clear();
  await send(broker, "GET", "/health");
  assertEquals(broker.journal.entries().map(({ id }) => id), [2]);
  broker.reset();
  assertEquals(broker.journal.size, 0);
});

Deno.test("subscribers get each new entry until they stop", async () => {
  const broker = createBroker();
  const paths: string[] = [];
  const stop = broker.journal.subscribe(({ path }) => paths.push(path));
  await send(broker, "GET", "/first");
  stop();
  await send(broker, "GET", "/second");
  assertEquals(paths, ["/first"]);
});

Deno.test("assertReceived() passes if a request came that holds what is expected, as often as expected", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  await call.createSession();
  await call.createSession({ Owner: "bob" });
  broker.journal.assertReceived({ operation: "createSessions" });
  broker.journal.assertReceived({ operation: "createSessions", request: [{ Owner: "bob" }] }, { times: 1 });
  broker.journal.assertReceived({ request: [{ Owner: /^(ana|bob)$/ }], status: 200 }, { times: 2 });
  broker.journal.assertReceived({ clientId: broker.credentials.clientId, path: /Sessions$/ });
  broker.journal.assertNotReceived({ operation: "deleteSessions" });
  broker.journal.assertNotReceived({ request: [{ Owner: "ana" }, { Owner: "bob" }] });
});

Deno.test("assertReceived() shows what came nearest to the expected, and where it differs", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  await call.createSession({ Owner: "ana" });
  await call.describeSessions();
  const expected = { operation: "createSessions", request: [{ Owner: "bob", Name: "desktop" }] } as const;
  const { message } = assertThrows(() => broker.journal.assertReceived(expected), Error);
  const lines = message.split("\n");
  assertStringIncludes(lines[0]!, "Expected at least once, but received 0 times");
  assertStringIncludes(lines[0]!, `"Owner":"bob"`);
  assertEquals(lines[1], "The nearest of 4 entries:");
  assertStringIncludes(lines[2]!, "#2 2026-01-01T00:00:00.000Z POST /createSessions");
  assertEquals(lines[3]!.trim(), `request[0].Owner: expected "bob", was "ana"`);
});

Deno.test("assertions say how often it came, and that nothing came at all", async () => {
  const broker = createBroker();
  assertThrows(() => broker.journal.assertReceived({ operation: "health" }), Error, "The journal is empty");
  await send(broker, "GET", "/health");
  const { message } = assertThrows(() => broker.journal.assertNotReceived({ operation: "health" }), Error);
  assertStringIncludes(message, "Expected never, but received 1 times");
  assertStringIncludes(message, "#1 2026-01-01T00:00:00.000Z GET /health: 200");
  assertThrows(
    () => broker.journal.assertReceived({ operation: "health" }, { times: 2 }),
    Error,
    "Expected 2 times, but received 1 times",
  );
});

Deno.test("the journal exports as an HTTP archive that validates", async () => {
  const broker = new MockBroker({
    seed: 1,
    clock: "manual",
    faults: [{ skip: 3, fault: { type: "reset" } }],
  });
  const call = new Caller(broker);
  await call.createSession();
  await send(broker, "GET", "/health?a=1&b=%20");
  await send(broker, "GET", "/health").catch(() => {});
  const har = broker.journal.toHar();
  await harValidator.har(har);
  await assertRejects(() => harValidator.har({ log: { ...har.log, entries: [{}] } }));
  const [, creation, health, reset] = har.log.entries;
  assertEquals(JSON.parse(creation!.request.postData!.text), [SESSION]);
  assertEquals([health!.request.url, health!.response.status], [
    "https://broker.mock:8443/health?a=1&b=%20",
    200,
  ]);
  assertEquals([reset!.response.status, reset!.comment], [0, "Faults: fault-1"]);
});
