import { assert, assertEquals, assertMatch } from "@std/assert";
import { Caller, createBroker, send, tokenOf } from "./call.ts";

/** A world in which any call that was acted on would show. */
function createPopulatedBroker() {
  const broker = createBroker({
    servers: [{ hostname: "a" }, { hostname: "b", closed: true }],
    sessions: [{ id: "s1", owner: "ana" }],
  });
  return { broker, call: new Caller(broker) };
}

/** The world as callers see it, without what is new in each answer. */
async function worldOf(call: Caller): Promise<unknown> {
  return [(await call.describeSessions()).Sessions, (await call.describeServers()).Servers];
}

/** Sends what has to be refused with 400 and a reason, and must change nothing; the reason. */
async function refusal(method: string, path: string, body: unknown): Promise<string> {
  const { call } = createPopulatedBroker();
  const before = await worldOf(call);
  const answer = await call.send(method, path, body);
  const what = `${method} ${path} ${JSON.stringify(body)}`;
  assertEquals([answer.status, Object.keys(answer.body)], [400, ["error"]], what);
  assertMatch(answer.headers.get("Content-Type")!, /^application\/json/);
  assertEquals(await worldOf(call), before, what);
  return answer.body.error;
}

const CREATE = { Name: "n", Owner: "ben", Type: "VIRTUAL" };
const DELETE = { SessionId: "s1", Owner: "ana" };
const PERMISSIONS = { SessionId: "s1", Owner: "ana" };
const SCREENSHOT = { SessionId: "s1" };

/** The batch operations with an item that is right, and their optional fields with a value of the wrong type. */
const BATCHES: { method: string; path: string; item: object; optional: Record<string, unknown> }[] = [
  {
    method: "POST",
    path: "/createSessions",
    item: CREATE,
    optional: {
      InitFile: 1,
      InitFilePath: {},
      AutorunFile: ["run.sh"],
      AutorunFileArguments: "-v",
      MaxConcurrentClients: "10",
      DcvGlEnabled: "true",
      PermissionsFile: 1,
      Requirements: ["tag:a = 1"],
      EnqueueRequest: 1,
      DisableRetryOnFailure: "false",
      StorageRoot: true,
    },
  },
  { method: "POST", path: "/deleteSessions", item: DELETE, optional: { Force: "true" } },
  { method: "PUT", path: "/sessionPermissions", item: PERMISSIONS, optional: { PermissionsFile: 1 } },
  {
    method: "POST",
    path: "/getSessionScreenshots",
    item: SCREENSHOT,
    optional: { MaxWidth: "10", MaxHeight: {} },
  },
  { method: "POST", path: "/openServers", item: { ServerId: "x" }, optional: {} },
  { method: "POST", path: "/closeServers", item: { ServerId: "x" }, optional: { Force: 0 } },
];

Deno.test("a field that the API does not know is refused by name, in Jackson's words", async () => {
  for (const { method, path, item } of BATCHES) {
    assertEquals(
      await refusal(method, path, [{ ...item, Colour: "pink" }]),
      'Unrecognized field "Colour" in [0]',
    );
  }
  for (const path of ["/describeSessions", "/describeServers"]) {
    assertEquals(await refusal("POST", path, { Owner: "ana" }), 'Unrecognized field "Owner" in request body');
  }
  assertEquals(
    await refusal("POST", "/describeSessions", { Filters: [{ Key: "owner", Value: "x", Op: "=" }] }),
    'Unrecognized field "Op" in Filters[0]',
  );
  assertEquals(
    await refusal("POST", "/createSessions", [{ ...CREATE, MaxConcurrents: 1 }]),
    'Unrecognized field "MaxConcurrents" in [0]',
  );
});

Deno.test("names of fields count with their case", async () => {
  assertMatch(await refusal("POST", "/createSessions", [{ ...CREATE, requirements: "" }]), /"requirements"/);
  const lower = { name: "n", Owner: "ben", Type: "VIRTUAL" };
  assertEquals(await refusal("POST", "/createSessions", [lower]), 'Unrecognized field "name" in [0]');
});

