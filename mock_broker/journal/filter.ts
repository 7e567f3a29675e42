/**
 * Which entries of a journal to read.
 *
 * @module
 */

import type { JournalExpectation } from "./expectation.ts";

/** Which entries to read. Conditions that are left out hold for every entry. */
export interface JournalFilter extends JournalExpectation {
  /** Only entries with a greater id. */
  readonly since?: number | undefined;
  /** Only entries with a smaller id. */
  readonly before?: number | undefined;
  /** At most so many of the newest. */
  readonly limit?: number | undefined;
}
