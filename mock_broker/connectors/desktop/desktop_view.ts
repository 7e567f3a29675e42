/**
 * What a page shows of a session and of the connection that it is.
 *
 * @module
 */

import { whyDown } from "../../simulation/admission.ts";
import type { ConnectionClaims } from "../../simulation/connections.ts";
import { permissionsFor } from "../../simulation/granted_permissions.ts";
import type { Connection, Session } from "../../simulation/session.ts";
import type { World } from "../../simulation/world.ts";

/** A connection that is open, and what it was opened with. */
export interface OpenConnection {
  readonly world: World;
  readonly session: Session;
  readonly connection: Connection;
  readonly claims: ConnectionClaims;
  /** The name of the key that the token was signed with. */
  readonly keyId: string;
}

/** What a page shows. */
export interface DesktopView {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly type: string;
  readonly state: string;
  readonly host: string;
  readonly os: string;
  readonly user: string;
  /** The features that the permissions allow this user. */
  readonly features: ReadonlySet<string>;
  /** Everybody else who is connected, one entry a connection. */
  readonly others: readonly string[];
  /** How many may be connected at a time; `undefined` without a limit. */
  readonly mostClients: number | undefined;
  /** For how long the token lets somebody in. */
  readonly tokenLife: string;
  /** What is out of the ordinary. */
  readonly notices: readonly string[];
}

/** Shows a connection as it is now. */
export function desktopView(open: OpenConnection): DesktopView {
  const { session, connection } = open;
  const { hostname, os } = session.host!.about;
  const most = session.maxConcurrentClients ?? 0;
  return {
    id: session.id,
    name: session.name || session.id,
    owner: session.owner,
    type: session.type,
    state: session.state,
    host: hostname,
    os,
    user: connection.user,
    features: permissionsFor(session, connection.user).features,
    others: session.connections.filter((other) => other !== connection).map(({ user }) => user),
    mostClients: most > 0 ? most : undefined,
    tokenLife: tokenLife(open),
    notices: noticesOf(open),
  };
}

function tokenLife({ world, claims, keyId }: OpenConnection): string {
  if (world.signingKeyId !== keyId) return "void, since the broker has lost its keys";
  const seconds = claims.exp - Math.floor(world.now / 1000);
  if (seconds <= 0) return "expired";
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

function noticesOf({ world, session, keyId }: OpenConnection): string[] {
  const notices: string[] = [];
  const down = whyDown(session.host!);
  if (down !== undefined) notices.push(down);
  if (world.signingKeyId !== keyId) notices.push("The broker has been restarted and has lost its keys");
  if (session.state === "DELETING") notices.push("The session is being deleted");
  if (session.state === "UNKNOWN") notices.push("The broker cannot tell whether the session is there");
  const isListed = world.sessions.has(session);
  if (!isListed && session.state !== "DELETING") notices.push("The broker does not list the session now");
  return notices;
}
