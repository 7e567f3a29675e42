/**
 * What calls cost on brokers of growing size, in process; prints the curves.
 *
 * @module
 */

import process from "node:process";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { CREATIONS, Fleet, PAGES } from "./fleet.ts";
import { timesOfCalls } from "./report.ts";

/** The cost of some calls, in microseconds, for each of some sizes. */
export interface Growth {
  readonly of: string;
  readonly sizes: readonly number[];
  readonly curves: readonly { readonly what: string; readonly costs: readonly number[] }[];
}

const MEASURED = { rounds: 9, perRound: 60 };

/** A broker with one page of sessions, for what grows beside it. */
const ONE_PAGE: MockBrokerOptions = {
  properties: { "enable-authorization": false, "max-api-requests-per-second": 1_000_000 },
  servers: [{ maxVirtualSessions: 20 }],
  sessions: Array.from({ length: 20 }, (_, i) => ({ owner: `owner-${i}` })),
};

/** Something to call at a size. */
type Call = () => Promise<unknown>;

const growths = [
  await growth("sessions, on a hundredth as many hosts", [100, 1_000, 10_000, 100_000, 1_000_000], sessions),
  await growth("hosts", [10, 100, 1_000, 10_000], hosts),
  await growth("journal entries", [1, 100, 10_000, 100_000], journalEntries),
  await growth("pages that follow the state", [0, 1, 10, 100], pages),
  await growth("worlds", [1, 10, 100], worlds),
];
console.log(JSON.stringify(growths satisfies Growth[]));
// Readers of events would wait for more.
process.exit(0);

/** Measures the same calls at each size, in turn. */
async function growth(
  of: string,
  sizes: number[],
  callsAt: (size: number) => Promise<Record<string, Call>>,
): Promise<Growth> {
  const calls: Record<string, Call>[] = [];
  for (const size of sizes) calls.push(await callsAt(size));
  const curves: { what: string; costs: number[] }[] = [];
  for (const what of Object.keys(calls[0]!)) {
    const times = await timesOfCalls(calls.map((at) => at[what]!), MEASURED);
    curves.push({ what, costs: times.map((time) => time * 1000) });
  }
  return { of, sizes, curves };
}

async function sessions(count: number): Promise<Record<string, Call>> {
  const fleet = new Fleet(Math.max(10, count / 100), count);
  const calls: Record<string, Call> = {};
  for (const { what, request } of PAGES) {
    const asked = await request(fleet);
    calls[what] = () => fleet.call("/describeSessions", asked);
  }
  return calls;
}

function hosts(count: number): Promise<Record<string, Call>> {
  const fleet = new Fleet(count, 0);
  let created = 0;
  const creations = CREATIONS.map(({ what, request }) =>
    [what, () => fleet.create(request, `creator-${created++}`)] as const
  );
  const servers = () => fleet.call("/describeServers", { MaxResults: 10 });
  return Promise.resolve({ ...Object.fromEntries(creations), "page of servers": servers });
}

async function journalEntries(count: number): Promise<Record<string, Call>> {
  const broker = new MockBroker({ ...ONE_PAGE, journalSize: count });
  for (let i = 0; i < count; i++) await describe(broker);
  return { "page of sessions": () => describe(broker) };
}

async function pages(count: number): Promise<Record<string, Call>> {
  const broker = new MockBroker(ONE_PAGE);
  for (let i = 0; i < count; i++) {
    const { body } = await broker.fetch(`${broker.url}/_mock/events`);
    void body!.pipeTo(new WritableStream());
  }
  return { "page of sessions": () => describe(broker) };
}

async function worlds(count: number): Promise<Record<string, Call>> {
  const broker = new MockBroker({ ...ONE_PAGE, worlds: true });
  for (let i = 1; i < count; i++) await describe(broker.worlds.get(`world-${i}`));
  const one = count === 1 ? broker : broker.worlds.get(`world-${count - 1}`);
  return { "page of sessions": () => describe(one) };
}

async function describe(broker: MockBroker): Promise<void> {
  const response = await broker.fetch(`${broker.url}/describeSessions`, { method: "POST", body: "{}" });
  const text = await response.text();
  if (!response.ok) throw new Error(`The broker answers: ${text}`);
}
