import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import type { JournalFilter, MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "./call.ts";

/** The paths of the entries that match, in short. */
function found(broker: MockBroker, filter: JournalFilter): string[] {
  return broker.journal.entries(filter).map(({ id, path }) => `${id} ${path}`);
}

/** A journal with something of each kind; its ids are 1 to 14, each call with a token request before it. */
async function busyBroker() {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  const call = new Caller(broker);
  const { Id } = await call.createReadySession({ Name: 'Größe "7"', Owner: "corp\\ana" });
  const [host] = broker.sessions.list().items.map(({ host }) => host);
  await call.getSessionConnectionData(Id, "corp\\ana");
  await call.deleteSessions([{ SessionId: "gone", Owner: "ben" }]);
  await call.send("POST", "/createSessions", '[{"Name": "\\u0047r\\u00f6\\u00dfe", "Owner": "zo\\u00eb"}]');
  broker.faults.add({ id: "slow", operation: "health", fault: { type: "delay", milliseconds: 0 } });
  await send(broker, "GET", "/health");
  broker.faults.add({ operation: "health", fault: { type: "reset" } });
  await send(broker, "GET", "/health").catch(() => {});
  await send(broker, "POST", `/resolveSession?sessionId=${Id}&transport=HTTP`, {}, broker.gatewayUrl);
  return { broker, call, id: Id, host: host! };
}

Deno.test("entries are found by a session, an owner or a host that the request or the answer names", async () => {
  const { broker, id, host } = await busyBroker();
  const all = broker.journal.entries();
  const connection = `/sessionConnectionData/${id}/corp%5Cana`;
  const bySession = found(broker, { session: id }).map((text) => text.replace(/^\d+ /, ""));
  assertEquals(
    new Set(bySession),
    new Set(["/createSessions", "/describeSessions", connection, "/resolveSession"]),
  );
  assertEquals(found(broker, { session: 'Größe "7"' }).length, bySession.length - 1);
  assertEquals(found(broker, { session: "Größe" }), [all.at(-4)!].map(({ id, path }) => `${id} ${path}`));
  assertEquals(found(broker, { owner: "ben" }).map((text) => text.split(" ")[1]), ["/deleteSessions"]);
  assertEquals(found(broker, { owner: "zoë" }).map((text) => text.split(" ")[1]), ["/createSessions"]);
  assertEquals(found(broker, { owner: "corp\\ana" }).length, bySession.length - 1);
  const server = broker.hosts.get(host).id;
  assertEquals(found(broker, { host }), found(broker, { host: server }));
  assertEquals(found(broker, { host }).length > 0, true);
  assertEquals(found(broker, { owner: "nobody" }), []);
});

Deno.test("a text is found in whatever the journal shows, whatever its capitals and escapes", async () => {
  const { broker } = await busyBroker();
  const paths = (text: string) => found(broker, { text }).map((text) => text.split(" ")[1]);
  assertEquals(paths("GET /health"), ["/health", "/health"]);
  assertEquals(paths("RESOLVEsession"), ["/resolveSession"]);
  assertEquals(paths("grösse"), []);
  assertEquals(paths("größe").length, 4);
  assertEquals(paths('größe "7"').length, 3);
  assertEquals(paths('"Owner": "zoë"'), ["/createSessions"]);
  assertEquals(paths('"owner":"zoë"'), ["/createSessions"]);
  assertEquals(paths("corp\\ana").length, 3);
  assertEquals(paths("slow"), ["/health", "/health"]);
  assertEquals(paths("transport: HTTP"), ["/resolveSession"]);
  assertEquals(paths("dcvSession does not exist"), ["/deleteSessions"]);
  assertEquals(paths(broker.credentials.clientSecret), []);
  assertEquals(paths("content-type: application/json").length > 3, true);
});

Deno.test("entries are found by classes of statuses, by failures, and by what a fault did", async () => {
  const { broker } = await busyBroker();
  const answers = (filter: JournalFilter) =>
    broker.journal.entries(filter).map(({ operation, status }) => `${operation} ${status}`);
  assertEquals(answers({ status: "4xx" }), ["createSessions 400"]);
  assertEquals(answers({ status: "none" }), ["health undefined"]);
  assertEquals(answers({ status: "5xx" }), []);
  assertEquals(answers({ failed: true }), ["deleteSessions 200", "createSessions 400", "health undefined"]);
  assertEquals(answers({ failed: true }).length + answers({ failed: false }).length, broker.journal.size);
  assertEquals(answers({ fault: "delay" }), ["health 200", "health undefined"]);
  assertEquals(answers({ fault: "slow" }), answers({ fault: "delay" }));
  assertEquals(answers({ fault: "reset", status: "none", failed: true, operation: "health" }).length, 1);
  broker.journal.assertReceived({ status: "4xx" }, { times: 1 });
  broker.journal.assertNotReceived({ status: "5xx" });
  assertThrows(() => broker.journal.assertReceived({ status: "5xx" }), Error, 'status: expected "5xx", was');
});

Deno.test('a limit leaves out the oldest, or with take: "oldest" the newest', async () => {
  const broker = createBroker();
  for (const path of ["/health", "/a", "/health", "/b", "/health"]) await send(broker, "GET", path);
  const ids = (filter: JournalFilter) => broker.journal.entries(filter).map(({ id }) => id);
  assertEquals(ids({ operation: "health", limit: 2 }), [3, 5]);
  assertEquals(ids({ operation: "health", limit: 2, take: "oldest" }), [1, 3]);
  assertEquals(ids({ since: 1, before: 5, limit: 1, take: "oldest" }), [2]);
  assertEquals(ids({ take: "oldest" }), [1, 2, 3, 4, 5]);
  assertEquals(ids({ before: 100, since: 4, take: "oldest" }), [5]);
});

Deno.test("the control API takes the same filters, and its HTTP archive does", async () => {
  const { broker, id } = await busyBroker();
  const read = async (query: string) => {
    const { body } = await send(broker, "GET", `/_mock/journal?${query}`);
    return body.entries.map((entry: { id: number }) => entry.id);
  };
  const ids = (filter: JournalFilter) => broker.journal.entries(filter).map(({ id }) => id);
  assertEquals(await read(`session=${id}`), ids({ session: id }));
  assertEquals(await read("owner=zo%C3%AB"), ids({ owner: "zoë" }));
  assertEquals(await read("status=4xx"), ids({ status: "4xx" }));
  assertEquals(await read("status=400"), ids({ status: 400 }));
  assertEquals(await read("failed=true"), ids({ failed: true }));
  assertEquals(await read("failed=false&connector=gateway"), ids({ failed: false, connector: "gateway" }));
  assertEquals(await read("text=größe"), ids({ text: "größe" }));
  assertEquals(await read("path=CONNECTIONdata/"), ids({ path: /sessionConnectionData\// }));
  assertEquals(await read("path=."), []);
  assertEquals(await read("take=oldest&limit=2"), [1, 2]);
  const { body } = await send(broker, "GET", "/_mock/journal.har?failed=true");
  assertEquals(body.log.entries.length, ids({ failed: true }).length);
});

Deno.test("the control API refuses a filter that makes no sense, and says what would", async () => {
  const broker = createBroker();
  const refusals: [query: string, error: string][] = [
    [
      "status=4xy",
      "Query: status: must be a whole number from 100 to 599, or one of 1xx, 2xx, 3xx, 4xx, 5xx, none",
    ],
    ["status=700", "Query: status: must be a whole number from 100 to 599"],
    ["failed=maybe", "Query: failed: must be true or false"],
    ["operation=describeSession", "Query: operation: must be one of"],
    ["since=-1", "Query: since: must be a whole number"],
    ["session=", "Query: session: must be a text that is not empty"],
    ["sesion=a", "Query: sesion: unknown, session?"],
    ["take=first", "Query: take: must be one of newest, oldest"],
  ];
  for (const [query, error] of refusals) {
    const answer = await send(broker, "GET", `/_mock/journal?${query}`);
    assertEquals(answer.status, 400, query);
    assertStringIncludes(answer.body.error, error, query);
  }
  assertEquals((await send(broker, "GET", "/_mock/journal.har?limit=1")).status, 400);
});
