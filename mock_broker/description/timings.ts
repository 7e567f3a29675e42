/**
 * How long things take, as a caller describes it.
 *
 * @module
 */

import type { z } from "zod";
import type { Timings } from "../simulation/timings.ts";
import { once } from "./once.ts";
import { object, range } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

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

/** The rules of the durations. */
export const timingsSchema = once(() => {
  const milliseconds = range(0, Number.MAX_SAFE_INTEGER, "milliseconds");
  const duration = (name: keyof Timings) =>
    [name, milliseconds.optional().describe(`Default [${DEFAULT_TIMINGS[name].join(", ")}]`)] as const;
  const names = Object.keys(DEFAULT_TIMINGS) as (keyof Timings)[];
  const shape = Object.fromEntries(names.map(duration));
  return object(shape as Record<keyof Timings, ReturnType<typeof duration>[1]>);
});

export type TimingOptionsMatch = Expect<SameType<z.input<ReturnType<typeof timingsSchema>>, TimingOptions>>;

/** Completes checked durations with the defaults. */
export function settleTimings(given: TimingOptions = {}): Timings {
  const names = Object.keys(DEFAULT_TIMINGS) as (keyof Timings)[];
  const settled = names.map((name) => [name, given[name] ?? DEFAULT_TIMINGS[name]]);
  return Object.fromEntries(settled) as Record<keyof Timings, Timings[keyof Timings]>;
}
