import { assert, assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import type {
  DescribeServersResponse,
  DescribeSessionsRequestData,
  DescribeSessionsResponse,
} from "@dcvkit/session-manager";
import fc from "fast-check";
import { call, create, remove } from "./history/broker_calls.ts";

const OWNERS = ["ana", "bo"];
const COLORS = ["red", "blue"];
const RETENTION = 60_000;

/** What happens between two pages. Hosts and sessions are meant by number, modulo those that there are. */
type Change =
  | { do: "create"; owner: string; count: number }
  | { do: "delete"; session: number; force: boolean }
  | { do: "forget" }
  | { do: "add host"; color: string }
  | { do: "drop host"; host: number }
  | { do: "bring back"; host: number }
  | { do: "restart" };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({
    do: fc.constant("create" as const),
    owner: fc.constantFrom(...OWNERS),
    count: fc.integer({ min: 1, max: 4 }),
  }),
  fc.record({ do: fc.constant("delete" as const), session: fc.nat(), force: fc.boolean() }),
  fc.record({ do: fc.constant("forget" as const) }),
  fc.record({ do: fc.constant("add host" as const), color: fc.constantFrom(...COLORS) }),
  fc.record({ do: fc.constant("drop host" as const), host: fc.nat() }),
  fc.record({ do: fc.constant("bring back" as const), host: fc.nat() }),
  fc.record({ do: fc.constant("restart" as const) }),
);

const filters: fc.Arbitrary<NonNullable<DescribeSessionsRequestData["Filters"]>> = fc.subarray([
  { Key: "owner", Value: "ana" },
  { Key: "tag:color", Value: "red" },
]);

/** A broker with hosts of two colors, and sessions of two owners. */
class Fleet {
  readonly broker: MockBroker;
  readonly #hosts: string[] = [];
  readonly #sessions: { id: string; owner: string }[] = [];

  constructor(seed: number) {
    this.broker = new MockBroker({
      seed,
      clock: "manual",
      servers: [],
      properties: {
        "enable-authorization": false,
        "delete-session-duration-seconds": RETENTION / 1000,
        "seconds-before-deleting-unreachable-dcv-server": 60,
        "seconds-before-deleting-sessions-unreachable-server": 90,
      },
    });
    for (let i = 0; i < 6; i++) this.#addHost(COLORS[i % 2]!);
  }

  get ids(): string[] {
    return this.#sessions.map(({ id }) => id);
  }

  async make(change: Change): Promise<void> {
    if (change.do === "create") await this.#create(change.owner, change.count);
    else if (change.do === "delete") await this.#delete(change.session, change.force);
    else if (change.do === "forget") this.broker.advance(RETENTION + 10_000);
    else if (change.do === "add host") this.#addHost(change.color);
    else if (change.do === "drop host") this.#dropHost(change.host);
    else if (change.do === "bring back") this.broker.hosts.restoreAgent(this.#host(change.host));
    else this.broker.restart();
  }

  async #create(owner: string, count: number): Promise<void> {
    const request = { Name: "desktop", Owner: owner, Type: "VIRTUAL" };
    const { SuccessfulList } = await create(this.broker, Array(count).fill(request));
    for (const { Id } of SuccessfulList) this.#sessions.push({ id: Id, owner });
    this.broker.advance(5_000);
  }

  async #delete(index: number, force: boolean): Promise<void> {
    const session = this.#sessions[index % this.#sessions.length];
    if (session) await remove(this.broker, { SessionId: session.id, Owner: session.owner, Force: force });
  }

  #addHost(color: string): void {
    const hostname = `host-${this.#hosts.length}`;
    this.broker.hosts.add({
      hostname,
      tags: { color },
      maxVirtualSessions: -1,
      maxConcurrentSessionsPerUser: 99,
    });
    this.#hosts.push(hostname);
  }

  #dropHost(index: number): void {
    this.broker.hosts.loseAgent(this.#host(index));
    this.broker.advance(200_000);
  }

  #host(index: number): string {
    return this.#hosts[index % this.#hosts.length]!;
  }
}

/** Reads a listing page by page, with a change after each page; every id, and those that were there throughout. */
async function readUnderChange(
  limit: number,
  changes: readonly Change[],
  fleet: Fleet,
  readPage: (
    page: { MaxResults?: number; NextToken?: string },
  ) => Promise<{ ids: string[]; next?: string | undefined }>,
): Promise<{ read: string[]; throughout: Set<string> }> {
  const read: string[] = [];
  let throughout: Set<string> | undefined;
  const rest = [...changes];
  for (let token: string | undefined, more = true; more;) {
    const there = new Set((await readPage({})).ids);
    throughout = throughout ? throughout.intersection(there) : there;
    const { ids, next } = await readPage({ MaxResults: limit, ...(token && { NextToken: token }) });
    assert(ids.length <= limit);
    if (next) assertEquals(ids.length, limit, "A page that is not the last one is full");
    read.push(...ids);
    token = next;
    more = next !== undefined;
    const change = rest.shift();
    if (more && change) await fleet.make(change);
  }
  return { read, throughout: throughout! };
}

const runs = {
  seed: fc.nat(),
  before: fc.array(change, { maxLength: 12 }),
  between: fc.array(change, { minLength: 1, maxLength: 12 }),
  limit: fc.integer({ min: 1, max: 5 }),
};

async function fleetAfter(seed: number, changes: readonly Change[]): Promise<Fleet> {
  const fleet = new Fleet(seed);
  for (const owner of OWNERS) await fleet.make({ do: "create", owner, count: 4 });
  for (const change of changes) await fleet.make(change);
  return fleet;
}

Deno.test("describeSessions() pages, whatever changes in between, repeat and skip no session that was there throughout", async () => {
  const inputs = fc.record({ ...runs, filters, byId: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(inputs, async ({ seed, before, between, limit, filters, byId }) => {
      const fleet = await fleetAfter(seed, before);
      const SessionIds = byId ? fleet.ids.filter((_, i) => i % 3 !== 0).reverse() : undefined;
      const { read, throughout } = await readUnderChange(limit, between, fleet, async (page) => {
        const request = { ...page, Filters: filters, SessionIds };
        const { body } = await call<DescribeSessionsResponse>(fleet.broker, "/describeSessions", request);
        return { ids: body.Sessions.map(({ Id }) => Id), next: body.NextToken };
      });
      assertEquals(new Set(read).size, read.length, "A session is on two pages");
      assertEquals([...throughout.difference(new Set(read))], [], "Sessions that are on no page");
    }),
    { numRuns: 150 },
  );
});

Deno.test("describeServers() pages, whatever changes in between, repeat and skip no server that was there throughout", async () => {
  const inputs = fc.record({ ...runs, byId: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(inputs, async ({ seed, before, between, limit, byId }) => {
      const fleet = await fleetAfter(seed, before);
      const all = (await call<DescribeServersResponse>(fleet.broker, "/describeServers")).body.Servers;
      const ServerIds = byId ? all.map(({ Id }) => Id!).filter((_, i) => i % 3 !== 0).reverse() : undefined;
      const { read, throughout } = await readUnderChange(limit, between, fleet, async (page) => {
        const request = { ...page, ServerIds };
        const { body } = await call<DescribeServersResponse>(fleet.broker, "/describeServers", request);
        return { ids: body.Servers.map(({ Id }) => Id!), next: body.NextToken };
      });
      assertEquals(new Set(read).size, read.length, "A server is on two pages");
      assertEquals([...throughout.difference(new Set(read))], [], "Servers that are on no page");
    }),
    { numRuns: 150 },
  );
});
