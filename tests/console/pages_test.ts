import { assertEquals, assertFalse, assertMatch, assertStringIncludes } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "../mock_broker/call.ts";

const CONSOLE = "/_mock/console";

/** Sends one of the page's forms, as a browser does. */
async function submit(broker: MockBroker, action: string, fields: Record<string, string>, prefix = "") {
  const response = await broker.fetch(`${broker.url}${prefix}${CONSOLE}/actions/${action}`, {
    method: "POST",
    body: new URLSearchParams({ back: "/hosts", ...fields }),
    redirect: "manual",
  });
  return { status: response.status, location: response.headers.get("Location"), text: await response.text() };
}

Deno.test("every view says that nothing may be loaded from elsewhere, and runs no inline script", async () => {
  const { status, headers, body } = await send(createBroker(), "GET", CONSOLE);
  assertEquals(status, 200);
  const policy = headers.get("Content-Security-Policy") ?? "";
  assertMatch(policy, /^default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'/);
  assertStringIncludes(policy, "frame-ancestors 'none'");
  assertFalse(/unsafe|<script>|<style|style="|https?:\/\//.test(policy + body));
  assertEquals(headers.get("Strict-Transport-Security"), null);
  assertEquals(headers.get("Cache-Control"), "no-store");
});

Deno.test("whatever a program or a user has typed is escaped", async () => {
  const broker = createBroker();
  const name = `<img src=x onerror="alert(1)">`;
  const session = broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", name });
  await new Caller(broker).send("POST", "/describeSessions", { NextToken: name });
  const { lastId } = broker.journal;
  for (
    const path of [
      "",
      "/sessions",
      `/sessions/${session}`,
      `/journal/${lastId}`,
      `/hosts?text=${encodeURIComponent(name)}`,
    ]
  ) {
    const { body } = await send(broker, "GET", CONSOLE + path);
    assertFalse(body.includes("<img src=x"), path);
    assertMatch(body, /onerror=\\?&quot;/, path);
  }
});

Deno.test("a form does what it says and leads back to where it was", async () => {
  const broker = createBroker();
  const { status, location } = await submit(broker, "closeHost", {
    host: "ip-10-0-0-1",
    back: "/hosts?text=ip",
  });
  assertEquals([status, location], [303, `${CONSOLE}/hosts?text=ip&done=closeHost`]);
  assertEquals(broker.hosts.get("ip-10-0-0-1").open, false);
  assertStringIncludes((await send(broker, "GET", location!)).body, "The host is closed for placement");
});

Deno.test("a form that was filled in wrongly does nothing and says what is wrong", async () => {
  const broker = createBroker();
  const wrong: [action: string, fields: Record<string, string>, message: string][] = [
    ["advance", { seconds: "soon" }, "Field &quot;seconds&quot; must be a number: soon"],
    ["advance", {}, "Field &quot;seconds&quot; must not be empty"],
    ["addHost", { tags: "ram" }, "Field &quot;tags&quot; must hold lines like name=value: ram"],
    ["rebootHost", { host: "nobody" }, "No server has this host name or id: nobody"],
    ["addFault", { type: "fire" }, "There is no fault of this type: fire"],
    [
      "addFault",
      { type: "status", status: "700" },
      "faults.add(): fault.status: must be a whole number from 200 to 599: got 700",
    ],
    ["fly", {}, "There is no such action: fly"],
  ];
  const before = broker.state();
  for (const [action, fields, message] of wrong) {
    const { status, text } = await submit(broker, action, fields);
    assertEquals(status, 400, action);
    assertStringIncludes(text, `Not done. ${message}`);
  }
  assertEquals(broker.state().counts, before.counts);
  assertEquals(broker.state().faults, []);
});

Deno.test("what is not there is said not to be there", async () => {
  const broker = createBroker();
  assertEquals((await send(broker, "GET", `${CONSOLE}/`)).status, 200);
  const paths = [
    "/nowhere",
    "/hosts/%",
    "/hosts/nobody",
    "/sessions/none",
    "/journal/7",
    "/journal/x",
    "/screenshots/none",
  ];
  for (const path of paths) assertEquals((await send(broker, "GET", CONSOLE + path)).status, 404, path);
});

Deno.test("the page has no picture of a session that is not READY", async () => {
  const broker = createBroker();
  const id = broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  const picture = await send(broker, "GET", `${CONSOLE}/screenshots/${id}?width=200`);
  assertEquals([picture.status, picture.headers.get("Content-Type")], [200, "image/png"]);
  broker.hosts.loseAgent("ip-10-0-0-1");
  broker.advance(600_000);
  assertEquals((await send(broker, "GET", `${CONSOLE}/screenshots/${id}`)).status, 404);
});

Deno.test("each world has a page of its own", async () => {
  const broker = createBroker({ worlds: true });
  const prefix = "/worlds/other";
  const { body } = await send(broker, "GET", prefix + CONSOLE);
  assertStringIncludes(body, `data-events="${prefix}/_mock/events"`);
  const { location } = await submit(
    broker,
    "terminateHost",
    { host: "ip-10-0-0-1", confirmed: "yes" },
    prefix,
  );
  assertStringIncludes(location!, prefix + CONSOLE);
  assertEquals(broker.worlds.get("other").hosts.get("ip-10-0-0-1").terminated, true);
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, false);
});

Deno.test("a page of another site can neither read the page nor send its forms", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  for (const [method, path] of [["GET", ""], ["POST", "/actions/reset"]]) {
    const answer = await fetch(`${server.url}${CONSOLE}${path}`, {
      method: method!,
      headers: { Origin: "https://elsewhere.example" },
    });
    assertEquals(answer.status, 403);
    await answer.body?.cancel();
  }
});

