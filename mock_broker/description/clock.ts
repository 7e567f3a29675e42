/**
 * How simulated time passes, as a caller describes it.
 *
 * @module
 */

/** How simulated time passes. */
export interface ClockOptions {
  /**
   * "real" follows the machine's clock; "manual" stands until `advance()`.
   *
   * @default {"real"}
   */
  mode?: "real" | "manual" | undefined;
  /**
   * The time at the start.
   *
   * @default {now; 2026-01-01T00:00:00Z for a manual clock}
   */
  start?: Date | undefined;
  /**
   * Simulated seconds in a real one.
   *
   * @default {1}
   */
  speed?: number | undefined;
}
