/**
 * How long things take, as a caller describes it.
 *
 * @module
 */

import type { Range } from "../simulation/range.ts";
import type { Timings } from "../simulation/timings.ts";

/** Durations as a caller gives them; each may be left out. */
export type TimingOptions = { readonly [Name in keyof Timings]?: Timings[Name] | undefined };

/** Shorter than a real fleet's, long enough to be seen. */
export const DEFAULT_TIMINGS: Timings = {
  placement: [200, 600],
  preparation: [1_000, 2_500],
  deletion: [500, 1_500],
  agentReport: [1_000, 30_000],
  agentTimeout: [60_000, 60_000],
  roomReport: [0, 0],
};

/** Completes durations with the defaults. */
export function settleTimings(given: TimingOptions = {}): Timings {
  const timings: { -readonly [Name in keyof Timings]: Range } = { ...DEFAULT_TIMINGS };
  for (const [name, range] of Object.entries(given)) {
    if (!Object.hasOwn(DEFAULT_TIMINGS, name)) throw new TypeError(`Unknown option "timings.${name}"`);
    if (range === undefined) continue;
    if (isRange(range)) timings[name as keyof Timings] = range;
    else {
      throw new TypeError(
        `Option "timings.${name}" must be two whole numbers of milliseconds, the smaller one first: ${range}`,
      );
    }
  }
  return timings;
}

function isRange(range: unknown): boolean {
  if (!Array.isArray(range) || range.length !== 2 || !range.every(Number.isSafeInteger)) return false;
  return range[0] >= 0 && range[0] <= range[1];
}
