/**
 * Clears away sessions whose host never came back.
 *
 * @module
 */

import { checkNumber } from "../call/checks.ts";
import type { Session } from "../types.ts";
import { deleteSessions, type Deletion, type FleetClient, type FleetOptions } from "./client.ts";

/** Options for {@linkcode sweepUnknownSessions}. */
export interface SweepOptions extends FleetOptions {
  /**
   * Since when each session has been seen in `UNKNOWN`, in milliseconds of {@linkcode SweepOptions.now}, by its id. The
   * broker does not tell, so keep this from one sweep to the next; it is brought up to date. Empty at first.
   */
  observed: Map<string, number>;
  /**
   * How many milliseconds a session must have been seen in `UNKNOWN`. A host that reboots takes minutes.
   *
   * @default {300000}
   */
  olderThan?: number | undefined;
  /**
   * Whether to report only.
   *
   * @default {false}
   */
  dryRun?: boolean | undefined;
  /**
   * The time in milliseconds.
   *
   * @default {performance.timeOrigin + performance.now()}
   */
  now?: (() => number) | undefined;
}

/** What {@linkcode sweepUnknownSessions} found and did. */
export interface SweepReport extends Deletion {
  /** The sessions that have been in `UNKNOWN` for too long, deleted or not. */
  stuck: Session[];
}

/**
 * Deletes, by force, the sessions that are stuck in `UNKNOWN`: their host is gone or does not answer, and unless
 * `seconds-before-deleting-sessions-unreachable-server` is set, the broker keeps them for good. Should the host come
 * back after all, the broker lists them again.
 *
 * Call it every minute or so with the same `observed`.
 *
 * @example Usage
 * ```ts
 * import { type FleetClient, sweepUnknownSessions } from "@dcvkit/session-manager/fleet";
 *
 * // In place of a SessionManagerClient
 * const client: Pick<FleetClient, "listSessions" | "deleteSessions"> = {
 *   deleteSessions: () => Promise.resolve({ SuccessfulList: [], UnsuccessfulList: [] }),
 *   async *listSessions() {
 *     yield { Id: "1", Name: "", Owner: "ana", Type: "CONSOLE", State: "UNKNOWN" };
 *   },
 * };
 *
 * const observed = new Map<string, number>();
 * const first = await sweepUnknownSessions(client, { observed, now: () => 0 });
 * const later = await sweepUnknownSessions(client, { observed, now: () => 300_000, dryRun: true });
 * console.log(first.stuck.length, later.stuck.length); // 0 1
 * ```
 *
 * @param client A client of the broker.
 * @param options What has been observed, and how long is too long.
 * @returns What was found and done.
 */
export async function sweepUnknownSessions(
  client: Pick<FleetClient, "listSessions" | "deleteSessions">,
  options: SweepOptions,
): Promise<SweepReport> {
  const { observed, olderThan = 300_000, dryRun = false, now = steadyTime, signal } = options;
  checkNumber("olderThan", olderThan, 0);
  const unknown = await unknownSessions(client, { signal });
  const time = now();
  for (const id of observed.keys()) if (!unknown.has(id)) observed.delete(id);
  for (const id of unknown.keys()) if (!observed.has(id)) observed.set(id, time);

  const stuck = [...unknown.values()].filter(({ Id }) => time - observed.get(Id)! >= olderThan);
  const deletion = await deleteSessions(client, dryRun ? [] : stuck, { signal });
  return { stuck, ...deletion };
}

/** About the time on the wall, but a correction of that clock does not make sessions old. */
function steadyTime(): number {
  return performance.timeOrigin + performance.now();
}

/**
 * By id. Sessions that were created on their hosts may share one (`console`), and a deletion names no host: while
 * another of that id is well, none is touched.
 */
async function unknownSessions(
  client: Pick<FleetClient, "listSessions">,
  options: FleetOptions,
): Promise<Map<string, Session>> {
  const unknown = new Map<string, Session>();
  const well = new Set<string>();
  for await (const session of client.listSessions({}, options)) {
    if (session.State === "UNKNOWN") unknown.set(session.Id, session);
    else if (session.State !== "DELETED") well.add(session.Id);
  }
  for (const id of well) unknown.delete(id);
  return unknown;
}
