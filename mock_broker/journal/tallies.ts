/**
 * How many requests came, and how long they took: counted for as long as a broker lives, whatever leaves its journal.
 *
 * @module
 */

import type { OperationName } from "../simulation/fault_rule.ts";

/** The upper bounds of the durations that are counted together, in seconds of simulated time. */
export const DURATION_BOUNDS: readonly number[] = [0.005, 0.05, 0.25, 1, 5, 30, 120];

/** The requests for one operation that were answered alike. */
export interface Tally {
  /** Absent for paths that the broker does not have. */
  readonly operation: OperationName | undefined;
  /** Absent where there was no answer. */
  readonly status: number | undefined;
  /** How many there were. */
  count: number;
  /** How long all of them took together, in seconds of simulated time. */
  seconds: number;
  /** How many took no longer than each of {@linkcode DURATION_BOUNDS}. */
  readonly withinBounds: number[];
}

/** Counts requests. */
export class Tallies {
  readonly #tallies = new Map<string, Tally>();

  /** Counts a request that took so many milliseconds. */
  add(operation: OperationName | undefined, status: number | undefined, milliseconds: number): void {
    const key = `${operation} ${status}`;
    let tally = this.#tallies.get(key);
    if (tally === undefined) {
      tally = { operation, status, count: 0, seconds: 0, withinBounds: DURATION_BOUNDS.map(() => 0) };
      this.#tallies.set(key, tally);
    }
    const seconds = milliseconds / 1_000;
    tally.count++;
    tally.seconds += seconds;
    for (let index = DURATION_BOUNDS.length - 1; index >= 0 && seconds <= DURATION_BOUNDS[index]!; index--) {
      tally.withinBounds[index]!++;
    }
  }

  /** What was counted. */
  list(): readonly Readonly<Tally>[] {
    return [...this.#tallies.values()];
  }

  /** Begins again. */
  clear(): void {
    this.#tallies.clear();
  }
}
