/**
 * How a session comes to be: checked, placed or queued, prepared on its host, tried again elsewhere.
 *
 * @module
 */

import { isBase64 } from "./base64.ts";
import type { Host } from "./host.ts";
import { chooseHost } from "./placement.ts";
import { Session, type SessionRequest } from "./session.ts";
import { endSession } from "./session_deletion.ts";
import type { World } from "./world.ts";

/** The broker's words when no host matches, or none has room. */
export const NO_SERVER_FOUND = "No DCV server found for the given criteria";

/** A DCV server takes no longer session name. */
const MAX_NAME_LENGTH = 256;

/** Accepts a session for creation, or says why not. READY comes later, if it comes. */
export function createSession(world: World, request: SessionRequest): Session | { failure: string } {
  const failure = refusal(world, request);
  if (failure !== undefined) return { failure };
  const host = chooseHost(world.fleet, request);
  if (!host && !request.enqueue) return { failure: NO_SERVER_FOUND };
  if (!host && world.queue.size >= world.properties["create-sessions-queue-max-size"]) {
    return { failure: "The queue of session creation requests is full" };
  }
  const session = new Session(
    world.chance.sessionIds.uuid(),
    world.sessions.nextSequence(),
    world.now,
    request,
  );
  world.sessions.add(session);
  if (host) place(world, session, host);
  else enqueue(world, session);
  return session;
}

/** Gives every queued session that now fits a host, in the order of the queue. */
export function placeQueuedSessions(world: World): void {
  if (!world.roomAppeared) return;
  world.roomAppeared = false;
  for (const session of world.queue) {
    const host = chooseHost(world.fleet, session.request!);
    if (!host) continue;
    world.queue.delete(session);
    place(world, session, host);
  }
  // Placing takes room and never makes any, whatever the fleet reported meanwhile.
  world.roomAppeared = false;
}

/** Ends the attempt on this host, and tries another one if the caller and the broker's properties allow it. */
export function failOnHost(world: World, session: Session, reason: string): void {
  const host = session.host!;
  world.fleet.release(host, session, { isReported: true });
  session.failedOn.add(host);
  session.creationFailures++;
  const request = session.request!;
  const retries = request.retryOnFailure
    ? world.properties["create-sessions-number-of-retries-on-failure"]
    : 0;
  const isForgotten = !world.sessions.has(session);
  if (isForgotten || session.creationFailures > retries) return endSession(world, session, reason);
  const other = chooseHost(world.fleet, request, session.failedOn) ?? chooseHost(world.fleet, request);
  if (other) place(world, session, other);
  else endSession(world, session, reason);
}

/** What is wrong with one request of a batch, beyond what its schema says. */
function refusal(world: World, request: SessionRequest): string | undefined {
  const { "autorun-file-arguments-max-size": most, "autorun-file-arguments-max-argument-length": longest } =
    world.properties;
  const { name, permissionsFile, autorunFileArguments = [], maxConcurrentClients } = request;
  if (name.length > MAX_NAME_LENGTH) return `Name is longer than ${MAX_NAME_LENGTH} characters`;
  if (maxConcurrentClients !== undefined && maxConcurrentClients < 0) {
    return "MaxConcurrentClients is negative";
  }
  if (permissionsFile !== undefined && !isBase64(permissionsFile)) {
    return "PermissionsFile is not base64 encoded";
  }
  if (autorunFileArguments.length > most) return `AutorunFileArguments has more than ${most} arguments`;
  if (autorunFileArguments.some((argument) => argument.length > longest)) {
    return `AutorunFileArguments has an argument of more than ${longest} characters`;
  }
  return undefined;
}

function enqueue(world: World, session: Session): void {
  const seconds = world.properties["create-sessions-queue-max-time-seconds"];
  session.become(world.now, "CREATING", { substate: "SESSION_PLACING" });
  world.queue.add(session);
  session.next = world.agenda.after(seconds * 1000, { kind: "queueTimeout", session });
}

/** A session has waited in the queue for as long as it may. */
export function endQueuedSession(world: World, session: Session): void {
  world.queue.delete(session);
  const seconds = Math.round((world.now - session.history.at(-1)!.time) / 1000);
  endSession(world, session, `${NO_SERVER_FOUND} within ${seconds} seconds`);
}

function place(world: World, session: Session, host: Host): void {
  world.sessions.move(session, host);
  session.lost = false;
  world.fleet.admit(host, session);
  session.become(world.now, "CREATING", { substate: "SESSION_PLACING" });
  world.schedule(session, "placement", "placed");
}

/** The session is tied to its host, which begins to prepare it. */
export function prepare(world: World, session: Session): void {
  session.become(world.now, "CREATING", { substate: "PENDING_PREPARATION" });
  world.schedule(session, "preparation", "prepared");
}

/** An agent that has gone silent answers nothing: the session waits until the broker notices, or it returns. */
export function finishCreation(world: World, session: Session): void {
  const host = session.host!;
  if (!host.connected || session.lost) return;
  const reason = host.dcvHealthy ? host.creationFailure(session.owner) : "The DCV server is not running";
  if (reason !== undefined) return failOnHost(world, session, reason);
  session.become(world.now, "READY");
  if (!world.sessions.has(session) && world.fleet.isInSight(host)) world.sessions.add(session);
}
