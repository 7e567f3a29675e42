/**
 * Who is connected to a session, and who may ask for the data to connect.
 *
 * @module
 */

import { type Refusal, refusalOf } from "./admission.ts";
import type { Host } from "./host.ts";
import type { Connection, Session } from "./session.ts";
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

/** Connects a user's client; why not, where that is refused. */
export function connectUser(session: Session, user: string, isPage: boolean): Connection | Refusal {
  const refusal = refusalOf(session, user);
  if (refusal) return refusal;
  const connection: Connection = { user, isPage };
  session.connections.push(connection);
  return connection;
}

/** Ends one of a user's connections, the oldest first; false if there is none. */
export function disconnectUser(world: World, session: Session, user: string): boolean {
  const connection = session.connections.find((connection) => connection.user === user);
  return connection !== undefined && endConnection(world, session, connection);
}

/** Ends a connection; false if that had happened before. */
export function endConnection(world: World, session: Session, connection: Connection): boolean {
  const index = session.connections.indexOf(connection);
  if (index < 0) return false;
  session.connections.splice(index, 1);
  session.lastDisconnectionTime = world.now;
  return true;
}

/** Ends every connection to a session, as its end does. */
export function endConnections(world: World, session: Session): void {
  if (session.connections.length === 0) return;
  session.connections.length = 0;
  session.lastDisconnectionTime = world.now;
}

/** Who is logged in on a host: outside DCV, and as the owner of a session to which they are connected. Guests are not. */
export function usersOn(host: Host, { fleet }: World): string[] {
  const users = new Set(host.loggedInUsers);
  for (const { owner, connections } of fleet.sessionsOn(host)) {
    if (connections.some(({ user }) => user === owner)) users.add(owner);
  }
  return [...users];
}
