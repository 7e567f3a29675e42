import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { type DescribeSessionsRequestData, SessionManagerError } from "../../mod.ts";
import { FakeTime } from "./support/fake_time.ts";
import { json, NO_SESSIONS, session, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

/** Answers with pages of `size` out of `total` sessions. */
function pages(total: number, size: number): StubAnswer {
  return ({ body }) => {
    const from = Number((body as DescribeSessionsRequestData).NextToken ?? 0);
    const to = Math.min(from + size, total);
    const Sessions = Array.from({ length: to - from }, (_, i) => session({ Id: `s-${from + i}` }));
    return Response.json({ Sessions, ...to < total && { NextToken: String(to) } });
  };
}

Deno.test("listSessions() gives every session of every page, in order", async () => {
  const broker = new StubBroker(pages(5, 2));
  const ids = (await Array.fromAsync(broker.client().listSessions())).map(({ Id }) => Id);
  assertEquals(ids, ["s-0", "s-1", "s-2", "s-3", "s-4"]);
  assertEquals(broker.requests.map(({ body }) => body), [{}, { NextToken: "2" }, { NextToken: "4" }]);
});

Deno.test("pages() gives the broker's answers", async () => {
  const listing = new StubBroker(pages(5, 2)).client().listSessions();
  const sizes = (await Array.fromAsync(listing.pages())).map(({ Sessions }) => Sessions.length);
  assertEquals(sizes, [2, 2, 1]);
});

Deno.test("a page is fetched only when it is read, and each iteration starts anew", async () => {
  const broker = new StubBroker(pages(5, 2));
  const listing = broker.client().listSessions();
  assertEquals(broker.requests.length, 0);
  for await (const { Id } of listing) if (Id === "s-1") break;
  assertEquals(broker.requests.length, 1);
  assertEquals((await Array.fromAsync(listing)).length, 5);
});

for (const end of [null, ""]) {
  Deno.test(`a NextToken that is ${JSON.stringify(end)} is the end`, async () => {
    const broker = new StubBroker(json({ Sessions: [session()], NextToken: end }));
    assertEquals((await Array.fromAsync(broker.client().listSessions())).length, 1);
  });
}

Deno.test("an empty page in between is not the end", async () => {
  const broker = new StubBroker([json({ NextToken: "a" }), json({ Sessions: [session()] })]);
  assertEquals((await Array.fromAsync(broker.client().listSessions())).length, 1);
});

Deno.test("a query in words becomes filters", async () => {
  const broker = new StubBroker(NO_SESSIONS);
  const query = { owner: "ana", tags: { os: "linux", "dcv:os-family": "linux" }, ids: ["s-1"], pageSize: 50 };
  await Array.fromAsync(broker.client().listSessions(query));
  assertEquals(broker.requests[0]?.body, {
    SessionIds: ["s-1"],
    Filters: [
      { Key: "tag:os", Value: "linux" },
      { Key: "tag:dcv:os-family", Value: "linux" },
      { Key: "owner", Value: "ana" },
    ],
    MaxResults: 50,
  });
});

Deno.test("many ids are split over requests, each id once and each request to its last page", async () => {
  const ids = Array.from({ length: 1_100 }, (_, i) => `s-${i}`);
  const broker = new StubBroker(({ body }) => {
    const { SessionIds, NextToken } = body as DescribeSessionsRequestData;
    const half = NextToken ? SessionIds!.slice(250) : SessionIds!.slice(0, 250);
    return Response.json({
      Sessions: half.map((Id) => session({ Id })),
      ...!NextToken && { NextToken: "half" },
    });
  });
  const sessions = await Array.fromAsync(broker.client().listSessions({ ids: [...ids, "s-0"] }));
  assertEquals(sessions.map(({ Id }) => Id), ids);
  assertEquals(broker.requests.length, 6);
});

Deno.test("an empty list of ids gives nothing, rather than everything", async () => {
  const broker = new StubBroker(pages(5, 2));
  assertEquals(await Array.fromAsync(broker.client().listSessions({ ids: [] })), []);
  assertEquals(broker.requests.length, 0);
});

Deno.test("listServers() lists servers the same way", async () => {
  const broker = new StubBroker([
    json({ Servers: [{ Id: "h-1" }], NextToken: "next" }),
    json({ Servers: [{ Id: "h-2" }] }),
  ]);
  const servers = await Array.fromAsync(broker.client().listServers({ ids: ["h-1", "h-2"], pageSize: 1 }));
  assertEquals(servers, [{ Id: "h-1" }, { Id: "h-2" }]);
  assertEquals(broker.requests.map(({ path, body }) => [path, body]), [
    ["/describeServers", { MaxResults: 1, ServerIds: ["h-1", "h-2"] }],
    ["/describeServers", { MaxResults: 1, ServerIds: ["h-1", "h-2"], NextToken: "next" }],
  ]);
});

Deno.test("a broker that repeats a NextToken is an error, not a loop", async () => {
  for (const tokens of [["a", "a"], ["a", "b", "c", "a"]]) {
    let page = 0;
    const broker = new StubBroker(() => Response.json({ NextToken: tokens[page++ % tokens.length] }));
    const error = await assertRejects(
      () => Array.fromAsync(broker.client().listSessions()),
      SessionManagerError,
    );
    assertEquals([error.code, error.operation], ["REPEATED_NEXT_TOKEN", "listSessions"]);
    assertEquals(broker.requests.length, tokens.length);
  }
});

Deno.test("the timeout of a listing is for all of its pages", async () => {
  using time = new FakeTime();
  const broker = new StubBroker(({ body }) =>
    new Promise((resolve) => setTimeout(() => resolve(pages(100, 1)({ body } as never)), 100))
  );
  const listing = broker.client().listSessions({}, { timeout: 1_050 });
  const error = await assertRejects(() => time.settle(Array.fromAsync(listing)), SessionManagerError);
  assertEquals(error.message, "Cannot complete listSessions: no answer within 1050 ms");
  assertEquals([error.code, time.elapsed, broker.requests.length], ["TIMEOUT", 1_050, 11]);
});

Deno.test("bad queries are a TypeError at once", () => {
  const client = new StubBroker(NO_SESSIONS).client();
  assertThrows(
    () => client.listSessions({ ids: ["s-1", ""] }),
    TypeError,
    '"ids[1]" must be a non-empty string: got ""',
  );
  assertThrows(
    () => client.listSessions({ owner: "" }),
    TypeError,
    '"owner" must be a non-empty string: got ""',
  );
  assertThrows(
    () => client.listServers({ pageSize: 0 }),
    TypeError,
    '"pageSize" must be a number from 1 on: got 0',
  );
  assertThrows(
    () => client.listServers({}, { timeout: -1 }),
    TypeError,
    '"timeout" must be a number from 1 on: got -1',
  );
});

Deno.test("a clock that is set to another time neither ends nor prolongs a listing", async () => {
  for (const jump of [3_600_000, -3_600_000]) {
    using time = new FakeTime();
    const broker = new StubBroker(({ body }) => {
      time.jump(jump);
      return new Promise((resolve) => setTimeout(() => resolve(pages(100, 1)({ body } as never)), 100));
    });
    const listing = broker.client().listSessions({}, { timeout: 1_050 });
    const error = await assertRejects(() => time.settle(listing.toArray()), SessionManagerError);
    assertEquals([error.code, time.elapsed, broker.requests.length], ["TIMEOUT", 1_050, 11]);
  }
});

Deno.test("a listing that has run out of time between two pages asks for no further one", async () => {
  using time = new FakeTime();
  const broker = new StubBroker(pages(3, 1));
  const iterator = broker.client().listSessions({}, { timeout: 1_000 })[Symbol.asyncIterator]();
  await iterator.next();
  await time.advance(1_000);
  const error = await assertRejects(() => iterator.next(), SessionManagerError);
  assertEquals([error.code, broker.requests.length], ["TIMEOUT", 1]);
});

Deno.test("a listing asks for the next page in the last millisecond of its time", async () => {
  using time = new FakeTime();
  const broker = new StubBroker(pages(2, 1));
  const iterator = broker.client().listSessions({}, { timeout: 1_000 })[Symbol.asyncIterator]();
  await iterator.next();
  await time.advance(999);
  assertEquals([(await iterator.next()).value?.Id, broker.requests.length], ["s-1", 2]);
});

Deno.test("toArray() collects all pages, anew each time", async () => {
  const listing = new StubBroker(pages(5, 2)).client().listSessions();
  for (let i = 0; i < 2; i++) {
    assertEquals((await listing.toArray()).map(({ Id }) => Id), ["s-0", "s-1", "s-2", "s-3", "s-4"]);
  }
});