Deno.test("of several faults the first one that is met while reading wins, before anything that is missing", async () => {
  const first: [body: unknown, error: RegExp][] = [
    [[{ Owner: "ben" }, { ...CREATE, Colour: "pink" }], /^Unrecognized field "Colour" in \[1\]$/],
    [[{ ...CREATE, Colour: "pink" }, { ...CREATE, Name: 1 }], /^Unrecognized field "Colour" in \[0\]$/],
    [[{ Owner: 1, Colour: "pink" }], /^Invalid value of \[0\]\.Owner/],
    [[{ Colour: "pink", Shape: "round", Owner: 1 }], /^Unrecognized field "Colour" in \[0\]$/],
    [[{ Name: "", Colour: "pink" }], /^Unrecognized field "Colour" in \[0\]$/],
    [[{ Type: "VIRTUAL", Owner: ["a"], Name: 1 }], /^Invalid value of \[0\]\.Owner/],
    [[{ Owner: "ben", Type: "VIRTUAL" }, null], /^Invalid value of \[1\]/],
    [[{ ...CREATE, AutorunFileArguments: [1] }, 1], /^Invalid value of \[0\]\.AutorunFileArguments\[0\]/],
  ];
  for (const [body, error] of first) assertMatch(await refusal("POST", "/createSessions", body), error);
  const inFilter = { Filters: [{ Key: "owner" }, { Value: "x", Op: "=" }] };
  assertEquals(
    await refusal("POST", "/describeSessions", inFilter),
    'Unrecognized field "Op" in Filters[1]',
  );
});

Deno.test("names that mean something to JavaScript are like any other", async () => {
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", ""]) {
    const body = `[{"Name":"n","Owner":"ben","Type":"VIRTUAL","${name}":{"EnqueueRequest":true}}]`;
    assertEquals(await refusal("POST", "/createSessions", body), `Unrecognized field "${name}" in [0]`);
  }
});

Deno.test("a required field that is missing, null or of the wrong type is refused by name", async () => {
  for (const { method, path, item } of BATCHES) {
    for (const field of Object.keys(item)) {
      const without = Object.fromEntries(Object.entries(item).filter(([name]) => name !== field));
      assertEquals(await refusal(method, path, [without]), `Missing required field: [0].${field}`);
      for (const wrong of [null, 1, true, ["x"], {}]) {
        assertMatch(await refusal(method, path, [{ ...item, [field]: wrong }]), RegExp(`\\[0\\]\\.${field}`));
      }
    }
  }
});

Deno.test("an optional field of the wrong type is refused by name, and null is taken for absence", async () => {
  for (const { method, path, item, optional } of BATCHES) {
    for (const [field, wrong] of Object.entries(optional)) {
      assertMatch(await refusal(method, path, [{ ...item, [field]: wrong }]), RegExp(`\\[0\\]\\.${field}`));
    }
    const nulls = Object.fromEntries(Object.keys(optional).map((field) => [field, null]));
    const { call } = createPopulatedBroker();
    assertEquals((await call.send(method, path, [{ ...item, ...nulls }])).status, 200, path);
  }
});

Deno.test("null inside an array is refused", async () => {
  for (const { method, path } of BATCHES) assertMatch(await refusal(method, path, [null]), /\[0\]/);
  assertMatch(await refusal("POST", "/describeSessions", { SessionIds: [null] }), /SessionIds\[0\]/);
  assertMatch(await refusal("POST", "/describeSessions", { SessionIds: ["s1", null] }), /SessionIds\[1\]/);
  assertMatch(await refusal("POST", "/describeSessions", { Filters: [null] }), /Filters\[0\]/);
  assertMatch(await refusal("POST", "/describeServers", { ServerIds: [null] }), /ServerIds\[0\]/);
  const request = [{ ...CREATE, AutorunFileArguments: ["-v", null] }];
  assertMatch(await refusal("POST", "/createSessions", request), /\[0\]\.AutorunFileArguments\[1\]/);
});

Deno.test("a body of another kind than the operation takes is refused", async () => {
  for (const { method, path, item } of BATCHES) {
    for (const body of [item, "{}", "null", '"text"', "1", "true", "[[]]", "[1]"]) {
      await refusal(method, path, body);
    }
  }
  for (const path of ["/describeSessions", "/describeServers"]) {
    for (const body of ["[]", '"text"', "1", "false"]) await refusal("POST", path, body);
  }
  for (const Filters of [{ Key: "owner", Value: "ana" }, ["owner"], [{ Key: "owner" }], [{ Value: "ana" }]]) {
    await refusal("POST", "/describeSessions", { Filters });
  }
  await refusal("POST", "/describeSessions", { SessionIds: "s1" });
  await refusal("POST", "/describeServers", { ServerIds: { 0: "x" } });
});

Deno.test("a batch operation needs a body", async () => {
  for (const { method, path } of BATCHES) {
    for (const body of [undefined, "", "  \n"]) {
      assertEquals(await refusal(method, path, body), "Request body is missing");
    }
  }
});

