import { assert, assertEquals, assertNotEquals } from "@std/assert";
import type { HostOptions, MockBrokerOptions } from "@dcvkit/mock-broker";
import fc from "fast-check";
import { Caller, createBroker, tokenOf } from "./call.ts";

/** What may be done beside a history. None of it concerns the hosts and sessions that the history is about. */
interface Extra {
  readonly host: "none" | "first" | "last" | "added";
  readonly rule: "none" | "never matches" | "never strikes" | "improbable";
  /** Before which steps there is a listing, a picture, connection data, a silent agent or another client's token. */
  readonly listings: readonly number[];
  readonly pictures: readonly number[];
  readonly connections: readonly number[];
  readonly silences: readonly number[];
}

const NOTHING: Extra = {
  host: "none",
  rule: "none",
  listings: [],
  pictures: [],
  connections: [],
  silences: [],
};

const steps = fc.array(fc.nat(11), { maxLength: 4 });
const extras: fc.Arbitrary<Extra> = fc.record({
  host: fc.constantFrom("none", "first", "last", "added"),
  rule: fc.constantFrom("none", "never matches", "never strikes", "improbable"),
  listings: steps,
  pictures: steps,
  connections: steps,
  silences: steps,
});

/** No session goes to this host: it is closed. */
const IDLE_HOST: HostOptions = { hostname: "idle", closed: true };
/** Addresses that are not given are counted from the first host on. */
const HOSTS: HostOptions[] = [
  { hostname: "node-1", ip: "10.1.0.1" },
  { hostname: "node-2", ip: "10.1.0.2", users: ["nobody"] },
  { hostname: "desktop", ip: "10.1.0.3", os: "windows" },
];

function optionsOf(seed: number, { host, rule }: Extra): MockBrokerOptions {
  return {
    seed,
    clients: [{ clientId: "portal" }],
    properties: { "enable-authorization": false },
    servers: [
      ...(host === "first" ? [IDLE_HOST] : []),
      ...HOSTS,
      ...(host === "last" ? [IDLE_HOST] : []),
    ],
    faults: [
      ...(rule === "never matches" ? [{ item: "nowhere", fault: { type: "reset" } as const }] : []),
      ...(rule === "never strikes" ? [{ probability: 0, fault: { type: "reset" } as const }] : []),
      ...(rule === "improbable" ? [{ probability: 1e-9, fault: { type: "reset" } as const }] : []),
      {
        operation: "createSessions",
        probability: 0.5,
        fault: { type: "failItem", reason: "Bad luck" },
      },
    ],
  };
}

/** Twelve creations and what becomes of them, to the last millisecond; extras leave no trace in it. */
async function historyOf(seed: number, extra: Extra): Promise<unknown[]> {
  const broker = createBroker(optionsOf(seed, extra));
  const caller = new Caller(broker);
  const seen: unknown[] = [broker.credentials];
  if (extra.host === "added") broker.hosts.add(IDLE_HOST);
  const ids: string[] = [];
  for (let step = 0; step < 12; step++) {
    if (extra.listings.includes(step)) {
      await caller.describeSessions();
      await caller.describeServers();
    }
    if (extra.pictures.includes(step)) await caller.getSessionScreenshots([{ SessionId: ids[0] ?? "none" }]);
    if (extra.connections.includes(step)) await caller.send("GET", `/sessionConnectionData/${ids[0]}/ana`);
    if (extra.silences.includes(step) && extra.host !== "none") {
      broker.hosts.loseAgent("idle");
      broker.hosts.restoreAgent("idle");
    }
    const { SuccessfulList, UnsuccessfulList } = await caller.createSessions([
      { Name: "desktop", Owner: `owner-${step}`, Type: "VIRTUAL" },
    ]);
    seen.push(SuccessfulList, UnsuccessfulList.length);
    ids.push(...SuccessfulList.map(({ Id }) => Id));
    if (step % 3 === 2) {
      await caller.deleteSessions([{ SessionId: ids.at(-1) ?? "none", Owner: `owner-${step}` }]);
    }
    if (step === 4) broker.hosts.loseAgent("node-1");
    if (step === 8) broker.hosts.restoreAgent("node-1");
    broker.advance(20_000);
  }
  seen.push(broker.sessions.list({ history: true }).items);
  seen.push(broker.hosts.list().items.filter(({ hostname }) => hostname !== "idle").map(({ id }) => id));
  return seen;
}

Deno.test("one more host, request or idle rule changes no id, no secret and no duration but its own", async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), extras, async (seed, extra) => {
      assertEquals(await historyOf(seed, extra), await historyOf(seed, NOTHING));
    }),
    { numRuns: 60 },
  );
});

Deno.test("the history that shows it has sessions of every fate, and faults that strike and that do not", async () => {
  const text = JSON.stringify(await historyOf(1, NOTHING));
  for (const part of ["READY", "UNKNOWN", "DELETED", "does not exist on node-2", "[],1", "],0"]) {
    assert(text.includes(part), part);
  }
});

Deno.test("access tokens do not depend on what else is asked for, and each is another", async () => {
  const [broker, other] = [createBroker({ seed: 3 }), createBroker({ seed: 3 })];
  other.sessions.createOnHost(other.hosts.add({ hostname: "node" }), { owner: "ana" });
  other.faults.add({ probability: 0.5, operation: "health", fault: { type: "reset" } });
  other.restart();
  const token = await tokenOf(broker);
  assertEquals(await tokenOf(other), token);
  assertNotEquals(await tokenOf(broker), token);
});

Deno.test("a rule that is set again draws anew, and as it does in every broker with the seed", async () => {
  const strikes = async () => {
    const broker = createBroker({ seed: 5 });
    const statuses: number[] = [];
    for (let i = 0; i < 30; i++) {
      const id = broker.faults.add({ probability: 0.5, fault: { type: "status", status: 503 } });
      statuses.push((await broker.fetch(`${broker.url}/health`)).status);
      broker.faults.remove(id);
    }
    return statuses;
  };
  const statuses = await strikes();
  assertEquals(await strikes(), statuses);
  assertEquals(new Set(statuses), new Set([200, 503]));
});

Deno.test("a host that joins again under its name is another one", () => {
  const broker = createBroker({
    servers: [{ hostname: "node" }],
    properties: { "seconds-before-deleting-unreachable-dcv-server": 60 },
  });
  const { id } = broker.hosts.get("node");
  broker.hosts.terminate("node");
  broker.advance(200_000);
  broker.hosts.add({ hostname: "node" });
  assertNotEquals(broker.hosts.get("node").id, id);
});

Deno.test("brokers without a seed have nothing in common", async () => {
  const secrets = await Promise.all([1, 2].map(async () => {
    const broker = createBroker({ seed: undefined });
    const { Id } = await new Caller(broker).createSession();
    const { id } = broker.hosts.list().items[0]!;
    return [...Object.values(broker.credentials), await tokenOf(broker), Id, id];
  }));
  assertEquals(new Set(secrets.flat()).size, 10);
});
