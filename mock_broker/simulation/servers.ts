/**
 * Opening and closing hosts for placement, and who is logged in there.
 *
 * @module
 */

import type { Host } from "./host.ts";
import { becomeWilling } from "./room_report.ts";
import type { Page } from "./session_store.ts";
import type { World } from "./world.ts";

/** Why OpenServers or CloseServers failed for one server. */
export interface ServerFailure {
  readonly code: string;
  readonly reason: string;
}

const NOT_FOUND: ServerFailure = { code: "DCV_SERVER_NOT_FOUND", reason: "Dcv server not found." };

/** The code is a guess: the documentation shows none for this case. */
const HAS_SESSIONS: ServerFailure = { code: "DCV_SERVER_HAS_SESSIONS", reason: "Dcv server has sessions." };

/** Opens a host for placement; one that is open stays so. */
export function openServer(world: World, serverId: string): ServerFailure | undefined {
  const host = world.fleet.withId(serverId);
  if (!host) return NOT_FOUND;
  becomeWilling(world, host, () => host.open = true);
  return undefined;
}

/** Closes a host for placement: one with sessions only with `force`, and then the sessions run on. */
export function closeServer(world: World, serverId: string, force: boolean): ServerFailure | undefined {
  const host = world.fleet.withId(serverId);
  if (!host) return NOT_FOUND;
  if (host.open && host.sessionCount > 0 && !force) return HAS_SESSIONS;
  world.fleet.change(host, () => host.open = false);
  return undefined;
}

/** Says who is logged in outside DCV. */
export function setLoggedInUsers(world: World, host: Host, users: readonly string[]): void {
  becomeWilling(world, host, () => host.loggedInUsers = [...users]);
}

/** One page of the hosts with these ids, or of all. */
export function pageOfHosts(
  world: World,
  ids: readonly string[] | undefined,
  after: number,
  limit: number,
): Page<Host> {
  const wanted = ids && new Set(ids);
  const items: Host[] = [];
  for (const host of world.fleet.listed.from(({ sequence }) => sequence > after)) {
    if (wanted && !wanted.has(host.id)) continue;
    if (items.length === limit) return { items, next: items.at(-1)!.sequence };
    items.push(host);
  }
  return { items, next: undefined };
}
