/**
 * Replacing the permissions of a running session.
 *
 * @module
 */

import { isBase64 } from "./base64.ts";
import { SESSION_DOES_NOT_EXIST } from "./session_deletion.ts";
import type { World } from "./world.ts";

/** Replaces a session's permissions file, by the server's own where there is none; the reason if that fails. */
export function updatePermissions(
  world: World,
  sessionId: string,
  owner: string,
  permissionsFile: string | null | undefined,
): string | undefined {
  const session = world.sessions.find(sessionId, owner);
  if (!session?.isAlive) return SESSION_DOES_NOT_EXIST;
  if (permissionsFile && !isBase64(permissionsFile)) return "PermissionsFile is not base64 encoded";
  session.permissionsFile = permissionsFile || undefined;
  return undefined;
}
