import { assert, assertEquals, assertMatch } from "@std/assert";
import { Caller, createBroker, send } from "./call.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;

function ids(answer: { Sessions: { Id: string }[] }): string[] {
  return answer.Sessions.map(({ Id }) => Id);
}

/** Three sessions of two owners on hosts with different tags. */
function createPopulatedBroker() {
  return createBroker({
    servers: [
      { hostname: "small", tags: { ram: "4gb", team: "research" }, maxConcurrentSessionsPerUser: 2 },
      { hostname: "large", tags: { ram: "64gb", team: "research" } },
    ],
    sessions: [
      { id: "s1", owner: "ana", server: "small" },
      { id: "s2", owner: "ben", server: "small" },
      {
        id: "s3",
        owner: "ana",
        server: "large",
        name: "cad",
        maxConcurrentClients: 3,
        storageRoot: "%home%",
      },
    ],
  });
}

Deno.test("describeSessions lists all sessions without a request, oldest first", async () => {
  const call = new Caller(createPopulatedBroker());
  for (const body of [undefined, "", "  ", "null", "{}", { SessionIds: [], Filters: [] }]) {
    const answer = await call.send("POST", "/describeSessions", body);
    assertEquals([answer.status, ids(answer.body)], [200, ["s1", "s2", "s3"]], JSON.stringify(body));
  }
});

Deno.test("describeSessions takes null for each field as absence", async () => {
  const call = new Caller(createPopulatedBroker());
  const body = { SessionIds: null, Filters: null, MaxResults: null, NextToken: null };
  assertEquals(ids((await call.send("POST", "/describeSessions", body)).body), ["s1", "s2", "s3"]);
});

Deno.test("describeSessions answers an empty list where nothing matches", async () => {
  const { Sessions } = await new Caller(createBroker()).describeSessions();
  assertEquals(Sessions, []);
});

Deno.test("describeSessions shows a session in full, its server in short, and nothing that has no value", async () => {
  const call = new Caller(createPopulatedBroker());
  const { Sessions: [session], RequestId } = await call.describeSessions({ SessionIds: ["s3"] });
  const large = await call.server("large");
  assertMatch(RequestId!, UUID);
  assertEquals(session, {
    Id: "s3",
    Name: "cad",
    Owner: "ana",
    Type: "VIRTUAL",
    State: "READY",
    Server: {
      Id: large!.Id!,
      Ip: "10.0.0.2",
      Hostname: "large",
      DefaultDnsName: "large.dcv.internal",
      Port: "8443",
      Endpoints: [
        { IpAddress: "0.0.0.0", Port: 8443, WebUrlPath: "/", Protocol: "HTTP" },
        { IpAddress: "0.0.0.0", Port: 8443, Protocol: "QUIC" },
      ],
      WebUrlPath: "/",
      Availability: "AVAILABLE",
      Tags: large!.Tags!,
    },
    MaxConcurrentClients: 3,
    StorageRoot: "%home%",
    CreationTime: "2026-01-01T00:00:00.000Z",
    NumOfConnections: 0,
  });
});

Deno.test("describeSessions gives each answer a request id of its own", async () => {
  const call = new Caller(createPopulatedBroker());
  const requestIds = [await call.describeSessions(), await call.describeSessions()].map((a) => a.RequestId);
  assertEquals(new Set(requestIds).size, 2);
});

Deno.test("describeSessions finds sessions by id, leaves out unknown ids and repeats none", async () => {
  const call = new Caller(createPopulatedBroker());
  const answer = await call.describeSessions({ SessionIds: ["s3", "gone", "s1", "s3"] });
  assertEquals(ids(answer), ["s1", "s3"]);
  assertEquals(ids(await call.describeSessions({ SessionIds: ["gone"] })), []);
});

