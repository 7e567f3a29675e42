/**
 * Whom a DCV server lets into a session, whatever the token may say.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Session } from "./session.ts";
import { permissionsFor } from "./granted_permissions.ts";

/** Which check a connection has failed. */
export type RefusalCode =
  | "HOST_DOWN"
  | "SESSION_NOT_READY"
  | "SESSION_NOT_ON_HOST"
  | "USER_NOT_ON_HOST"
  | "NO_DISPLAY"
  | "TOO_MANY_CLIENTS";

/** Why a user's client may not connect. */
export interface Refusal {
  readonly code: RefusalCode;
  readonly reason: string;
}

/** Why a session takes no client of this user now; `undefined` when it takes one. */
export function refusalOf(session: Session, user: string): Refusal | undefined {
  return standingRefusal(session, user) ?? capacityRefusal(session);
}

/** Why a session has nothing for this user, whether one of its connections is free or not. */
export function standingRefusal(session: Session, user: string): Refusal | undefined {
  return sessionRefusal(session) ?? userRefusal(session, user);
}

function sessionRefusal({ id, state, host, lost }: Session): Refusal | undefined {
  const isOnHost = state === "READY" || state === "UNKNOWN";
  const down = isOnHost && host ? whyDown(host) : undefined;
  if (down !== undefined) return { code: "HOST_DOWN", reason: down };
  if (state !== "READY") {
    return { code: "SESSION_NOT_READY", reason: `Session ${id} takes no connection while it is ${state}` };
  }
  if (!lost) return undefined;
  const reason = `Session ${id} is no longer on ${host!.about.hostname}, which has been restarted`;
  return { code: "SESSION_NOT_ON_HOST", reason };
}

/** Why nobody reaches a desktop on this host; `undefined` when they do. */
export function whyDown(
  { about: { hostname }, terminated, dcvHealthy, connected }: Host,
): string | undefined {
  if (terminated) return `Host ${hostname} does not exist any more`;
  if (!dcvHealthy) return `The DCV server on ${hostname} is not running`;
  return connected ? undefined : `The agent on ${hostname} does not answer: the host may be down`;
}

function userRefusal(session: Session, user: string): Refusal | undefined {
  const { users, hostname } = session.host!.about;
  if (users && !users.has(user)) {
    return { code: "USER_NOT_ON_HOST", reason: `User ${user} does not exist on ${hostname}` };
  }
  const { features, problem } = permissionsFor(session, user);
  if (features.has("display")) return undefined;
  const why = problem ?? `The permissions of session ${session.id} do not let ${user} see its display`;
  return { code: "NO_DISPLAY", reason: why };
}

function capacityRefusal({ id, maxConcurrentClients: most = 0, connections }: Session): Refusal | undefined {
  if (most <= 0 || connections.length < most) return undefined;
  return { code: "TOO_MANY_CLIENTS", reason: `Session ${id} has its ${most} connections already` };
}
