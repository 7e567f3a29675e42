/**
 * The permissions of a session: the file, and what it comes to for whom.
 *
 * @module
 */

import type { PermissionMember, Permissions } from "@dcvkit/session-manager/permissions";
import { permissionsFor, readPermissions } from "../simulation/granted_permissions.ts";
import type { Session } from "../simulation/session.ts";

/** Who may do what in a session, as a DCV server works it out. */
export interface PermissionsSnapshot {
  /** The text of the permissions file; absent without one, and then the owner may do everything and nobody else anything. */
  readonly file?: string;
  /** Why the file cannot be read; then nobody may do anything. */
  readonly problem?: string;
  /** The owner, whoever is connected, and whoever the file names; `%any%` stands for everybody else. */
  readonly users: readonly UserPermissions[];
}

/** What one user may do. */
export interface UserPermissions {
  /** The user's name, or `%any%`. */
  readonly user: string;
  /** Names of features, in alphabetical order; without `display` the user may not connect. */
  readonly features: readonly string[];
}

/** No user has this name: what they may do, anybody may. */
const ANYBODY = "\0";

/** Shows the permissions of a session. */
export function permissionsSnapshot(session: Session): PermissionsSnapshot {
  const file = readPermissions(session);
  const named = "problem" in file ? [] : usersNamed(file.permissions);
  const members = Object.values(session.host?.about.groups ?? {}).flat();
  const connected = session.connections.map(({ user }) => user);
  const granted = (user: string) => [...permissionsFor(session, user).features];
  const others = granted(ANYBODY);
  const users = [...new Set([session.owner, ...connected, ...named, ...members])]
    .map((user) => ({ user, features: granted(user) }));
  return {
    ...(file.text !== undefined && { file: file.text }),
    ...("problem" in file && { problem: file.problem }),
    users: others.length > 0 ? [...users, { user: "%any%", features: others }] : users,
  };
}

function usersNamed(permissions: Permissions | undefined): string[] {
  if (!permissions) return [];
  const actors = permissions.permissions.map(({ actor }) => actor).filter((actor) =>
    typeof actor !== "string"
  );
  const members: PermissionMember[] = [...actors, ...Object.values(permissions.groups ?? {}).flat()];
  return members.flatMap((member) => "user" in member ? [member.user] : []);
}
