/**
 * The journal and the advice on the page, as they are served.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertFalse,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "../mock_broker/call.ts";

const CONSOLE = "/_mock/console";

/** A view as it is served. */
async function show(broker: MockBroker, path: string): Promise<string> {
  return (await send(broker, "GET", CONSOLE + path)).body;
}

/** The ids of the rows in a list. */
function rowsOf(html: string): number[] {
  return [...html.matchAll(/<tr id="entry-(\d+)"/g)].map(([, id]) => Number(id));
}

/** The words of a page, without its tags. */
function wordsOf(html: string): string {
  return html.replace(/<[^>]*>/g, "").replaceAll("&quot;", '"').replaceAll("&#39;", "'").replaceAll(
    "&amp;",
    "&",
  );
}

Deno.test("the list shows what the URL asks for, and its links keep the filter", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const id = (await call.createReadySession()).Id;
  await call.deleteSessions([{ SessionId: "gone", Owner: "ben" }]);
  await send(broker, "GET", "/nowhere");
  const ids = (filter: Parameters<typeof broker.journal.entries>[0]) =>
    broker.journal.entries(filter).map(({ id }) => id).reverse();
  assertEquals(rowsOf(await show(broker, "/journal")), ids({}));
  assertEquals(rowsOf(await show(broker, `/journal?session=${id}`)), ids({ session: id }));
  assertEquals(rowsOf(await show(broker, "/journal?status=4xx&failed=true")), ids({ status: "4xx" }));
  assertEquals(rowsOf(await show(broker, "/journal?text=NOWHERE&operation=")), ids({ path: "/nowhere" }));
  const failed = await show(broker, "/journal?failed=true");
  assertEquals(rowsOf(failed).length, 2);
  assertStringIncludes(failed, `href="${CONSOLE}/journal/${rowsOf(failed)[0]}?failed=true"`);
  assertStringIncludes(failed, 'href="/_mock/journal.har?failed=true"');
});

Deno.test("no match is told from nothing yet, from a journal that was cleared, and from one that is off", async () => {
  const broker = createBroker();
  assertMatch(wordsOf(await show(broker, "/journal?owner=ana")), /No request yet\. Point a program/);
  await send(broker, "GET", "/health");
  assertMatch(
    wordsOf(await show(broker, "/journal?owner=ana")),
    /No match: none of the 1 request in the journal/,
  );
  assertMatch(wordsOf(await show(broker, "/journal?before=1")), /No match: nothing older of the 1 request/);
  broker.journal.clear();
  assertMatch(wordsOf(await show(broker, "/journal")), /No request since the journal was cleared/);
  assertMatch(wordsOf(await show(createBroker({ journalSize: 0 }), "/journal")), /The journal is off/);
});

Deno.test("a filter that makes no sense shows nothing but what is wrong with it", async () => {
  const broker = createBroker();
  await send(broker, "GET", "/health");
  const wrong: [query: string, words: string][] = [
    [
      "status=banana",
      'status: must be a whole number from 100 to 599, or one of 1xx, 2xx, 3xx, 4xx, 5xx, none: got "banana"',
    ],
    ["failed=perhaps", "failed: must be true or false"],
    ["operation=describeSession", "operation: must be one of"],
    ["before=-3", "before: must be a whole number"],
    ["before=99999999999999999999", "before: must be a whole number"],
    ["onwer=ana", "onwer: unknown, owner?"],
    [`text=a&${encodeURIComponent("<b>")}=1`, "unknown"],
  ];
  for (const [query, words] of wrong) {
    const html = await show(broker, `/journal?${query}`);
    assertEquals(rowsOf(html), [], query);
    assertStringIncludes(wordsOf(html), words, query);
    assertFalse(html.includes("<b>="), query);
    const entry = wordsOf(await show(broker, `/journal/1?${query}`));
    assertStringIncludes(entry, "The filter in the URL is ignored", query);
  }
});