Deno.test("without the control API there is no page", async () => {
  const broker = createBroker({ control: false });
  assertEquals((await send(broker, "GET", CONSOLE)).status, 404);
});

Deno.test("looking at the page leaves no trace in the journal", async () => {
  const broker = createBroker();
  await send(broker, "GET", CONSOLE);
  assertEquals(broker.journal.size, 0);
});

Deno.test("what destroys asks first, and does nothing until it is told yes", async () => {
  const broker = createBroker();
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  const fields = { host: "ip-10-0-0-1" };
  const asked = await submit(broker, "terminateHost", fields);
  assertEquals(asked.status, 200);
  assertStringIncludes(asked.text, "Terminate ip-10-0-0-1?");
  assertStringIncludes(asked.text, "1 session");
  assertMatch(asked.text, /<input type="hidden" name="host" value="ip-10-0-0-1"/);
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, false);
  for (const action of ["reset", "restart", "revokeTokens", "clearJournal"]) {
    assertStringIncludes((await submit(broker, action, {})).text, "<dialog open");
  }
  assertStringIncludes(
    (await submit(broker, "preset", { preset: "justBooted" })).text,
    "Every session is lost",
  );
  assertEquals((await submit(broker, "preset", { preset: "expiredTokens" })).status, 303);
  assertEquals((await submit(broker, "preset", { preset: "constructor" })).status, 400);
  const { status } = await submit(broker, "terminateHost", { ...fields, confirmed: "yes" });
  assertEquals([status, broker.hosts.get("ip-10-0-0-1").terminated], [303, true]);
});

Deno.test("the last change can be undone, once, and no earlier one", async () => {
  const broker = createBroker();
  const change = async (host: string) => {
    const { location } = await submit(broker, "terminateHost", { host, confirmed: "yes" });
    return new URL(location!, broker.url).searchParams.get("undo")!;
  };
  const first = await change("ip-10-0-0-1");
  const second = await change("ip-10-0-0-2");
  assertStringIncludes(
    (await submit(broker, "undo", { change: first })).text,
    "This cannot be undone any more",
  );
  assertEquals((await submit(broker, "undo", { change: second })).status, 303);
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, true);
  assertEquals(broker.hosts.get("ip-10-0-0-2").terminated, false);
  assertStringIncludes(
    (await submit(broker, "undo", { change: second })).text,
    "This cannot be undone any more",
  );
});

