import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Caller, createBroker, send } from "./call.ts";

const FIELDS = [
  ["Name", "Owner", "Type", "Requirements", "PermissionsFile", "AutorunFileArguments", "EnqueueRequest"],
  ["MaxConcurrentClients", "SessionId", "Force", "ServerId", "MaxWidth", "MaxHeight", "MaxResults"],
  ["SessionIds", "ServerIds", "Filters", "NextToken", "Key", "Value", "__proto__"],
].flat();

const ROUTES = [
  "POST /describeSessions",
  "POST /describeServers",
  "POST /createSessions",
  "POST /deleteSessions",
  "PUT /sessionPermissions",
  "GET /sessionConnectionData/s1/ana",
  "POST /getSessionScreenshots",
  "POST /openServers",
  "POST /closeServers",
];

/** Values that some field takes, beside any other that JSON can hold. */
const value = fc.oneof(
  fc.constantFrom(
    "s1",
    "ana",
    "VIRTUAL",
    "CONSOLE",
    "owner",
    "tag:ram",
    "tag:a = 'b'",
    "AAAA",
    "",
    null,
    1,
    true,
  ),
  fc.jsonValue(),
);

const item = fc.dictionary(fc.constantFrom(...FIELDS), value, { maxKeys: 5 });

const complete = fc.constantFrom(
  { Name: "n", Owner: "ben", Type: "VIRTUAL" },
  { SessionId: "s1", Owner: "ana" },
  { SessionId: "s1", Owner: "ana", PermissionsFile: "AAAA" },
  { SessionId: "s1" },
  { ServerId: "nope" },
);

/** An item that some operation takes, perhaps with something more. */
const nearlyRight = fc.tuple(complete, fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, item))
  .map(([some, more]) => ({ ...some, ...more }));

const body = fc.oneof(
  fc.array(nearlyRight, { maxLength: 3 }).map((items) => JSON.stringify(items)),
  item.map((object) => JSON.stringify(object)),
  fc.json(),
  fc.string(),
);

Deno.test("no request makes the broker fail, and one that is refused changes nothing", async () => {
  const request = fc.tuple(fc.constantFrom(...ROUTES), body);
  await fc.assert(
    fc.asyncProperty(fc.array(request, { minLength: 1, maxLength: 8 }), async (requests) => {
      const broker = createBroker({
        servers: [{ hostname: "node" }],
        sessions: [{ id: "s1", owner: "ana" }],
      });
      const call = new Caller(broker);
      const world =
        async () => [(await call.describeSessions()).Sessions, (await call.describeServers()).Servers];
      for (const [route, text] of requests) {
        const [method, path] = route.split(" ") as [string, string];
        const before = await world();
        const { status, body } = await call.send(method, path, method === "GET" ? undefined : text);
        assert(status === 200 || status === 400, `${status}: ${JSON.stringify(body)}`);
        if (status === 400) assertEquals(await world(), before);
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("no page token makes the broker fail: it goes on somewhere, or is refused", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }, { hostname: "b" }] });
  const call = new Caller(broker);
  for (const owner of ["ana", "ben", "cleo"]) broker.sessions.createOnHost("a", { owner });
  const tokens = [
    (await call.describeSessions({ MaxResults: 1 })).NextToken!,
    (await call.describeServers({ MaxResults: 1 })).NextToken!,
  ];
  const inside = fc.oneof(
    fc.string(),
    fc.constantFrom("sessions:", "servers:", "sessions:-1", "sessions:1e3"),
  );
  const bent = fc.tuple(fc.constantFrom(...tokens), fc.nat(20), fc.string({ maxLength: 2 }))
    .map(([token, at, text]) => token.slice(0, at) + text + token.slice(at + text.length));
  const made = fc.tuple(inside, fc.oneof(fc.bigInt(), fc.double(), fc.constant("")))
    .map(([text, number]) => btoa(encodeURIComponent(text) + number));
  await fc.assert(
    fc.asyncProperty(fc.oneof(bent, made, fc.string()), async (NextToken) => {
      for (const path of ["/describeSessions", "/describeServers"]) {
        const { status, body } = await call.send("POST", path, { NextToken, MaxResults: 1 });
        if (status === 400) assertEquals(body, { error: "Invalid NextToken" });
        else assertEquals([status, (body.Sessions ?? body.Servers).length <= 1], [200, true]);
      }
    }),
    { numRuns: 500 },
  );
});

const name = fc.oneof(
  fc.constantFrom("s1", "a", "ana", ".", "..", "%", "%2F", "%zz", "%c3", "\\", "日本"),
  fc.string(),
);

const form = fc.oneof(
  fc.dictionary(fc.constantFrom("sessionId", "authenticationToken", "clientAddress", "transport"), name, {
    maxKeys: 4,
  }).map((fields) => String(new URLSearchParams(fields))),
  fc.string(),
);

Deno.test("no question of a DCV server makes the agent connector fail, and none gets in", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }], sessions: [{ id: "s1", owner: "ana" }] });
  const types = fc.constantFrom("application/x-www-form-urlencoded", "application/json", "");
  await fc.assert(
    fc.asyncProperty(form, types, async (body, type) => {
      const path = "/agent/validate-authentication-token";
      const answer = await send(
        broker,
        "POST",
        path,
        { headers: { "Content-Type": type }, body },
        broker.agentUrl,
      );
      assertEquals(answer.status, 200);
      assertEquals(answer.body.slice(0, 18), '<auth result="no">');
    }),
    { numRuns: 300 },
  );
});

