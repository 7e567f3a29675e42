/**
 * Sessions that came to be without the broker: with `dcv create-session` on a host, or before the world began.
 *
 * @module
 */

import type { Host } from "./host.ts";
import { type LocalSession, Session } from "./session.ts";
import type { SessionType } from "./session_states.ts";
import type { World } from "./world.ts";

/** A session to add; chance draws an id that is left open, and the host's system settles the kind. */
export interface NewLocalSession extends Omit<LocalSession, "type"> {
  readonly id: string | undefined;
  readonly type: SessionType | undefined;
  /** Milliseconds since the epoch; now where it is left open. */
  readonly creationTime: number | undefined;
  readonly lastDisconnectionTime: number | undefined;
}

/** Adds a READY session to a host that can hold it; the broker lists it when it hears of it. */
export function addLocalSession(world: World, host: Host, about: NewLocalSession): Session {
  const {
    id = world.chance.localSessionIds.uuid(),
    owner,
    type = host.about.os === "linux" ? "VIRTUAL" : "CONSOLE",
  } = about;
  checkSession(world, host, id, owner, type);
  const { creationTime = world.now, lastDisconnectionTime } = about;
  const session = new Session(id, world.sessions.nextSequence(), creationTime, { ...about, type });
  session.lastDisconnectionTime = lastDisconnectionTime;
  session.host = host;
  session.become(world.now, "READY");
  world.fleet.admit(host, session);
  if (world.fleet.isInSight(host)) world.sessions.add(session);
  return session;
}

/** What a DCV server would refuse. */
function checkSession(world: World, host: Host, id: string, owner: string, type: SessionType): void {
  const server = `Server ${host.about.hostname}`;
  if (host.terminated || !host.dcvHealthy) throw new TypeError(`${server} is not running`);
  if (world.fleet.hasSessionOn(host, id)) {
    throw new TypeError(`${server} has a session with the id ${id} already`);
  }
  if (host.hasRoomFor({ type, owner })) return;
  throw new TypeError(`${server} has no room for a ${type} session of ${owner}`);
}
