/**
 * How a session ends: on its host, in the broker's list, and out of it.
 *
 * @module
 */

import { endConnections } from "./connections.ts";
import type { Host } from "./host.ts";
import { vacate } from "./room_report.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** The broker's words for a session that it does not have, or not for this owner. */
export const SESSION_DOES_NOT_EXIST = "The requested dcvSession does not exist";

/** What DeleteSessions says of one session. */
export type DeletionOutcome = { readonly sessionId: string; readonly state: "DELETING" } | {
  readonly failure: string;
};

/**
 * Begins to delete a session. With `force` the broker drops the record of one whose agent it takes to be unreachable;
 * if the host has it still when its agent returns, it is listed again.
 */
export function deleteSession(
  world: World,
  sessionId: string,
  owner: string,
  force: boolean,
): DeletionOutcome {
  const session = world.sessions.find(sessionId, owner);
  if (!session) return { failure: SESSION_DOES_NOT_EXIST };
  if (session.state !== "DELETING") beginDeletion(world, session);
  if (force && session.host && !isReachable(world, session.host)) world.sessions.forget(session);
  return { sessionId, state: "DELETING" };
}

/** Whether the broker can ask the host's agent for anything, as far as it knows. */
function isReachable({ fleet }: World, host: Host): boolean {
  return host.reachable && fleet.withId(host.id) === host;
}

/** Lets the host end the session; also what a host does that comes back to an unfinished deletion. */
export function beginDeletion(world: World, session: Session): void {
  world.queue.delete(session);
  session.become(world.now, "DELETING");
  world.schedule(session, "deletion", "ended");
}

/** An agent that is silent cannot say that the session has ended: that waits for its return. */
export function finishDeletion(world: World, session: Session): void {
  if (!session.host || session.host.connected) endSession(world, session);
}

/** Takes the session off its host and lists it as DELETED for as long as the broker's properties say. */
export function endSession(world: World, session: Session, reason?: string): void {
  const { host } = session;
  if (host) vacate(world, host, session);
  endConnections(world, session);
  session.become(world.now, "DELETED", reason === undefined ? {} : { reason });
  const retention = world.properties["delete-session-duration-seconds"] * 1000;
  session.next = world.agenda.after(retention, { kind: "forgotten", session });
}
