/**
 * How long things take in a simulated fleet.
 *
 * @module
 */

import type { Range } from "./range.ts";

/** Durations in milliseconds, each drawn between two bounds. */
export interface Timings {
  /**
   * From the request until the session is tied to a server.
   *
   * @default {200 to 600}
   */
  readonly placement: Range;
  /**
   * From then until it is READY.
   *
   * @default {1,000 to 2,500}
   */
  readonly preparation: Range;
  /**
   * From DELETING to DELETED.
   *
   * @default {500 to 1,500}
   */
  readonly deletion: Range;
  /**
   * From an agent's connection until its first report.
   *
   * @default {1,000 to 30,000, its update interval}
   */
  readonly agentReport: Range;
  /**
   * How long an agent is silent before the broker takes it to be unreachable.
   *
   * @default {60,000}
   */
  readonly agentTimeout: Range;
}

/** Durations as a caller gives them; each may be left out. */
export type TimingOptions = { readonly [Name in keyof Timings]?: Timings[Name] | undefined };

/** Shorter than a real fleet's, long enough to be seen. */
export const DEFAULT_TIMINGS: Timings = {
  placement: [200, 600],
  preparation: [1_000, 2_500],
  deletion: [500, 1_500],
  agentReport: [1_000, 30_000],
  agentTimeout: [60_000, 60_000],
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
