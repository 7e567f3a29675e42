/**
 * What the broker makes of an agent's silence, of its return, and of a DCV server that stops.
 *
 * @module
 */

import { endConnections } from "./connections.ts";
import type { HostHappening } from "./happening.ts";
import type { Host } from "./host.ts";
import { becomeWilling, reportRoom } from "./room_report.ts";
import type { Session } from "./session.ts";
import { failOnHost, finishCreation } from "./session_creation.ts";
import { beginDeletion, endSession } from "./session_deletion.ts";
import type { World } from "./world.ts";

/** Cuts the agent off: the broker notices after the agent's timeout. */
export function loseAgent(world: World, host: Host): void {
  if (!host.connected) return;
  host.connected = false;
  expect(world, host, world.durationOn(host, "agentTimeout"), "agentTimeout");
}

/** Brings the agent back: with its first report the broker learns what became of the host's sessions. */
export function restoreAgent(world: World, host: Host): void {
  if (host.connected || host.terminated) return;
  host.connected = true;
  for (const event of host.expected.splice(0)) event.cancelled = true;
  expect(world, host, world.durationOn(host, "agentReport"), "agentReport");
}

/** Restarts a host: its sessions are gone, its agent is silent for `downFor` milliseconds. */
export function rebootHost(world: World, host: Host, downFor: number): void {
  loseSessions(world, host);
  loseAgent(world, host);
  world.agenda.after(downFor, { kind: "agentReturn", host });
}

/** Takes a host out of the fleet for good, as the end of its instance does. */
export function terminateHost(world: World, host: Host): void {
  host.terminated = true;
  loseSessions(world, host);
  loseAgent(world, host);
}

/** Stops or starts the DCV server under a running agent; while it is down nobody can tell about its sessions. */
export function setDcvHealth(world: World, host: Host, healthy: boolean): void {
  if (host.dcvHealthy === healthy) return;
  becomeWilling(world, host, () => host.dcvHealthy = healthy);
  if (!healthy) { for (const session of world.fleet.sessionsOn(host)) endConnections(world, session); }
  if (!host.reachable || !world.fleet.withId(host.id)) return;
  for (const session of [...world.fleet.sessionsOn(host)]) {
    if (healthy) observe(world, session);
    else loseSight(world, session, "The DCV server is not running");
  }
}

/** The broker hears from an agent for the first time, or again. */
export function takeReport(world: World, host: Host): void {
  if (!host.connected) return;
  world.fleet.list(host);
  world.fleet.change(host, () => host.reachable = true);
  reportRoom(world, host);
  for (const session of [...world.fleet.sessionsOn(host)]) {
    if (session.lost) forgetLost(world, host, session);
    else if (host.dcvHealthy) observe(world, session);
  }
}

function expect(world: World, host: Host, delay: number, kind: HostHappening["kind"]): void {
  host.expected.push(world.agenda.after(delay, { kind, host }));
}

/** A host that starts anew has none of its sessions. */
export function loseSessions(world: World, host: Host): void {
  for (const session of world.fleet.sessionsOn(host)) {
    session.lost = true;
    endConnections(world, session);
  }
}

/** The broker notices that an agent is silent. */
export function becomeUnreachable(world: World, host: Host): void {
  world.fleet.change(host, () => host.reachable = false);
  for (const session of [...world.fleet.sessionsOn(host)]) {
    loseSight(world, session, "The agent is unreachable");
  }
  const seconds = world.properties["seconds-before-deleting-unreachable-dcv-server"];
  expect(world, host, seconds * 1000, "serverDropped");
  const sessionSeconds = world.properties["seconds-before-deleting-sessions-unreachable-server"];
  if (sessionSeconds < 0) return;
  expect(world, host, sessionSeconds * 1000, "sessionsDropped");
}

/** The broker drops the sessions of a host that has been unreachable for long. */
export function dropSessions(world: World, host: Host): void {
  for (const session of world.fleet.sessionsOn(host)) {
    if (world.sessions.has(session)) world.sessions.forget(session);
  }
}

/** A creation under way fails on this host; a session that was ready becomes UNKNOWN. */
function loseSight(world: World, session: Session, reason: string): void {
  if (session.state === "CREATING") failOnHost(world, session, reason);
  else if (session.state === "READY") session.become(world.now, "UNKNOWN", { reason });
}

/** The host still has the session: what was interrupted goes on, and what the broker had dropped is listed again. */
function observe(world: World, session: Session): void {
  if (session.next) return;
  if (session.state === "CREATING") finishCreation(world, session);
  else if (!world.sessions.has(session)) relist(world, session);
  else if (session.state === "UNKNOWN") session.become(world.now, "READY");
  else if (session.state === "DELETING") beginDeletion(world, session);
}

/** What the broker dropped runs on, unless it never came to be before it was deleted. */
function relist(world: World, session: Session): void {
  if (session.lost || !world.fleet.isInSight(session.host!)) return;
  if (!session.wasReady) return endSession(world, session);
  session.become(world.now, "READY");
  world.sessions.add(session);
}

function forgetLost(world: World, host: Host, session: Session): void {
  const reason = "The session is no longer on its server";
  world.fleet.release(host, session, { isReported: true });
  if (!world.sessions.has(session)) return;
  if (session.state === "CREATING") failOnHost(world, session, reason);
  else endSession(world, session, reason);
}
