import { assert, assertEquals, assertThrows } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker, send } from "./call.ts";

const create = (broker: MockBroker, Name: string) =>
  new Caller(broker).send("POST", "/createSessions", [{ Name, Owner: "ana", Type: "VIRTUAL" }]);

function walkToNext(broker: MockBroker): string | undefined {
  const [next] = broker.upcoming({ limit: 1 }).events;
  if (!next) return undefined;
  broker.advance(Date.parse(next.time) - broker.clock.now.getTime());
  return next.kind;
}

Deno.test("upcoming() tells what is due, of whom, and when; walked along, it happens", async () => {
  const broker = createBroker({ servers: [{ hostname: "node" }], timings: { roomReport: [0, 0] } });
  assertEquals(broker.upcoming(), { events: [], total: 0 });
  await create(broker, "desk");
  const { id } = broker.sessions.list().items[0]!;
  const [placed] = broker.upcoming().events;
  assertEquals([placed?.kind, placed?.sessionId], ["placed", id]);
  assert(Date.parse(placed!.time) > broker.clock.now.getTime());
  assertEquals([walkToNext(broker), walkToNext(broker)], ["placed", "prepared"]);
  assertEquals(broker.sessions.get(id).state, "READY");

  broker.hosts.loseAgent("node");
  const lost = broker.upcoming().events.find(({ host }) => host === "node");
  assertEquals(lost?.kind, "agentTimeout");
});

Deno.test("upcoming() is bounded, says how much there is, and refuses what makes no sense", async () => {
  const broker = createBroker();
  for (const name of ["a", "b", "c"]) await create(broker, name);
  const { events, total } = broker.upcoming({ limit: 2 });
  assertEquals([events.length, total], [2, 3]);
  assertThrows(() => broker.upcoming({ limit: -1 }), TypeError, "upcoming(): limit: must be a whole number");
  assertEquals((await send(broker, "GET", "/_mock/upcoming?limit=2")).body, { events, total });
});

Deno.test("walked along from event to event, everything that was under way comes to its end", async () => {
  const broker = createBroker({ seed: 5 });
  for (let n = 0; n < 20; n++) await create(broker, `s${n}`);
  for (let steps = 0; steps < 100 && broker.sessions.list({ state: "CREATING" }).total > 0; steps++) {
    const [next] = broker.upcoming().events;
    walkToNext(broker);
    const [after] = broker.upcoming().events;
    assert(next !== undefined && JSON.stringify(after) !== JSON.stringify(next), "the walk stands still");
  }
  assertEquals(broker.sessions.list({ state: "CREATING" }).total, 0);
});

Deno.test("activity() counts requests, errors and sessions in steps of ten seconds", async () => {
  const broker = createBroker({ timings: { preparation: [0, 0], placement: [0, 0] } });
  assertEquals(broker.activity().length, 60);
  await send(broker, "GET", "/health");
  await send(broker, "GET", "/nowhere");
  broker.advance(10_000);
  const id = broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  await send(broker, "GET", "/health");
  const last = () =>
    broker.activity().slice(-2).map(({ requests, errors, sessions }) => [requests, errors, sessions]);
  assertEquals(last(), [[2, 1, 0], [1, 0, 1]]);
  assertEquals(broker.activity().at(-1)!.time, "2026-01-01T00:00:10.000Z");

  await new Caller(broker).send("POST", "/deleteSessions", [{ SessionId: id, Owner: "ana" }]);
  broker.advance(60_000);
  assertEquals(broker.activity().at(-1)!.sessions, 0);
  broker.advance(600_000);
  assertEquals(broker.activity().every(({ requests, sessions }) => requests === 0 && sessions === 0), true);
  broker.reset();
  assertEquals(broker.activity().every(({ requests }) => requests === 0), true);
  assertEquals((await send(broker, "GET", "/_mock/activity")).body.steps, broker.activity());
});

Deno.test("hosts and sessions are listed in another order, page by page, and numbers in names count", () => {
  const servers = ["host-10", "Host-2", "host-1"].map((hostname) => ({ hostname }));
  const broker = createBroker({ servers });
  const names = (query: object) => broker.hosts.list(query).items.map(({ hostname }) => hostname);
  assertEquals(names({}), ["host-10", "Host-2", "host-1"]);
  assertEquals(names({ sort: "hostname" }), ["host-1", "Host-2", "host-10"]);
  assertEquals(names({ sort: "hostname", descending: true }), ["host-10", "Host-2", "host-1"]);
  const page = broker.hosts.list({ sort: "hostname", limit: 2 });
  assertEquals([page.total, page.next, names({ sort: "hostname", after: page.next })], [3, 2, ["host-10"]]);

  for (const owner of ["cid", "ana", "ben"]) broker.sessions.createOnHost("host-1", { owner });
  broker.sessions.createOnHost("Host-2", { owner: "ana" });
  const owners = (query: object) => broker.sessions.list(query).items.map(({ owner }) => owner);
  assertEquals(owners({ sort: "owner" }), ["ana", "ana", "ben", "cid"]);
  assertEquals(owners({ sort: "host", descending: true })[0], "ana");
  assertEquals(names({ sort: "sessions", descending: true }), ["host-1", "Host-2", "host-10"]);
  assertThrows(() => broker.hosts.list({ sort: "age" as "os" }), TypeError, "sort: must be one of hostname");
});
