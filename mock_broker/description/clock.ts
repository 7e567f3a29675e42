/**
 * How simulated time passes, as a caller describes it.
 *
 * @module
 */

import type { ClockMode } from "../simulation/clock.ts";

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
