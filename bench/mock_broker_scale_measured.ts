/**
 * Measures pages and creations on a small and a large fleet in turn, and how much memory a session takes; prints what
 * it found. Its argument says how large the large one is: `hosts,sessions`.
 *
 * @module
 */

import process from "node:process";
import { CREATIONS, Fleet, PAGES } from "./fleet.ts";
import { bytesInUse } from "./memory.ts";
import { timesOfRounds } from "./report.ts";

/** The times of a call on the small and on the large fleet, round by round, in milliseconds. */
export type Times = readonly [small: number[], large: number[]];

/** What is measured. */
export interface Scale {
  readonly pages: readonly Times[];
  readonly creations: readonly Times[];
  readonly bytesPerSession: number;
}

const MEASURED = { rounds: 15, perRound: 100 };

/** How many sessions are created to see what one takes. */
const CREATED = 50_000;

const [hosts, sessions] = process.argv.at(-1)!.split(",").map(Number);
const bytesPerSession = await memoryOfASession();
const small = new Fleet(10, 100);
const large = new Fleet(hosts!, sessions!);
const pages: Times[] = [];
for (const { request } of PAGES) {
  const asked = [await request(small), await request(large)];
  const calls = [small, large].map((fleet, i) => () => fleet.call("/describeSessions", asked[i]));
  pages.push(await timesOfRounds(calls, MEASURED) as unknown as Times);
}
const creations: Times[] = [];
let created = 0;
const fleets = [new Fleet(10, 0), new Fleet(hosts!, 0)];
for (const { request } of CREATIONS) {
  const calls = fleets.map((fleet) => () => fleet.create(request, `creator-${created++}`));
  creations.push(await timesOfRounds(calls, MEASURED) as unknown as Times);
}
console.log(JSON.stringify({ pages, creations, bytesPerSession } satisfies Scale));

/** Of one that is READY and was asked for as callers do. The journal has forgotten of it. */
async function memoryOfASession(): Promise<number> {
  const fleet = new Fleet(1_000, 0);
  await fleet.createMany(1_000);
  const before = bytesInUse();
  await fleet.createMany(CREATED);
  return (bytesInUse() - before) / CREATED;
}