Deno.test("describeSessions filters by owner, exactly and with case", async () => {
  const call = new Caller(createPopulatedBroker());
  const of = async (Value: string) =>
    ids(await call.describeSessions({ Filters: [{ Key: "owner", Value }] }));
  assertEquals(await of("ana"), ["s1", "s3"]);
  assertEquals(await of("ANA"), []);
  assertEquals(await of("an"), []);
  assertEquals(await of(""), []);
});

Deno.test("describeSessions filters by the tags of the session's server", async () => {
  const call = new Caller(createPopulatedBroker());
  const with_ = async (Key: string, Value: string) =>
    ids(await call.describeSessions({ Filters: [{ Key, Value }] }));
  assertEquals(await with_("tag:ram", "4gb"), ["s1", "s2"]);
  assertEquals(await with_("tag:team", "research"), ["s1", "s2", "s3"]);
  assertEquals(await with_("tag:dcv:os-family", "linux"), ["s1", "s2", "s3"]);
  assertEquals(await with_("tag:ram", "4GB"), []);
  assertEquals(await with_("tag:colour", "pink"), []);
});

Deno.test("describeSessions wants every filter and the ids to hold at once", async () => {
  const call = new Caller(createPopulatedBroker());
  const owner = { Key: "owner", Value: "ana" };
  const ram = { Key: "tag:ram", Value: "4gb" };
  assertEquals(ids(await call.describeSessions({ Filters: [owner, ram] })), ["s1"]);
  assertEquals(ids(await call.describeSessions({ Filters: [owner], SessionIds: ["s2", "s3"] })), ["s3"]);
  assertEquals(ids(await call.describeSessions({ Filters: [owner, { Key: "owner", Value: "ben" }] })), []);
  assertEquals(ids(await call.describeSessions({ Filters: [ram, { Key: "tag:ram", Value: "64gb" }] })), []);
});

Deno.test("describeSessions refuses filter keys that it does not know", async () => {
  const call = new Caller(createPopulatedBroker());
  for (const Key of ["Owner", "state", "tag:", "tag", ""]) {
    const answer = await call.send("POST", "/describeSessions", { Filters: [{ Key, Value: "x" }] });
    assertEquals([answer.status, answer.body], [400, { error: `Invalid filter key: ${Key}` }]);
  }
});

Deno.test("describeSessions does not show the server of a session that is still being placed", async () => {
  const broker = createBroker({ timings: { placement: [400, 400], preparation: [1_000, 1_000] } });
  const call = new Caller(broker);
  const { Id } = await call.createSession();
  const placing = await call.session(Id);
  assertEquals([placing!.State, placing!.Substate, placing!.Server], [
    "CREATING",
    "SESSION_PLACING",
    undefined,
  ]);
  broker.advance(400);
  const preparing = await call.session(Id);
  assertEquals([preparing!.State, preparing!.Substate], ["CREATING", "PENDING_PREPARATION"]);
  assert(preparing!.Server?.Id);
  broker.advance(1_000);
  const ready = await call.session(Id);
  assertEquals([ready!.State, ready!.Substate, ready!.Server], ["READY", undefined, preparing!.Server]);
});

Deno.test("describeSessions lists several sessions with one id, which hosts may choose alike", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }, { hostname: "b" }] });
  broker.hosts.add({ hostname: "c", os: "windows" });
  for (const host of ["a", "b", "c"]) {
    broker.sessions.createOnHost(host, { id: "console", owner: "root", type: "CONSOLE" });
  }
  const { Sessions } = await new Caller(broker).describeSessions({ SessionIds: ["console"] });
  assertEquals(Sessions.map(({ Server }) => Server?.Hostname), ["a", "b", "c"]);
});

Deno.test("describeSessions answers as JSON", async () => {
  const { headers } = await new Caller(createBroker()).send("POST", "/describeSessions");
  assertMatch(headers.get("Content-Type")!, /^application\/json/);
});

Deno.test("describeSessions needs no content type", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  const body = new TextEncoder().encode('{"MaxResults":1}');
  assertEquals((await send(broker, "POST", "/describeSessions", { body })).status, 200);
});