Deno.test("a change that failed leaves what was done before to be undone", async () => {
  const broker = createBroker();
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", id: "kept" });
  const { location } = await submit(broker, "reset", { confirmed: "yes" });
  assertEquals(broker.sessions.list().total, 0);
  assertEquals((await submit(broker, "rebootHost", { host: "nobody", confirmed: "yes" })).status, 400);
  const change = new URL(location!, broker.url).searchParams.get("undo")!;
  assertEquals((await submit(broker, "undo", { change })).status, 303);
  assertEquals(broker.sessions.get("kept").state, "READY");
});

Deno.test("times are told from the clock's, and exactly on hover", async () => {
  const broker = createBroker();
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  const shown = async () =>
    (await send(broker, "GET", `${CONSOLE}/sessions`)).body.match(/<time[^>]*relative.*?<\/time>/)[0];
  const exact = '<time datetime="2026-01-01T00:00:00.000Z" title="2026-01-01 00:00:00 UTC" data-relative="">';
  for (
    const [milliseconds, text] of [[0, "now"], [999, "now"], [59_001 - 999, "59 s ago"], [
      1_000,
      "1 min ago",
    ]] as const
  ) {
    broker.advance(milliseconds);
    assertStringIncludes((await shown()).replaceAll("\n", ""), `>${text}</time>`);
  }
  broker.advance(3 * 3_600_000);
  assertStringIncludes(await shown(), "3 h ago");
  broker.advance(48 * 3_600_000);
  assertStringIncludes(await shown(), exact.slice(0, 40));
  assertStringIncludes(await shown(), "2 d ago");
});

Deno.test("a browser gets to the page from the broker's bare address, a program does not", async () => {
  const broker = createBroker({ worlds: true });
  const go = async (path: string, headers: HeadersInit, method = "GET") => {
    const response = await broker.fetch(broker.url + path, { method, headers, redirect: "manual" });
    await response.body?.cancel();
    return [response.status, response.headers.get("Location")];
  };
  const browser = { Accept: "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8" };
  const program = { Accept: "*/*" };
  assertEquals(await go("/", browser), [302, CONSOLE]);
  assertEquals(await go("/", program), [404, null]);
  assertEquals(await go("/", browser, "POST"), [404, null]);
  assertEquals(await go("/health", browser), [200, null]);
  for (const path of ["/_mock", "/_mock/"]) {
    assertEquals(await go(path, browser), [302, CONSOLE]);
    assertEquals(await go(path, program), [302, CONSOLE]);
  }
  for (const path of ["/worlds/a", "/worlds/a/", "/worlds/a/_mock", "/worlds/a/_mock/"]) {
    assertEquals(await go(path, browser), [302, `/worlds/a${CONSOLE}`], path);
  }
  const closed = createBroker({ control: false });
  assertEquals((await send(closed, "GET", "/", { headers: browser })).status, 404);
});

Deno.test("a host that was terminated looks so, and offers nothing that would be refused", async () => {
  const broker = createBroker();
  broker.hosts.terminate("ip-10-0-0-1");
  const { body } = await send(broker, "GET", `${CONSOLE}/hosts/ip-10-0-0-1`);
  assertStringIncludes(body, "TERMINATED");
  assertFalse(body.includes("actions/loseAgent"));
  assertFalse(body.includes("actions/createSession"));
  const { status, text } = await submit(broker, "closeHost", { host: "ip-10-0-0-1" });
  assertEquals(status, 400);
  assertStringIncludes(text, "Not done. Host ip-10-0-0-1 was terminated: nothing can be done to it any more");
});
