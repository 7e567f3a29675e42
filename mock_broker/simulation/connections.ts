/**
 * Who is connected to a session, and who may ask for the data to connect.
 *
 * @module
 */

import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** What a connection token says, before it is signed. */
export interface ConnectionClaims {
  readonly dcvSessionId: string;
  readonly dcvSessionOwner: string;
  readonly dcvSessionUser: string;
  readonly iat: number;
  readonly exp: number;
  readonly jti: string;
}

/** The claims of a new token for a session, each time with an id of its own. */
export function connectionClaims(world: World, session: Session, user: string): ConnectionClaims {
  const iat = Math.floor(world.now / 1000);
  return {
    dcvSessionId: session.id,
    dcvSessionOwner: session.owner,
    dcvSessionUser: user,
    iat,
    exp: iat + world.properties["connect-session-token-duration-minutes"] * 60,
    jti: world.chance.connectionTokenIds.uuid(),
  };
}

/** Whether the broker hands out connection data in this state: the documentation shows it for UNKNOWN too. */
export function isConnectable(session: Session): boolean {
  return session.state === "READY" || session.state === "UNKNOWN";
}

/** A user's client connects. */
export function connectUser(session: Session, user: string): void {
  if (session.state !== "READY") {
    throw new TypeError(`Session ${session.id} takes no connection while it is ${session.state}`);
  }
  const most = session.maxConcurrentClients ?? 0;
  if (most > 0 && session.connections.length >= most) {
    throw new TypeError(`Session ${session.id} has its ${most} connections already`);
  }
  session.connections.push(user);
}

/** A user's client disconnects. */
export function disconnectUser(world: World, session: Session, user: string): void {
  const index = session.connections.indexOf(user);
  if (index < 0) throw new TypeError(`User ${user} is not connected to session ${session.id}`);
  session.connections.splice(index, 1);
  session.lastDisconnectionTime = world.now;
}
