/**
 * A restart of the whole broker cluster.
 *
 * @module
 */

import type { Host } from "./host.ts";
import { endSession } from "./session_deletion.ts";
import type { World } from "./world.ts";

/**
 * Restarts the broker. With persistence nothing is lost. Without it, tokens, keys, the queue, the records of
 * sessions and servers and what was open or closed are; what runs on the hosts is listed again as their agents
 * report, each within its update interval.
 */
export function restartBroker(world: World): void {
  if (world.properties["enable-persistence"]) return;
  world.apiClients.revokeTokens();
  world.signingKeyId = world.chance.signingKeyIds.uuid();
  world.queue.clear();
  for (const session of [...world.sessions]) {
    world.sessions.forget(session);
    // What a host has begun, it goes on with.
    if (session.substate === "SESSION_PLACING") endSession(world, session);
  }
  for (const host of world.fleet.machines) {
    world.fleet.change(host, () => host.open = true);
    awaitReport(world, host);
  }
}

/** Drops a server until its agent reports, as if for the first time. */
export function awaitReport(world: World, host: Host): void {
  world.fleet.unlist(host);
  for (const event of host.expected.splice(0)) event.cancelled = true;
  if (!host.connected) return;
  const delay = world.durationOn(host, "agentReport");
  host.expected.push(world.agenda.after(delay, { kind: "agentReport", host }));
}
