/**
 * Replacing the permissions of a running session.
 *
 * @module
 */

import { isBase64 } from "./base64.ts";
import { SESSION_DOES_NOT_EXIST } from "./session_deletion.ts";
import type { World } from "./world.ts";

/** Replaces a session's permissions file; the reason if that fails. */
export function updatePermissions(
  world: World,
  sessionId: string,
  owner: string,
  permissionsFile: string,
): string | undefined {
  const session = world.sessions.find(sessionId, owner);
  if (!session?.isAlive) return SESSION_DOES_NOT_EXIST;
  if (!isBase64(permissionsFile)) return "PermissionsFile is not base64 encoded";
  session.permissionsFile = permissionsFile;
  return undefined;
}
