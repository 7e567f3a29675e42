import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Caller, createBroker } from "./call.ts";

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
