/**
 * Counting while time passes, to a report in the end.
 *
 * @module
 */

import type { Host } from "../simulation/host.ts";
import type { Session } from "../simulation/session.ts";
import type { World } from "../simulation/world.ts";
import { percentile } from "./percentile.ts";
import type { CapacityHour, CapacityReport } from "./report.ts";

const HOUR = 3_600_000;

/** Sums over an hour: of sessions and hosts times how long they were so many. */
interface HourSums {
  requested: number;
  refused: number;
  sessionTime: number;
  hostTime: number;
  mostSessions: number;
  mostWaiting: number;
}

/** What has come of a demand so far. */
export class Tally {
  readonly #world: World;
  readonly #start: number;
  readonly #end: number;
  readonly #hosts: number;
  readonly #places: number | null;
  readonly #hours: HourSums[];
  readonly #waits: number[] = [];
  readonly #reasons: Record<string, number> = {};
  #now: number;
  #requested = 0;
  #failed = 0;
  #refused = 0;
  #waited = 0;
  #busiest: { time: number; sessions: number };

  constructor(world: World, start: number, end: number) {
    this.#world = world;
    this.#start = this.#now = start;
    this.#end = end;
    this.#busiest = { time: start, sessions: 0 };
    const hosts = [...world.fleet.machines].filter(({ terminated }) => !terminated);
    this.#hosts = hosts.length;
    this.#places = hosts.reduce<number | null>(addPlaces, 0);
    this.#hours = Array.from({ length: Math.ceil((end - start) / HOUR) }, emptyHour);
  }

  /** Time passes in which everything stays as it is. */
  passTo(time: number): void {
    const { fleet: { placesTaken, hostsInUse }, queue } = this.#world;
    if (placesTaken > this.#busiest.sessions) this.#busiest = { time: this.#now, sessions: placesTaken };
    while (this.#now < time) {
      const hour = this.#hour;
      const until = Math.min(time, this.#start + (this.#index + 1) * HOUR);
      hour.sessionTime += placesTaken * (until - this.#now);
      hour.hostTime += hostsInUse * (until - this.#now);
      hour.mostSessions = Math.max(hour.mostSessions, placesTaken);
      hour.mostWaiting = Math.max(hour.mostWaiting, queue.size);
      this.#now = until;
    }
  }

  request(): void {
    this.#requested++;
    this.#hour.requested++;
  }

  /** A session became READY. */
  start(wait: number, hasWaited: boolean): void {
    this.#waits.push(wait);
    if (hasWaited) this.#waited++;
  }

  /** Somebody got no session. */
  refuse(reason: string): void {
    this.#refused++;
    this.#hour.refused++;
    this.#count(reason);
  }

  /** A session had a host, and came to nothing there. */
  fail({ stateReason = "Deleted by someone else" }: Session): void {
    this.#failed++;
    this.#count(stateReason);
  }

  report(): CapacityReport {
    const started = this.#waits.length;
    return {
      start: new Date(this.#start).toISOString(),
      duration: this.#end - this.#start,
      hosts: this.#hosts,
      places: this.#places,
      requested: this.#requested,
      started,
      refused: this.#refused,
      failed: this.#failed,
      pending: this.#requested - started - this.#refused - this.#failed,
      reasons: Object.fromEntries(Object.entries(this.#reasons).sort(([, a], [, b]) => b - a)),
      waited: this.#waited,
      wait: {
        p50: percentile(this.#waits, 50),
        p95: percentile(this.#waits, 95),
        longest: percentile(this.#waits, 100),
      },
      busiest: { time: new Date(this.#busiest.time).toISOString(), sessions: this.#busiest.sessions },
      hours: this.#hours.map((hour, index) => this.#reportHour(hour, this.#start + index * HOUR)),
    };
  }

  get #index(): number {
    return Math.floor((this.#now - this.#start) / HOUR);
  }

  /** What is due at the very end belongs to the last hour. */
  get #hour(): HourSums {
    return this.#hours[Math.min(this.#index, this.#hours.length - 1)]!;
  }

  #count(reason: string): void {
    this.#reasons[reason] = (this.#reasons[reason] ?? 0) + 1;
  }

  #reportHour(hour: HourSums, start: number): CapacityHour {
    const length = Math.min(HOUR, this.#end - start);
    const mean = hour.sessionTime / length;
    return {
      time: new Date(start).toISOString(),
      requested: hour.requested,
      refused: hour.refused,
      sessions: { mean: rounded(mean, 10), most: hour.mostSessions },
      hostsInUse: rounded(hour.hostTime / length, 10),
      occupancy: this.#places === null ? null : rounded(this.#places === 0 ? 0 : mean / this.#places, 1000),
      mostWaiting: hour.mostWaiting,
    };
  }
}

function emptyHour(): HourSums {
  return { requested: 0, refused: 0, sessionTime: 0, hostTime: 0, mostSessions: 0, mostWaiting: 0 };
}

/** A host without virtual sessions takes one at its console. */
function addPlaces(sum: number | null, { about: { os, maxVirtualSessions } }: Host): number | null {
  if (sum === null || os === "linux" && maxVirtualSessions < 0) return null;
  return sum + (os === "linux" ? Math.max(1, maxVirtualSessions) : 1);
}

function rounded(value: number, parts: number): number {
  return Math.round(value * parts) / parts;
}
