/**
 * DCV permissions files: who may do what in a session. `createSessions()` and `updateSessionPermissions()` take one as
 * base64 in `PermissionsFile`; without one, the owner has everything and nobody else has anything.
 *
 * Rules are read in order. An `allow` grants; a `disallow` takes back, and a later `allow` grants again; what a `deny`
 * took, no later rule grants. Each is about one actor and any number of features or aliases of features. See
 * "Working with permissions files" in the DCV administrator guide.
 *
 * @example Share a session with two guests, one of whom may also type
 * ```ts
 * import { encodePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
 *
 * const PermissionsFile = encodePermissions(shareWith({
 *   bob: VIEW_FEATURES,
 *   eve: [...VIEW_FEATURES, "keyboard", "mouse"],
 * }));
 * console.log(atob(PermissionsFile));
 * // [permissions]
 * // %owner% allow builtin
 * // bob allow display pointer audio-out
 * // eve allow display pointer audio-out keyboard mouse
 * ```
 *
 * @module
 */

import {
  type Permission,
  PERMISSION_FEATURES,
  type PermissionFeature,
  type Permissions,
} from "./permissions/model.ts";
import { formatPermissions } from "./permissions/permissions_file.ts";

export { effectivePermissions, type PermissionSubject } from "./permissions/effective_permissions.ts";
export {
  type Permission,
  PERMISSION_FEATURES,
  type PermissionActor,
  type PermissionFeature,
  type PermissionMember,
  type Permissions,
} from "./permissions/model.ts";
export { formatPermissions, parsePermissions } from "./permissions/permissions_file.ts";

/** What a guest needs to watch: picture, mouse pointer and sound. */
export const VIEW_FEATURES: readonly PermissionFeature[] = ["display", "pointer", "audio-out"];

/**
 * The owner may do everything, each guest what is listed for them, and nobody else anything.
 *
 * A guest must be a user of the operating system on the session's host, and connects with a token of their own from
 * `getSessionConnectionData(sessionId, guest)`.
 *
 * @example Usage
 * ```ts
 * import { shareWith } from "@dcvkit/session-manager/permissions";
 *
 * console.log(shareWith({ bob: ["display"] }).permissions);
 * // [
 * //   { actor: "%owner%", rule: "allow", features: ["builtin"] },
 * //   { actor: { user: "bob" }, rule: "allow", features: ["display"] },
 * // ]
 * ```
 *
 * @param guests The features for each guest, by user name.
 * @returns The permissions.
 */
export function shareWith(guests: Readonly<Record<string, readonly PermissionFeature[]>>): Permissions {
  const ofGuests = Object.entries(guests).map(([user, features]): Permission => ({
    actor: { user },
    rule: "allow",
    features,
  }));
  return { permissions: [{ actor: "%owner%", rule: "allow", features: ["builtin"] }, ...ofGuests] };
}

/**
 * Lists what stands for a feature but is neither a feature that the guide lists nor an alias of these permissions: a
 * misspelling, a feature that is newer than this library, or an alias from an import.
 *
 * @example Usage
 * ```ts
 * import { unknownFeatures } from "@dcvkit/session-manager/permissions";
 *
 * console.log(unknownFeatures({
 *   aliases: { clipboard: ["clipboard-copy", "clipboard-paste"] },
 *   permissions: [{ actor: "%any%", rule: "deny", features: ["clipboard", "pirnter"] }],
 * })); // ["pirnter"]
 * ```
 *
 * @param permissions The permissions.
 * @returns Each unknown name once, in the order of appearance.
 */
export function unknownFeatures({ aliases = {}, permissions }: Permissions): string[] {
  const known = new Set<string>([...PERMISSION_FEATURES, ...Object.keys(aliases)]);
  const used = [...Object.values(aliases), ...permissions.map(({ features }) => features)].flat();
  return [...new Set(used)].filter((feature) => !known.has(feature));
}

/**
 * Encodes permissions as `PermissionsFile` has them: base64 of the UTF-8 text.
 *
 * @example Usage
 * ```ts
 * import { encodePermissions } from "@dcvkit/session-manager/permissions";
 *
 * console.log(encodePermissions("[permissions]\n%owner% allow builtin\n"));
 * // W3Blcm1pc3Npb25zXQolb3duZXIlIGFsbG93IGJ1aWx0aW4K
 * ```
 *
 * @param permissions The permissions, or the text of a file that you have.
 * @returns The base64.
 * @throws {TypeError} As {@linkcode formatPermissions} does. Text is taken as it is.
 */
export function encodePermissions(permissions: Permissions | string): string {
  const text = typeof permissions === "string" ? permissions : formatPermissions(permissions);
  // btoa() takes only characters up to 255, which is what each byte becomes
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

/**
 * Decodes a `PermissionsFile` to its text, which {@linkcode parsePermissions} reads.
 *
 * @example Usage
 * ```ts
 * import { decodePermissions } from "@dcvkit/session-manager/permissions";
 *
 * console.log(decodePermissions("W3Blcm1pc3Npb25zXQolb3duZXIlIGFsbG93IGJ1aWx0aW4K"));
 * // [permissions]
 * // %owner% allow builtin
 * ```
 *
 * @param encoded The base64.
 * @returns The text.
 * @throws {TypeError} If it is not base64, or not of UTF-8.
 */
export function decodePermissions(encoded: string): string {
  try {
    const bytes = Uint8Array.from(atob(encoded), (character) => character.charCodeAt(0));
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new TypeError("Cannot decode the permissions file: it is not base64 of UTF-8 text", { cause });
  }
}
