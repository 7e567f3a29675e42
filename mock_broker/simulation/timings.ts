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
  /**
   * From a moment at which a host gets room, until its agent's next report tells the broker of it: a session has
   * ended there, the host has joined, it was opened, its DCV server has come back, or a user has logged off. `[0, 0]`
   * switches that off: room counts at once. The command's default is 1,000 to 30,000, the agent's update interval.
   *
   * @default {0}
   */
  readonly roomReport: Range;
}