Deno.test("no question of a gateway makes the gateway connector fail", async () => {
  const broker = createBroker({
    servers: [{ hostname: "a" }],
    sessions: [{ id: "s1", owner: "ana" }],
    properties: { "enable-gateway": true },
  });
  await fc.assert(
    fc.asyncProperty(form, async (query) => {
      const path = `/resolveSession?${query.replace(/#/g, "")}`;
      const { status, body } = await send(broker, "POST", path, {}, broker.gatewayUrl);
      assert([200, 400, 404].includes(status), `${status}: ${JSON.stringify(body)}`);
      assertEquals(status === 200 ? body.SessionId : typeof body.error, status === 200 ? "s1" : "string");
    }),
    { numRuns: 300 },
  );
});

Deno.test("no path and no header makes a connector fail, or its journal, its archive and the page", async () => {
  const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }], worlds: true });
  const steps = fc.constantFrom(
    "sessionConnectionData",
    "worlds",
    "describeSessions",
    "health",
    "_mock",
    "state",
    "",
  );
  const path = fc.array(fc.oneof(steps, name.map((text) => text.replace(/[?#]/g, ""))), { maxLength: 5 });
  const headers = fc.dictionary(
    fc.constantFrom(
      "Authorization",
      "Cookie",
      "Content-Type",
      "Content-Length",
      "X-Forwarded-For",
      "Referer",
    ),
    fc.oneof(
      fc.constantFrom("Bearer x", "Basic Og==", "Basic !", "a=b; c", "5"),
      fc.stringMatching(/^[!-~]*$/),
    ),
  );
  const url = fc.constantFrom(broker.url, broker.agentUrl, broker.gatewayUrl);
  const method = fc.constantFrom("GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS");
  await fc.assert(
    fc.asyncProperty(method, url, path, form, headers, async (method, url, path, query, headers) => {
      const target = `/${path.join("/")}?${query.replace(/#/g, "")}`;
      if (!URL.canParse(url + target)) return;
      const { status } = await send(broker, method, target, { headers }, url);
      assert(status < 500, `${status}: ${method} ${target}`);
      for (const about of ["/journal?limit=1", "/journal.har", "/console/journal"]) {
        assertEquals((await send(broker, "GET", `/_mock${about}`)).status, 200, `${about} after ${target}`);
      }
      broker.journal.clear();
    }),
    { numRuns: 500 },
  );
});
