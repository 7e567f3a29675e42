/**
 * Which entries of a journal to read.
 *
 * @module
 */

import type { JournalExpectation } from "./expectation.ts";

/** Which entries to read. Conditions that are left out hold for every entry. */
export interface JournalFilter extends JournalExpectation {
  /**
   * A text that stands in the path, the parameters, the headers or a body, in the name of the operation, the client or
   * a fault. Small letters and capitals are alike.
   */
  readonly text?: string | undefined;
  /** An owner that the request or its answer names. */
  readonly owner?: string | undefined;
  /** A session that the request or its answer names: its id or its name. */
  readonly session?: string | undefined;
  /** A host that the request or its answer names: its host name or its server id. */
  readonly host?: string | undefined;
  /** Whether it failed: no answer, a status from 400 on, or an item of a batch that failed. */
  readonly failed?: boolean | undefined;
  /** Only entries with a greater id. */
  readonly since?: number | undefined;
  /** Only entries with a smaller id. */
  readonly before?: number | undefined;
  /** At most so many. */
  readonly limit?: number | undefined;
  /**
   * Which entries to leave out where there are more than `limit`: whoever follows a journal takes the oldest.
   *
   * @default {"newest"}
   */
  readonly take?: "newest" | "oldest" | undefined;
}
