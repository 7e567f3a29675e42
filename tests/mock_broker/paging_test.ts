import { assertEquals, assertMatch } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

const IDS = ["s1", "s2", "s3", "s4", "s5"];

function createPopulatedBroker() {
  const broker = createBroker({
    servers: ["a", "b", "c"].map((hostname) => ({
      hostname,
      maxConcurrentSessionsPerUser: 9,
      tags: { hostname },
    })),
    sessions: IDS.map((id, i) => ({ id, owner: i % 2 ? "ben" : "ana", server: i < 3 ? "a" : "b" })),
  });
  return { broker, call: new Caller(broker) };
}

/** The ids of every page, one list a page. */
async function pages(call: Caller, request: Parameters<Caller["describeSessions"]>[0]): Promise<string[][]> {
  const pages = [];
  let NextToken: string | undefined;
  do {
    const answer = await call.describeSessions({ ...request, NextToken });
    pages.push(answer.Sessions.map(({ Id }) => Id));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  return pages;
}

Deno.test("describeSessions gives pages of MaxResults, and no token with the last", async () => {
  const { call } = createPopulatedBroker();
  assertEquals(await pages(call, { MaxResults: 2 }), [["s1", "s2"], ["s3", "s4"], ["s5"]]);
  assertEquals(await pages(call, { MaxResults: 5 }), [IDS]);
  assertEquals(await pages(call, { MaxResults: 1 }), IDS.map((id) => [id]));
});

Deno.test("the last page has no NextToken at all, rather than an empty one", async () => {
  const { call } = createPopulatedBroker();
  assertEquals("NextToken" in await call.describeSessions({ MaxResults: 5 }), false);
  assertEquals("NextToken" in await call.describeServers({ MaxResults: 3 }), false);
});

Deno.test("pages are pages of what a request filters", async () => {
  const { call } = createPopulatedBroker();
  const owner = { Filters: [{ Key: "owner", Value: "ana" }], MaxResults: 2 };
  assertEquals(await pages(call, owner), [["s1", "s3"], ["s5"]]);
  const tag = { Filters: [{ Key: "tag:hostname", Value: "b" }], MaxResults: 1 };
  assertEquals(await pages(call, tag), [["s4"], ["s5"]]);
  const ids = { SessionIds: ["s5", "s1", "nope", "s2"], MaxResults: 2 };
  assertEquals(await pages(call, ids), [["s1", "s2"], ["s5"]]);
});

Deno.test("describeServers gives pages too, of all servers or of those with some ids", async () => {
  const { call } = createPopulatedBroker();
  const first = await call.describeServers({ MaxResults: 2 });
  assertEquals(first.Servers.map(({ Hostname }) => Hostname), ["a", "b"]);
  const { Servers, NextToken } = await call.describeServers({ MaxResults: 2, NextToken: first.NextToken });
  assertEquals([Servers.map(({ Hostname }) => Hostname), NextToken], [["c"], undefined]);
  const ServerIds = [first.Servers[0]!.Id!, Servers[0]!.Id!];
  const page = await call.describeServers({ ServerIds, MaxResults: 1 });
  const rest = await call.describeServers({ ServerIds, MaxResults: 1, NextToken: page.NextToken });
  assertEquals([...page.Servers, ...rest.Servers].map(({ Hostname }) => Hostname), ["a", "c"]);
});

Deno.test("a page holds 1000 items where MaxResults does not say", async () => {
  const broker = createBroker({
    servers: Array.from({ length: 1001 }, () => ({})),
    sessions: Array.from({ length: 1001 }, (_, i) => ({ owner: `user${i}` })),
  });
  const call = new Caller(broker);
  const sessions = await call.describeSessions();
  assertEquals([sessions.Sessions.length, typeof sessions.NextToken], [1000, "string"]);
  assertEquals((await call.describeSessions({ NextToken: sessions.NextToken })).Sessions.length, 1);
  const servers = await call.describeServers();
  assertEquals([servers.Servers.length, typeof servers.NextToken], [1000, "string"]);
  assertEquals((await call.describeServers({ NextToken: servers.NextToken })).Servers.length, 1);
});

Deno.test("a page token can be used again, by any client and after any time", async () => {
  const { broker, call } = createPopulatedBroker();
  const { NextToken } = await call.describeSessions({ MaxResults: 3 });
  const next = async () => (await call.describeSessions({ NextToken })).Sessions.map(({ Id }) => Id);
  assertEquals(await next(), ["s4", "s5"]);
  broker.advance(7 * 24 * 3_600_000);
  assertEquals(await next(), ["s4", "s5"]);
});

Deno.test("a page token goes on where it was although the session there has gone", async () => {
  const { broker, call } = createPopulatedBroker();
  const { NextToken } = await call.describeSessions({ MaxResults: 2 });
  await call.deleteSessions([{ SessionId: "s2", Owner: "ben" }, { SessionId: "s3", Owner: "ana" }]);
  broker.advance(24 * 3_600_000);
  assertEquals((await call.describeSessions({ NextToken })).Sessions.map(({ Id }) => Id), ["s4", "s5"]);
});

Deno.test("an empty page token is none", async () => {
  const { call } = createPopulatedBroker();
  assertEquals((await call.describeSessions({ NextToken: "" })).Sessions.length, 5);
  assertEquals((await call.describeServers({ NextToken: "" })).Servers.length, 3);
});

Deno.test("a page token that the broker did not give is refused, one of the other listing too", async () => {
  const { call } = createPopulatedBroker();
  const ofSessions = (await call.describeSessions({ MaxResults: 1 })).NextToken!;
  const ofServers = (await call.describeServers({ MaxResults: 1 })).NextToken!;
  const wrong = [
    "x",
    "1",
    "%",
    "AAAA",
    btoa("sessions:-1"),
    btoa("sessions:1e3"),
    btoa("sessions"),
    "日本",
    " ",
  ];
  const cases: [string, string[]][] = [
    ["/describeSessions", [...wrong, ofServers, `${ofSessions}=`, `${ofSessions} `]],
    ["/describeServers", [...wrong, ofSessions, `${ofServers}A`]],
  ];
  for (const [path, tokens] of cases) {
    for (const NextToken of tokens) {
      const { status, body } = await call.send("POST", path, { NextToken });
      assertEquals([status, body], [400, { error: "Invalid NextToken" }], NextToken);
    }
  }
});

Deno.test("a page token is text that a URL and a shell leave alone", async () => {
  const { call } = createPopulatedBroker();
  assertMatch((await call.describeSessions({ MaxResults: 1 })).NextToken!, /^[\w-]+$/);
});
