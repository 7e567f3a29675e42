/**
 * A session with all that the simulation knows of it.
 *
 * @module
 */

import type { Session } from "../simulation/session.ts";
import type { SessionState, SessionSubstate, SessionType } from "../simulation/session_states.ts";
import { type PermissionsSnapshot, permissionsSnapshot } from "./permissions_snapshot.ts";

/** A session of a mock broker, as it was when it was asked for. */
export interface SessionSnapshot {
  /** `Id` in the API. */
  readonly id: string;
  /** `Name` in the API. */
  readonly name: string;
  /** `Owner` in the API. */
  readonly owner: string;
  /** `Type` in the API. */
  readonly type: SessionType;
  /** `State` in the API. */
  readonly state: SessionState;
  /** `Substate` in the API. */
  readonly substate?: SessionSubstate;
  /** `StateReason` in the API. */
  readonly reason?: string;
  /** The host name of its host, once one is chosen. */
  readonly host?: string;
  /** The id of its host. */
  readonly serverId?: string;
  /** ISO 8601. */
  readonly creationTime: string;
  /** The users who are connected, one entry a connection. */
  readonly connections: readonly string[];
  /** ISO 8601. */
  readonly lastDisconnectionTime?: string;
  /** Who may do what in it; absent in lists. */
  readonly permissions?: PermissionsSnapshot;
  /** Its life so far, where that was asked for. */
  readonly history?: readonly SessionStepSnapshot[];
}

/** A step in a session's life. */
export interface SessionStepSnapshot {
  /** ISO 8601. */
  readonly time: string;
  /** The state that it entered. */
  readonly state: SessionState;
  /** What it waited for in that state. */
  readonly substate?: SessionSubstate;
  /** Why it entered the state. */
  readonly reason?: string;
  /** The id of its server then. */
  readonly serverId?: string;
}

/** Shows a session, with what was asked for. */
export function sessionSnapshot(
  session: Session,
  { history = false, permissions = false }: { history?: boolean; permissions?: boolean },
): SessionSnapshot {
  const { id, name, owner, type, state, substate, stateReason, host, lastDisconnectionTime } = session;
  return {
    id,
    name,
    owner,
    type,
    state,
    ...(substate && { substate }),
    ...(stateReason !== undefined && { reason: stateReason }),
    ...(host && { host: host.about.hostname, serverId: host.id }),
    creationTime: session.creationTimestamp,
    connections: session.connections.map(({ user }) => user),
    ...(lastDisconnectionTime !== undefined &&
      { lastDisconnectionTime: new Date(lastDisconnectionTime).toISOString() }),
    ...(permissions && { permissions: permissionsSnapshot(session) }),
    ...(history && { history: steps(session) }),
  };
}

function steps({ history }: Session): SessionStepSnapshot[] {
  return history.map(({ time, state, substate, reason, server }) => ({
    time: new Date(time).toISOString(),
    state,
    ...(substate && { substate }),
    ...(reason !== undefined && { reason }),
    ...(server !== undefined && { serverId: server }),
  }));
}