Deno.test("one item that is malformed makes the whole request fail, and none of its items is acted on", async () => {
  await refusal("POST", "/createSessions", [CREATE, { ...CREATE, Type: "TERMINAL" }]);
  await refusal("POST", "/deleteSessions", [DELETE, {}]);
  const { broker, call } = createPopulatedBroker();
  const id = (await call.server("a"))!.Id!;
  await call.send("POST", "/closeServers", [{ ServerId: id, Force: true }, { ServerId: null }]);
  assertEquals((await call.server("a"))!.Availability, "AVAILABLE");
  broker.advance(10_000);
  assertEquals((await call.session("s1"))!.State, "READY");
});

Deno.test("a body that is not JSON is refused", async () => {
  const broken = [
    "{",
    "[",
    "[{]",
    '{"MaxResults":1',
    "{'MaxResults':1}",
    "{MaxResults:1}",
    "{1:2}",
    '{"MaxResults":1,}',
    "nul",
    "undefined",
    "NaN",
    "[1 2]",
    "// comment\n[]",
    "\0",
    "MaxResults=1",
  ];
  for (const body of broken) {
    assertMatch(await refusal("POST", "/describeSessions", body), /^Request body is not JSON/, body);
    assertMatch(await refusal("POST", "/createSessions", body), /^Request body is not JSON/, body);
  }
});

Deno.test("a body that is not UTF-8 is refused", async () => {
  const { broker, call } = createPopulatedBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  const [before, after] = ['[{"Name":"', '","Owner":"ben","Type":"VIRTUAL"}]'].map((s) =>
    new TextEncoder().encode(s)
  );
  for (const bytes of [[0xff], [0xc3], [0xed, 0xa0, 0x80], [0xc0, 0xaf]]) {
    const body = new Uint8Array([...before!, ...bytes, ...after!]);
    const answer = await send(broker, "POST", "/createSessions", { body, headers });
    assertEquals([answer.status, answer.body], [400, { error: "Request body is not UTF-8" }]);
  }
  assertEquals((await call.describeSessions()).Sessions.length, 1);
});

Deno.test("text of any script and sign is kept as it is", async () => {
  const { call } = createPopulatedBroker();
  for (
    const Name of ["日本語 🖥️", "a\u0000b\n", "\ud800 alone", "\ufffd", "'; DROP TABLE sessions; --", "<b>"]
  ) {
    const { Id } = await call.createSession({ Name, Owner: `${Name.length} ${Name.codePointAt(0)}` });
    assertEquals((await call.session(Id))!.Name, Name);
  }
});

Deno.test("MaxResults is a whole number from 1 to 1000", async () => {
  const { call } = createPopulatedBroker();
  for (const path of ["/describeSessions", "/describeServers"]) {
    for (const MaxResults of [0, 1001, -1, 1.5, "1", true, [1], 1e300]) {
      assertMatch(await refusal("POST", path, { MaxResults }), /MaxResults/);
    }
    for (const MaxResults of [1, 1000]) {
      assertEquals((await call.send("POST", path, { MaxResults })).status, 200);
    }
  }
});

Deno.test("sizes of screenshots are whole numbers from 1", async () => {
  for (const name of ["MaxWidth", "MaxHeight"]) {
    for (const size of [0, -1, 0.5, 1e300]) {
      const request = [{ ...SCREENSHOT, [name]: size }];
      assertMatch(await refusal("POST", "/getSessionScreenshots", request), RegExp(name));
    }
  }
});

Deno.test("MaxConcurrentClients is a whole number that can be told exactly", async () => {
  for (const MaxConcurrentClients of [1.5, 1e300, 2 ** 53]) {
    const request = [{ ...CREATE, MaxConcurrentClients }];
    assertMatch(await refusal("POST", "/createSessions", request), /MaxConcurrentClients/);
  }
});

Deno.test("a session needs a name, an owner and a type that there is", async () => {
  assertMatch(await refusal("POST", "/createSessions", [{ ...CREATE, Name: "" }]), /\[0\]\.Name/);
  assertMatch(await refusal("POST", "/createSessions", [{ ...CREATE, Owner: "" }]), /\[0\]\.Owner/);
  for (const Type of ["", "TERMINAL", "VIRTUAL ", "toString"]) {
    const error = await refusal("POST", "/createSessions", [{ ...CREATE, Type }]);
    assertEquals(error, `Invalid session Type: ${Type}`);
  }
});