Deno.test("a request leads to the ones before and after it, among those that the filter leaves", async () => {
  const broker = createBroker();
  for (const path of ["/health", "/a", "/health", "/b", "/health"]) await send(broker, "GET", path);
  const ways = async (path: string) =>
    [...(await show(broker, path)).matchAll(/rel="(prev|next)" href="[^"]*journal\/(\d+)([^"]*)"/g)]
      .map(([, rel, id, query]) => `${rel} ${id}${query}`);
  assertEquals(await ways("/journal/3"), ["prev 2", "next 4"]);
  assertEquals(await ways("/journal/3?operation=health"), [
    "prev 1?operation=health",
    "next 5?operation=health",
  ]);
  assertEquals(await ways("/journal/3?before=2"), ["prev 2", "next 4"]);
  assertEquals(await ways("/journal/1"), ["next 2"]);
  assertEquals(await ways("/journal/5"), ["prev 4"]);
  for (const id of ["0", "-1", "1.5", "6", "1e0", "%00", "999999999999999999"]) {
    assertEquals((await send(broker, "GET", `${CONSOLE}/journal/${id}`)).status, 404, id);
  }
});

Deno.test("a request leads to the sessions and hosts that it names, and they lead to their requests", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession();
  await call.describeSessions({ SessionIds: [Id] });
  const host = broker.sessions.get(Id).host!;
  const html = await show(broker, `/journal/${broker.journal.lastId}`);
  assertStringIncludes(html, `href="${CONSOLE}/sessions/${Id}"`);
  assertStringIncludes(html, `href="${CONSOLE}/hosts/${host}"`);
  assertStringIncludes(html, `href="${CONSOLE}/journal?session=${Id}"`);
  assertStringIncludes(await show(broker, `/sessions/${Id}`), `href="${CONSOLE}/journal?session=${Id}"`);
  const server = encodeURIComponent(broker.hosts.get(host).id);
  assertStringIncludes(await show(broker, `/hosts/${host}`), `href="${CONSOLE}/journal?host=${server}"`);
  await call.deleteSessions([{ SessionId: "gone", Owner: "ana" }]);
  const gone = await show(broker, `/journal/${broker.journal.lastId}`);
  assertStringIncludes(wordsOf(gone), "not there, or not any more");
  assertFalse(gone.includes(`${CONSOLE}/sessions/gone`));
});

Deno.test("whatever was sent is shown, harmless and cut to what can be read", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  const headers = { "Content-Type": "application/json" };
  const html = `<img src=x onerror="alert(1)">`;
  const bodies: [body: string | Uint8Array<ArrayBuffer>, shown: RegExp][] = [
    [JSON.stringify([{ Name: html, Owner: `${html}`, Type: "VIRTUAL" }]), /\\"alert\(1\)\\"/],
    [
      JSON.stringify([{ Name: "x".repeat(1_000_000), Owner: "a", Type: "VIRTUAL" }]),
      /999,500 more characters/,
    ],
    [JSON.stringify({ ["k".repeat(1_000_000)]: 1 }), /999,800 more characters/],
    [JSON.stringify(Array.from({ length: 5_000 }, (_, n) => ({ Name: `n${n}` }))), /\.\.\. [\d,]+ more/],
    [`"${"y".repeat(100_000)}"`, /not all of it is shown/],
    ["z".repeat(100_000), /not all of it is shown/],
    ["not json: \u0000\u0007 \u202eabc", /not json: \\u0000\\u0007 \\u202eabc/],
    ["null", /null/],
    ["[]", /\[\]/],
    ["[".repeat(300), /\[{300}/],
    [new Uint8Array([0xff, 0xfe, 0, 1]), /The broker did not read the body|No body/],
    ['{"__proto__": {"a": "1"}, "constructor": "2", "toString": {"constructor": "3"}}', /"__proto__": /],
  ];
  for (const [body, shown] of bodies) {
    await send(broker, "POST", "/createSessions", { headers, body });
    const id = broker.journal.lastId;
    for (const path of ["/journal", `/journal/${id}`, `/journal/${id}?whole=request`, "/advice"]) {
      const page = await show(broker, path);
      assertFalse(page.includes("<img src=x"), path);
      assertLess(page.length, path.includes("whole") ? 1_600_000 : 150_000, `${path} of ${shown}`);
    }
    assertMatch(wordsOf(await show(broker, `/journal/${id}`)), shown);
  }
});

Deno.test("a long answer is fetched when it is asked for: more of it in the page, all of it as a text", async () => {
  const broker = createBroker({ journalSize: 10 });
  const sent = JSON.stringify(
    Array.from({ length: 400 }, (_, n) => ({ Name: `n${n}`, Owner: "ana", Type: "VIRTUAL" })),
  );
  await new Caller(broker).send("POST", "/createSessions", sent);
  const id = broker.journal.lastId;
  const atFirst = await show(broker, `/journal/${id}`);
  const whole = await show(broker, `/journal/${id}?whole=request`);
  assertFalse(wordsOf(atFirst).includes('"n399"'));
  assert(wordsOf(whole).includes('"n399"'));
  assertStringIncludes(atFirst, `?whole=answer#answer"`);
  const text = await send(broker, "GET", `${CONSOLE}/journal/${id}/request.txt`);
  assertEquals(JSON.parse(text.body), JSON.parse(sent));
  assertEquals(text.headers.get("Content-Type"), "text/plain; charset=utf-8");
  for (const name of ["other.txt", "constructor.txt"]) {
    assertEquals((await send(broker, "GET", `${CONSOLE}/journal/${id}/${name}`)).status, 404, name);
  }
});

