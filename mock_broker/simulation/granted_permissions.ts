/**
 * What a session's permissions grant to a user.
 *
 * They are worked out by the same function that callers have: two readings of one file would be one too many.
 *
 * @module
 */

import {
  decodePermissions,
  effectivePermissions,
  parsePermissions,
  PERMISSION_FEATURES,
  type Permissions,
} from "@dcvkit/session-manager/permissions";
import type { Session } from "./session.ts";

/** Every feature that there is to grant. */
export const ALL_FEATURES: readonly string[] = PERMISSION_FEATURES.filter((feature) => feature !== "builtin");

/** What a user may do in a session. */
export interface GrantedPermissions {
  /** Names of features, in alphabetical order. */
  readonly features: ReadonlySet<string>;
  /** Why the session's permissions file cannot be read; then it grants nothing to anybody, which is a guess. */
  readonly problem?: string;
}

/** What the session's file grants to a user, or, without one, what a DCV server's own file does. */
export function permissionsFor(session: Session, user: string): GrantedPermissions {
  const { owner, host } = session;
  const groups = host ? groupsOf(host.about.groups, user) : [];
  const file = readPermissions(session);
  if ("problem" in file) return { features: new Set(), problem: file.problem };
  return { features: effectivePermissions(file.permissions, { user, owner, groups }) };
}

/** A session's permissions file, read. An empty one is none. */
export function readPermissions(
  { permissionsFile }: Session,
): { text?: string; permissions: Permissions | undefined } | { text?: string; problem: string } {
  if (!permissionsFile) return { permissions: undefined };
  let text: string | undefined;
  try {
    text = decodePermissions(permissionsFile);
    return { text, permissions: parsePermissions(text) };
  } catch (error) {
    return { ...(text !== undefined && { text }), problem: (error as Error).message };
  }
}

function groupsOf(groups: Readonly<Record<string, readonly string[]>>, user: string): string[] {
  return Object.keys(groups).filter((group) => groups[group]!.includes(user));
}
