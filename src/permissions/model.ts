/**
 * What a permissions file says, as data.
 *
 * @module
 */

import type { OtherString } from "../types.ts";

/** The features that the DCV administrator guide lists, and `builtin`, which is all of them. */
export const PERMISSION_FEATURES = [
  "audio-in",
  "audio-out",
  "builtin",
  "clipboard-copy",
  "clipboard-paste",
  "display",
  "extensions-client",
  "extensions-server",
  "file-download",
  "file-upload",
  "gamepad",
  "keyboard",
  "keyboard-sas",
  "mouse",
  "pointer",
  "printer",
  "screenshot",
  "smartcard",
  "stylus",
  "touch",
  "unsupervised-access",
  "usb",
  "webcam",
  "webauthn-redirection",
] as const;

/** A known feature, an alias, or a feature that is newer than this library. */
export type PermissionFeature = typeof PERMISSION_FEATURES[number] | OtherString;

/**
 * A user, a group of the file's own, or a group of the operating system (Linux servers only). Each is one word; a
 * Windows user may be `domain\user`.
 */
export type PermissionMember = { user: string } | { group: string } | { osgroup: string };

/** Whom a rule is about: the session's owner, anyone, or a {@linkcode PermissionMember}. */
export type PermissionActor = "%owner%" | "%any%" | PermissionMember;

/** One rule. */
export interface Permission {
  /** Whom it is about. */
  actor: PermissionActor;
  /** `disallow` may be overridden by a later rule, `deny` may not. */
  rule: "allow" | "disallow" | "deny";
  /** At least one feature or alias. */
  features: readonly PermissionFeature[];
}

/** What a permissions file says. */
export interface Permissions {
  /** Files on the DCV server whose content comes first, by absolute or relative path. */
  imports?: readonly string[];
  /** Groups of users by name. */
  groups?: Readonly<Record<string, readonly PermissionMember[]>>;
  /** Sets of features, and of other aliases, by name. */
  aliases?: Readonly<Record<string, readonly PermissionFeature[]>>;
  /** The rules, in the order in which they count. */
  permissions: readonly Permission[];
}
