import { assertEquals, assertRejects } from "@std/assert";
import { type FetchInit, type SessionManagerClient, SessionManagerError } from "../../mod.ts";
import { json, NO_SESSIONS, session, StubBroker } from "./support/stub_broker.ts";

/** An answer to each operation. */
const ANYTHING = {
  Sessions: [],
  Servers: [],
  SuccessfulList: [],
  UnsuccessfulList: [],
  ConnectionToken: "t",
};

/** What each operation sends, by the broker's OpenAPI file. */
const OPERATIONS: [string, (client: SessionManagerClient) => Promise<unknown>, string, string, unknown][] = [
  [
    "describeSessions",
    (client) => client.describeSessions({ SessionIds: ["s-1"], MaxResults: 10 }),
    "POST",
    "/describeSessions",
    { SessionIds: ["s-1"], MaxResults: 10 },
  ],
  ["describeServers", (client) => client.describeServers(), "POST", "/describeServers", {}],
  [
    "createSessions",
    (client) => client.createSessions([{ Name: "n", Owner: "o", Type: "CONSOLE", InitFile: undefined }]),
    "POST",
    "/createSessions",
    [{ Name: "n", Owner: "o", Type: "CONSOLE" }],
  ],
  [
    "deleteSessions",
    (client) => client.deleteSessions([{ SessionId: "s-1", Owner: "o", Force: true }]),
    "POST",
    "/deleteSessions",
    [{ SessionId: "s-1", Owner: "o", Force: true }],
  ],
  [
    "updateSessionPermissions",
    (client) => client.updateSessionPermissions([{ SessionId: "s-1", Owner: "o", PermissionsFile: "QQ==" }]),
    "PUT",
    "/sessionPermissions",
    [{ SessionId: "s-1", Owner: "o", PermissionsFile: "QQ==" }],
  ],
  [
    "getSessionScreenshots",
    (client) => client.getSessionScreenshots([{ SessionId: "s-1", MaxWidth: 800 }]),
    "POST",
    "/getSessionScreenshots",
    [{ SessionId: "s-1", MaxWidth: 800 }],
  ],
  ["openServers", (client) => client.openServers([{ ServerId: "h" }]), "POST", "/openServers", [{
    ServerId: "h",
  }]],
  ["closeServers", (client) => client.closeServers([{ ServerId: "h" }]), "POST", "/closeServers", [{
    ServerId: "h",
  }]],
  [
    "getSessionConnectionData",
    (client) => client.getSessionConnectionData("s-1", "CORP\\ana b/c"),
    "GET",
    "/sessionConnectionData/s-1/CORP%5Cana%20b%2Fc",
    "",
  ],
];

for (const [name, call, method, path, body] of OPERATIONS) {
  Deno.test(`${name}() sends what the broker's OpenAPI file says`, async () => {
    const broker = new StubBroker(json(ANYTHING));
    await call(broker.client({ credentials: { accessToken: "token" } }));
    const [request] = broker.requests;
    assertEquals([request?.method, request?.path, request?.body], [method, path, body]);
    assertEquals(request?.headers.authorization, "Bearer token");
    assertEquals(request?.headers["content-type"], method === "GET" ? undefined : "application/json");
  });
}

Deno.test("requests go below the path of brokerUrl", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  await broker.client({ brokerUrl: "https://gateway.example/dcv/" }).describeSessions();
  assertEquals(broker.requests[0]?.url, "https://gateway.example/dcv/describeSessions");
});

Deno.test("without credentials there is no Authorization header", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  await broker.client().describeSessions();
  assertEquals("authorization" in broker.requests[0]!.headers, false);
});

Deno.test("health() asks without a token, and takes any body", async () => {
  const broker = new StubBroker(() => new Response("OK"));
  await broker.client({ credentials: { accessToken: "token" } }).health();
  const [request] = broker.requests;
  assertEquals([request?.method, request?.path, request?.headers], ["GET", "/health", {
    accept: "application/json",
  }]);
});

Deno.test("lists that the broker leaves out or sends as null are empty", async () => {
  const client = new StubBroker(json({ SuccessfulList: null, Sessions: null })).client();
  assertEquals((await client.describeSessions()).Sessions, []);
  const batch = await client.openServers([{ ServerId: "h" }]);
  assertEquals([batch.SuccessfulList, batch.UnsuccessfulList], [[], []]);
});

Deno.test("fields and values that this version does not know pass through", async () => {
  const unknown = session({ State: "HIBERNATING", Colour: "green" });
  const { Sessions } = await new StubBroker(json({ Sessions: [unknown] })).client().describeSessions();
  assertEquals(Sessions as unknown[], [unknown]);
});

Deno.test("an empty batch is not sent", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  const { SuccessfulList, UnsuccessfulList } = await broker.client().deleteSessions([]);
  assertEquals([SuccessfulList, UnsuccessfulList, broker.requests], [[], [], []]);
});

