/**
 * Empties a server before it goes.
 *
 * @module
 */

import { BatchError } from "../batch.ts";
import { checkNumber, checkString, refuse } from "../call/checks.ts";
import { sleep as sleepRealTime } from "../call/deadline.ts";
import type { Server, Session } from "../types.ts";
import { deleteSessions, type Deletion, type FleetClient, type FleetOptions } from "./client.ts";

/** Options for {@linkcode drainServer}. */
export interface DrainOptions extends FleetOptions {
  /**
   * Which of its sessions to delete: `"idle"`, those that nobody is connected to, at each look anew; or `"all"`.
   *
   * @default {none}
   */
  deleteSessions?: "idle" | "all" | undefined;
  /**
   * How many milliseconds to wait for the last session to be gone.
   *
   * @default {0}
   */
  timeout?: number | undefined;
  /**
   * How many milliseconds lie between two looks at the sessions.
   *
   * @default {5000}
   */
  pollInterval?: number | undefined;
  /**
   * Waits so many milliseconds. For tests, against a clock that is advanced by hand.
   *
   * @default {real time}
   */
  sleep?: ((milliseconds: number, signal: AbortSignal | undefined) => Promise<void>) | undefined;
}

/** How {@linkcode drainServer} left a server. */
export interface DrainReport extends Deletion {
  /** Whether no session is left, so that the host may go. */
  drained: boolean;
  /** The sessions that the last look found, among them those that are being deleted. */
  remaining: Session[];
}

/**
 * Closes a server, with sessions on it or without, so that no further one is placed there, and then sees to those that
 * are left: reports them, waits for them, or deletes them. A session in `UNKNOWN` is deleted by force, since its host
 * does not answer.
 *
 * The server stays closed however this ends, by a timeout or an abort too: closed is safe, and draining it again takes
 * up where this left. `client.openServers([{ ServerId }])` takes it back into service.
 *
 * @example Usage
 * ```ts
 * import { drainServer, type FleetClient } from "@dcvkit/session-manager/fleet";
 *
 * // In place of a SessionManagerClient
 * const client: Pick<FleetClient, "listSessions" | "closeServers" | "deleteSessions"> = {
 *   closeServers: () => Promise.resolve({ SuccessfulList: [{ ServerId: "a" }], UnsuccessfulList: [] }),
 *   deleteSessions: () => Promise.resolve({ SuccessfulList: [], UnsuccessfulList: [] }),
 *   async *listSessions() {
 *     yield { Id: "1", Name: "", Owner: "ana", Type: "CONSOLE", State: "READY", Server: { Id: "a" }, NumOfConnections: 1 };
 *   },
 * };
 *
 * const report = await drainServer(client, { Id: "a" }, { deleteSessions: "idle" });
 * console.log(report.drained, report.remaining.length); // false 1
 * ```
 *
 * @param client A client of the broker.
 * @param server The server, from `listServers()` or `findServerByInstanceId()`.
 * @param options What becomes of its sessions, and how long to wait for it.
 * @returns What is left. That time ran out is no error.
 * @throws {BatchError} If the broker does not close the server, `DCV_SERVER_NOT_FOUND` for instance.
 */
export async function drainServer(
  client: Pick<FleetClient, "listSessions" | "closeServers" | "deleteSessions">,
  server: Pick<Server, "Id" | "Ip" | "Hostname">,
  options: DrainOptions = {},
): Promise<DrainReport> {
  const { deleteSessions: which, timeout = 0, pollInterval = 5_000, signal, sleep = sleepRealTime } = options;
  const ServerId = checkString("server.Id", server.Id);
  checkNumber("timeout", timeout, 0);
  checkNumber("pollInterval", pollInterval);
  if (which !== undefined && which !== "idle" && which !== "all") {
    refuse("deleteSessions", '"idle" or "all"', which);
  }

  const closing = await client.closeServers([{ ServerId, Force: true }], { signal });
  if (!closing.SuccessfulList?.length) throw new BatchError("closeServers", closing.UnsuccessfulList ?? []);
  const deleted = new Set<string>();
  for (let waited = 0;; waited += pollInterval) {
    const remaining = await sessionsOn(server, client, { signal });
    const doomed = remaining.filter((session) => !deleted.has(session.Id) && isToBeDeleted(session, which));
    const deletion = await deleteSessions(client, doomed, { signal });
    for (const id of deletion.deleted) deleted.add(id);
    if (remaining.length === 0 || waited >= timeout) {
      const { failures } = deletion;
      return { drained: remaining.length === 0, remaining, deleted: [...deleted], failures };
    }
    await sleep(Math.min(pollInterval, timeout - waited), signal);
  }
}

async function sessionsOn(
  server: Pick<Server, "Id" | "Ip" | "Hostname">,
  client: Pick<FleetClient, "listSessions">,
  options: FleetOptions,
): Promise<Session[]> {
  const sessions: Session[] = [];
  for await (const session of client.listSessions({}, options)) {
    if (session.State !== "DELETED" && isOn(server, session)) sessions.push(session);
  }
  return sessions;
}

/** By id, or by address and name if the broker does not give the id of a session's server. */
function isOn(server: Pick<Server, "Id" | "Ip" | "Hostname">, { Server: at }: Session): boolean {
  if (at?.Id) return at.Id === server.Id;
  return at?.Ip !== undefined && at.Ip === server.Ip && (at.Hostname ?? server.Hostname) === server.Hostname;
}

function isToBeDeleted({ State, NumOfConnections }: Session, which: DrainOptions["deleteSessions"]): boolean {
  if (which === undefined || State === "DELETING") return false;
  return which === "all" || NumOfConnections === 0;
}
