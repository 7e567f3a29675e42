/**
 * From a demand to the sessions that are asked for, one by one.
 *
 * @module
 */

import { Chance, type Stream } from "../simulation/chance.ts";
import { parseRequirements, type Requirements } from "../simulation/requirements.ts";
import type { SavedSession } from "../simulation/saved_state.ts";
import type { SessionType } from "../simulation/session_states.ts";
import type { Demand, SessionDemand } from "./demand.ts";
import { percentile } from "./percentile.ts";

/** A session that somebody asks for. */
export interface Arrival {
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** How long it is used once it is READY, in milliseconds. */
  readonly length: number;
  readonly owner: string;
  readonly type: SessionType;
  readonly requirements: Requirements;
  readonly enqueue: boolean;
}

const MINUTE = 60_000;
const HOUR = 3_600_000;

/** How an office asks for sessions: parts of a day's, by the hour. */
const OFFICE_DAY = [
  ...[1, 1, 1, 1, 2, 5, 20, 60, 130, 150, 100, 75],
  ...[55, 95, 90, 70, 55, 35, 20, 12, 8, 6, 5, 3],
];
const OFFICE_DAY_SUM = OFFICE_DAY.reduce((sum, part) => sum + part);

/** A Monday: the hours of a week are counted from there. */
const FIRST_MONDAY = Date.UTC(1970, 0, 5);

/** 95 of 100 values of a normal distribution are below this. */
const Z_OF_P95 = 1.6449;

/** The sessions of a demand between two times, in their order; `users` ask where it names nobody. */
export function arrivalsOf(
  { seed = 1, sessions }: Demand,
  start: number,
  end: number,
  users: readonly string[],
): Arrival[] {
  const chance = new Chance(seed);
  return sessions.flatMap((kind, index) => arrivalsOfKind(kind, index, chance, { start, end, users }))
    .sort((a, b) => a.time - b.time);
}

function arrivalsOfKind(
  kind: SessionDemand,
  index: number,
  chance: Chance,
  { start, end, users }: { start: number; end: number; users: readonly string[] },
): Arrival[] {
  const { type = "VIRTUAL", enqueue = false, owners = users } = kind;
  const [times, lengths, people] = ["arrival", "length", "owner"].map((what) => chance.about(what, index));
  const requirements = parseRequirements(kind.requirements);
  const arrivals: Arrival[] = [];
  for (let hour = start; hour < end; hour = nextHour(hour)) {
    const perMillisecond = perHour(kind, hour) / HOUR;
    const last = Math.min(nextHour(hour), end);
    for (let time = hour + gap(times!, perMillisecond); time < last; time += gap(times!, perMillisecond)) {
      const owner = ownerOf(owners, people!, `user-${index + 1}-${arrivals.length + 1}`);
      const length = lengthOf(kind, lengths!);
      arrivals.push({ time: Math.floor(time), length, owner, type, requirements, enqueue });
    }
  }
  return arrivals;
}

function nextHour(time: number): number {
  return (Math.floor(time / HOUR) + 1) * HOUR;
}

function perHour({ perDay, perHour = 0 }: SessionDemand, time: number): number {
  const hour = Math.floor((time - FIRST_MONDAY) / HOUR);
  if (perDay !== undefined) return perDay * of(OFFICE_DAY, hour) / OFFICE_DAY_SUM;
  return typeof perHour === "number" ? perHour : of(perHour, hour);
}

/** Lists begin again after their end, and go on before their beginning. */
function of(values: readonly number[], index: number): number {
  return values[(index % values.length + values.length) % values.length]!;
}

/** People come independently of each other, so that the times between them are exponential. */
function gap(times: Stream, perMillisecond: number): number {
  return perMillisecond === 0 ? Infinity : -Math.log(1 - times.share()) / perMillisecond;
}

function lengthOf({ minutes = { median: 120, p95: 480 } }: SessionDemand, lengths: Stream): number {
  if ("median" in minutes) {
    const spread = Math.log(minutes.p95 / minutes.median) / Z_OF_P95;
    return Math.round(minutes.median * Math.exp(spread * normal(lengths)) * MINUTE);
  }
  const [least, most] = minutes;
  return Math.round((least + (most - least) * lengths.share()) * MINUTE);
}

/** Box and Muller's way from two even draws to a normal one. */
function normal(stream: Stream): number {
  return Math.sqrt(-2 * Math.log(1 - stream.share())) * Math.cos(2 * Math.PI * stream.share());
}

function ownerOf(owners: number | readonly string[], people: Stream, another: string): string {
  if (typeof owners === "number") return `user-${people.integer([1, owners])}`;
  return owners.length === 0 ? another : owners[people.integer([0, owners.length - 1])]!;
}

/**
 * The sessions that the broker of a saved world was asked for, as if the first came at `start`. One that was still in
 * use is not ended; one that never was READY would have been as long as half of the others.
 *
 * @throws {TypeError} If there is none.
 */
export function arrivalsOfHistory(sessions: readonly SavedSession[], start: number): Arrival[] {
  const asked = sessions.filter(({ request }) => request !== undefined);
  if (asked.length === 0) {
    throw new TypeError("simulate(): demand: the saved world has no session that its broker was asked for");
  }
  const known = asked.map(lengthInHistory).filter((length) => length !== undefined && length < Infinity);
  const usual = percentile(known as number[], 50);
  const first = asked.reduce((first, { creationTime }) => Math.min(first, creationTime), Infinity);
  return asked.map((session) => ({
    time: start + session.creationTime - first,
    length: lengthInHistory(session) ?? usual,
    owner: session.request!.owner,
    type: session.request!.type,
    requirements: parseRequirements(session.request!.requirements),
    enqueue: session.request!.enqueue,
  })).sort((a, b) => a.time - b.time);
}

function lengthInHistory({ history }: SavedSession): number | undefined {
  const ready = history.findIndex(({ state }) => state === "READY");
  if (ready < 0) return undefined;
  const end = history.slice(ready).find(({ state }) => state === "DELETING" || state === "DELETED");
  return end ? end.time - history[ready]!.time : Infinity;
}