Deno.test("a body of more than 10 MiB is refused, however its length is told", async () => {
  const { broker } = createPopulatedBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  const text = " ".repeat(10 * 1024 * 1024 + 1);
  const stream = new Blob([text]).stream();
  const declared = { ...headers, "Content-Length": String(text.length) };
  for (
    const init of [{ body: text, headers }, { body: text, headers: declared }, { body: stream, headers }]
  ) {
    const { status, body } = await send(broker, "POST", "/describeSessions", init);
    assertEquals([status, body], [413, { error: "Request body is larger than 10485760 bytes" }]);
  }
});

Deno.test("nesting is bounded by 200 levels, and long lists by nothing but their length", async () => {
  const { call } = createPopulatedBroker();
  const deep = "[".repeat(100_000) + "]".repeat(100_000);
  assertEquals((await call.send("POST", "/createSessions", deep)).status, 400);
  assertEquals((await call.send("POST", "/describeSessions", `{"SessionIds":${deep}}`)).status, 400);
  const Requirements = "(".repeat(100_000) + "tag:a = 1" + ")".repeat(100_000);
  assert(await call.creationFailure({ Requirements, Owner: "ben" }));
  const SessionIds = Array.from({ length: 50_000 }, (_, i) => `s${i}`);
  assertEquals((await call.describeSessions({ SessionIds })).Sessions.map(({ Id }) => Id), ["s1"]);
});

Deno.test("blanks around a body are nothing, however many there are", async () => {
  const { call } = createPopulatedBroker();
  const blanks = " \n".repeat(1_000_000);
  for (const body of ["", "null", "{}"]) {
    const answer = await call.send("POST", "/describeSessions", `${blanks}${body}${blanks}`);
    assertEquals(answer.body.Sessions.length, 1);
  }
});

Deno.test("a path that there is not is 404, without a question for a token", async () => {
  const { broker } = createPopulatedBroker();
  const paths = [
    "/",
    "/nope",
    "/sessions",
    "/describeSessions/",
    "/DescribeSessions",
    "//describeSessions",
    "/%",
  ];
  for (const path of [...paths, "/servers/x", "/describeSessions%2F", "/health/"]) {
    for (const method of ["GET", "POST", "DELETE"]) {
      const { status, body } = await send(broker, method, path);
      assertEquals([status, body], [404, { error: "Not Found" }], `${method} ${path}`);
    }
  }
});

Deno.test("a method that a path does not take is 405, and Allow says which it takes", async () => {
  const { broker } = createPopulatedBroker();
  const right: Record<string, string> = {
    "/health": "GET",
    "/dcv-session-manager-api.yaml": "GET",
    "/oauth2/token": "POST",
    "/describeSessions": "POST",
    "/describeServers": "POST",
    "/createSessions": "POST",
    "/deleteSessions": "POST",
    "/sessionPermissions": "PUT",
    "/sessionConnectionData/s1/ana": "GET",
    "/getSessionScreenshots": "POST",
    "/openServers": "POST",
    "/closeServers": "POST",
  };
  for (const [path, allowed] of Object.entries(right)) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]) {
      if (method === allowed) continue;
      const { status, headers, body } = await send(broker, method, path);
      const found = [status, headers.get("Allow"), body];
      assertEquals(found, [405, allowed, { error: "Method Not Allowed" }], `${method} ${path}`);
    }
  }
});

Deno.test("HEAD is GET without the body, and is refused where there is no GET", async () => {
  const { broker } = createPopulatedBroker();
  const { status, body } = await send(broker, "HEAD", "/dcv-session-manager-api.yaml");
  assertEquals([status, body], [200, ""]);
  assertEquals((await send(broker, "HEAD", "/describeSessions")).status, 405);
  assertEquals((await send(broker, "HEAD", "/sessionConnectionData/s1/ana")).status, 401);
});

Deno.test("no answer has CORS headers: a browser needs a proxy, as it does with the broker", async () => {
  const { broker } = createPopulatedBroker();
  const headers = { Origin: "https://portal.example", "Access-Control-Request-Method": "POST" };
  for (const method of ["OPTIONS", "POST"]) {
    const answer = await send(broker, method, "/describeSessions", { headers });
    assertEquals([...answer.headers.keys()].filter((name) => name.startsWith("access-control")), []);
  }
});

Deno.test("a query on an operation is passed over", async () => {
  const { call } = createPopulatedBroker();
  assertEquals((await call.send("POST", "/describeSessions?MaxResults=0", {})).status, 200);
});
