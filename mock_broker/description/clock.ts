/**
 * How simulated time passes, as a caller describes it.
 *
 * @module
 */

import * as z from "zod";
import { Clock, type ClockMode } from "../simulation/clock.ts";
import { once } from "./once.ts";
import { either, object, oneOf, positiveNumber } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** How a clock can move by itself. */
export const CLOCK_MODES = ["real", "manual", "skipping"] as const satisfies readonly ClockMode[];

/** How simulated time passes. */
export interface ClockOptions {
  /**
   * "real" follows the machine's clock, or the fake timers of a test; "manual" stands until `advance()`; "skipping"
   * stands too, but each time that a program only asks how things are, it goes to what happens next.
   *
   * @default {"real"}
   */
  mode?: ClockMode | undefined;
  /**
   * The time at the start.
   *
   * @default {now; 2026-01-01T00:00:00Z for one that stands}
   */
  start?: Date | undefined;
  /**
   * Simulated seconds in a real one.
   *
   * @default {1}
   */
  speed?: number | undefined;
}

/** A faster clock would reach the end of all dates within weeks. */
const MOST_SPEED = 1_000_000;

/** The rule of a clock's speed. */
export const speedSchema = once(() => positiveNumber(MOST_SPEED));

/** The rules of a clock, with those of the time at its start. */
function clockSchemaWith<T extends z.ZodType>(start: T) {
  return either(
    "real, manual, skipping or an object",
    oneOf(...CLOCK_MODES),
    object({
      mode: oneOf(...CLOCK_MODES).optional().describe(
        "manual stands until it is advanced, skipping goes to what happens next with each poll (default real)",
      ),
      start: start.optional()
        .describe("Time at the start (default now; 2026-01-01T00:00:00Z for one that stands)"),
      speed: speedSchema().optional().describe("Simulated seconds in a real one (default 1)"),
    }),
  );
}

/** The rules of a clock. */
export const clockSchema = once(() => clockSchemaWith(z.date("must be a valid Date")));

/** The same in a file, where the time at the start is a text. */
export const clockInFileSchema = once(() =>
  clockSchemaWith(
    z.iso.datetime({ offset: true, error: "must be a time such as 2026-01-01T08:00:00Z" })
      .transform((time) => new Date(time)),
  )
);

export type ClockOptionsMatch = Expect<
  SameType<z.input<ReturnType<typeof clockSchema>>, ClockMode | ClockOptions>
>;

/** Where a clock starts that stands, so that two runs of a test see the same times. */
const MANUAL_START = Date.UTC(2026, 0, 1);

/** The mode of a clock that checked options describe. */
export function clockMode(clock: ClockMode | ClockOptions = "real"): ClockMode {
  return typeof clock === "string" ? clock : clock.mode ?? "real";
}

/** The clock that checked options describe. */
export function createClock(clock: ClockMode | ClockOptions = "real"): Clock {
  const mode = clockMode(clock);
  const { start, speed }: ClockOptions = typeof clock === "string" ? {} : clock;
  return new Clock(start?.getTime() ?? (mode === "real" ? Date.now() : MANUAL_START), { speed, mode });
}