Deno.test("bad input is a TypeError, and nothing is sent", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  const client = broker.client();
  const bad: [() => Promise<unknown>, string][] = [
    [
      () => client.describeSessions({ SessionIds: [null as never] }),
      '"SessionIds[0]" must be a non-empty string: got null',
    ],
    [() => client.describeServers({ ServerIds: "h" as never }), '"ServerIds" must be an array: got "h"'],
    [() => client.createSessions({} as never), '"requests" must be an array: got object'],
    [
      () => client.createSessions([{ Name: "n", Type: "CONSOLE" } as never]),
      '"requests[0].Owner" must be a non-empty',
    ],
    [
      () => client.deleteSessions([null as never]),
      '"requests[0].SessionId" must be a non-empty string: got undefined',
    ],
    [
      () => client.getSessionScreenshots([{ SessionId: "" }]),
      '"requests[0].SessionId" must be a non-empty string',
    ],
    [() => client.getSessionConnectionData("", "ana"), '"sessionId" must be a path segment: got ""'],
    [() => client.getSessionConnectionData("..", "ana"), '"sessionId" must be a path segment: got ".."'],
    [() => client.getSessionConnectionData("s-1", "."), '"user" must be a path segment: got "."'],
    [() => client.getSessionConnectionData("s-1", "\ud800"), '"user" must be a path segment'],
    [() => client.describeSessions({}, { timeout: -1 }), '"timeout" must be a number from 1 on: got -1'],
  ];
  for (const [call, message] of bad) await assertRejects(call, TypeError, message);
  assertEquals(broker.requests.length, 0);
});

Deno.test("getSession() gives the session of that id and no other, or undefined", async () => {
  const broker = new StubBroker(json({ Sessions: [session({ Id: "s-0" }), session()] }));
  assertEquals((await broker.client().getSession("s-1"))?.Id, "s-1");
  assertEquals(await broker.client().getSession("s-2"), undefined);
  assertEquals(broker.requests.map(({ body }) => body), [{ SessionIds: ["s-1"] }, { SessionIds: ["s-2"] }]);
  await assertRejects(
    () => broker.client().getSession(""),
    TypeError,
    '"SessionIds[0]" must be a non-empty string',
  );
});

Deno.test("deleteSession() says whether there was a session to delete", async () => {
  const request = { SessionId: "s-1", Owner: "ana" };
  const deleted = new StubBroker(json({ SuccessfulList: [{ SessionId: "s-1", State: "DELETING" }] }));
  assertEquals(await deleted.client().deleteSession(request), true);
  const FailureReason = "The requested dcvSession does not exist";
  const absent = new StubBroker(json({ UnsuccessfulList: [{ SessionId: "s-1", FailureReason }] }));
  assertEquals(await absent.client().deleteSession(request), false);
});

Deno.test("request() calls any operation with the client's token, retries and errors", async () => {
  const broker = new StubBroker([() => new Response("", { status: 503 }), json({ Licenses: [{ Id: 1 }] })]);
  const client = broker.client({ credentials: { accessToken: "t" }, retry: { baseDelay: 0 } });
  const request = { method: "PUT", body: { a: 1 }, repeatable: true, lists: ["Licenses"] };
  assertEquals(await client.request("/licenses?all=yes", request), { Licenses: [{ Id: 1 }] });
  const [{ method, path, body, headers }] = broker.requests as [StubBroker["requests"][0]];
  assertEquals([method, path, body, headers.authorization], [
    "PUT",
    "/licenses?all=yes",
    { a: 1 },
    "Bearer t",
  ]);
  assertEquals(broker.requests.length, 2);
});

Deno.test("request() sends again only what it may, and takes no answer for another", async () => {
  const down = new StubBroker(() => new Response("", { status: 503 }));
  await assertRejects(
    () => down.client({ retry: { baseDelay: 0 } }).request("/a", { body: {} }),
    SessionManagerError,
  );
  assertEquals(down.requests.length, 1);
  const other = new StubBroker(json({ status: "ok" })).client();
  assertEquals(await other.request("/a"), { status: "ok" });
  const error = await assertRejects(() => other.request("/a", { lists: ["Licenses"] }), SessionManagerError);
  assertEquals([error.code, error.operation], ["INVALID_RESPONSE", "/a"]);
  for (const path of ["a", "https://elsewhere/", "/a b", "/a#b", ""]) {
    await assertRejects(() => other.request(path), TypeError, '"path" must be a path');
  }
});

Deno.test("answers are not to be kept, and a runtime that does not take that is asked without", async () => {
  const inits: (string | undefined)[] = [];
  const modern = new StubBroker(NO_SESSIONS);
  const fetch = (url: string, init: FetchInit) => {
    inits.push(init.cache);
    return modern.fetch(url, init as never);
  };
  await modern.client({ fetch }).describeSessions();
  assertEquals(inits, ["no-store"]);

  const refusing = (url: string, init: FetchInit) => {
    if ("cache" in init) {
      throw new Error("The 'cache' field on 'RequestInitializerDict' is not implemented.");
    }
    return modern.fetch(url, init as never);
  };
  await modern.client({ fetch: refusing }).describeSessions();
  assertEquals(modern.requests.length, 2);
});

Deno.test("a hook that throws, at once or later, changes nothing", async () => {
  for (
    const onAttempt of [
      () => {
        throw new Error("The log is full");
      },
      () => Promise.reject(new Error("The log is far away")),
    ]
  ) {
    await new StubBroker(NO_SESSIONS).client({ onAttempt }).describeSessions();
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
});

Deno.test("what a framework throws from fetch for its own sake reaches it as it is, and nothing is sent again", async () => {
  const signal = Object.assign(new Error("Dynamic server usage"), { digest: "DYNAMIC_SERVER_USAGE" });
  const broker = new StubBroker(() => Promise.reject(signal));
  const caught = await broker.client().describeSessions().catch((error) => error);
  assertEquals([caught === signal, broker.requests.length], [true, 1]);
});