Deno.test("XML of the agent connector, and a connection without a request, are shown as they are", async () => {
  const broker = createBroker();
  await send(broker, "POST", "/agent/validate-authentication-token", {
    body: "sessionId=s&authenticationToken=t",
  }, broker.agentUrl);
  const page = wordsOf(await show(broker, "/journal/1"));
  assertStringIncludes(page, '&lt;auth result="no"');
  await using server = await broker.listen({ port: 0 });
  await fetch(server.url.replace("https", "http")).catch(() => {});
  while (broker.journal.size < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const problem = wordsOf(await show(broker, "/journal/2"));
  assertStringIncludes(problem, "No request, request 2");
  assertStringIncludes(problem, "TLS handshake failed: the client did not speak TLS");
  assertFalse(problem.includes("Send again"));
  assertEquals((await send(broker, "GET", `${CONSOLE}/journal/2/curl.txt`)).status, 404);
  assertMatch(wordsOf(await show(broker, "/journal")), /No request.*TLS handshake failed/);
});

Deno.test("10,000 requests are a page of 50 rows, with or without a match", async () => {
  const broker = createBroker({ journalSize: 10_000 });
  for (let call = 0; call < 10_000; call++) await broker.fetch(`${broker.url}/health`);
  for (const query of ["", "?operation=health", "?text=HEALTH&failed=false", "?before=200"]) {
    const page = await show(broker, `/journal${query}`);
    assertEquals(rowsOf(page).length, 50, query);
    assertLess(page.length, 60_000);
  }
  assertEquals(rowsOf(await show(broker, "/journal?text=nowhere")), []);
});

Deno.test("the first page of a broker with a long journal does not wait for advice, the next one has it", async () => {
  const broker = createBroker({ journalSize: 5_000 });
  for (let call = 0; call < 3_000; call++) await broker.fetch(`${broker.url}/health`);
  assertMatch(wordsOf(await show(broker, "")), /AdviceFaults/);
  assertMatch(wordsOf(await show(broker, "")), /Advice0Faults/);
});

Deno.test("a difference is shown line by line, whatever is chosen", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  await call.describeSessions();
  await call.createSession();
  await call.describeSessions();
  const difference = (query: string) => send(broker, "GET", `${CONSOLE}/journal/difference?${query}`);
  const { body } = await difference("entry=6&entry=2");
  assertMatch(body, /<del>- .*Sessions&quot;: \[\]\n<\/del>/);
  assertMatch(body, /<ins>\+ .*Owner&quot;: &quot;ana&quot;,\n<\/ins>/);
  assertMatch(wordsOf(body), /the earlier one\s*describeSessions, request 2/);
  assertMatch(wordsOf((await difference("entry=1&entry=3")).body), /They are the same/);
  assertMatch(wordsOf((await difference("")).body), /none was chosen/);
  assertMatch(wordsOf((await difference("entry=1")).body), /1 was chosen/);
  assertMatch(wordsOf((await difference("entry=1&entry=1")).body), /1 was chosen/);
  assertMatch(wordsOf((await difference("entry=1&entry=2&entry=3")).body), /3 were chosen/);
  assertEquals((await difference("entry=1&entry=99")).status, 404);
  assertEquals((await difference("entry=1&entry=x")).status, 404);
});

Deno.test("a difference between long answers is bounded", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  const headers = { "Content-Type": "application/json" };
  const bodies = ["a", "b"].map((name) =>
    JSON.stringify(Array.from({ length: 20_000 }, (_, n) => `${name}${n}`))
  );
  const [start] = bodies;
  for (const body of [...bodies, `${start!.slice(0, -1)},"more"]`, `"${"q".repeat(3_000_000)}"`]) {
    await send(broker, "POST", "/describeSessions", { headers, body });
  }
  const sizeOf = async (one: number, other: number) =>
    await show(broker, `/journal/difference?entry=${one}&entry=${other}`);
  assertStringIncludes(await sizeOf(1, 2), "more than can be shown here");
  assertStringIncludes(await sizeOf(1, 4), "more than can be shown here");
  const more = await sizeOf(1, 3);
  assertStringIncludes(wordsOf(more), '+   "more"');
  assertLess(more.length, 20_000);
});

Deno.test("advice is shown with why it hurts, what to do, and the requests that show it", async () => {
  const broker = createBroker();
  assertStringIncludes(await show(broker, "/advice"), "No request yet");
  const call = new Caller(broker);
  await send(broker, "GET", "/health");
  assertMatch(wordsOf(await show(broker, "/advice")), /Nothing to complain about: none of the 13 habits/);
  for (let i = 0; i < 4; i++) await call.describeSessions();
  const [advice] = broker.advice();
  const page = await show(broker, "/advice");
  const words = wordsOf(page);
  assertStringIncludes(words, advice!.id);
  for (const text of [advice!.title, advice!.found, advice!.why, advice!.remedy.withClient]) {
    assertStringIncludes(words, text.replaceAll("`", ""));
  }
  for (const id of advice!.entries) assertStringIncludes(page, `href="${CONSOLE}/journal/${id}"`);
  assertMatch(wordsOf(await show(broker, "/hosts")), /Advice1\s*Faults/);
});
