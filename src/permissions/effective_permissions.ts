/**
 * What a permissions file grants to one user.
 *
 * @module
 */

import { type Permission, PERMISSION_FEATURES, type PermissionMember, type Permissions } from "./model.ts";
import { parsePermissions } from "./permissions_file.ts";

/** Whose permissions are asked for. */
export interface PermissionSubject {
  /** The user's name on the session's host. */
  user: string;
  /** The session's owner, whom `%owner%` stands for. */
  owner: string;
  /**
   * The user's groups in the operating system, which `osgroup:` rules are about.
   *
   * @default {none}
   */
  groups?: readonly string[] | undefined;
  /**
   * The files that the permissions import, by the path that they are imported under. They lie on the DCV server, so only
   * the caller can know them; one that is left out counts as empty.
   *
   * @default {none}
   */
  imports?: Readonly<Record<string, Permissions | string>> | undefined;
}

/** Every feature that `builtin` stands for. */
const ALL_FEATURES: readonly string[] = PERMISSION_FEATURES.filter((feature) => feature !== "builtin").sort();

/**
 * Works out what a user may do in a session, as a DCV server does: rules in order, `allow` and `disallow` override each
 * other, and what a `deny` takes stays taken. See "Working with permissions files" in the DCV administrator guide.
 *
 * Without `display` a user has nothing to see, and is not let in. Names are compared as they are written.
 *
 * @example Usage
 * ```ts
 * import { effectivePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
 *
 * const permissions = shareWith({ bob: VIEW_FEATURES });
 *
 * console.log([...effectivePermissions(permissions, { user: "bob", owner: "ana" })]);
 * // [ "audio-out", "display", "pointer" ]
 * console.log(effectivePermissions(permissions, { user: "ana", owner: "ana" }).has("keyboard")); // true
 * console.log(effectivePermissions(undefined, { user: "eve", owner: "ana" }).size); // 0
 * ```
 *
 * @param permissions The permissions, or the text of a file. `undefined` is a session without a file, in which the owner
 * may do everything and nobody else anything.
 * @param subject Whose permissions are asked for.
 * @returns The granted features by name, in alphabetical order, without aliases and `builtin`.
 * @throws {SyntaxError} If a text is no permissions file; it names the line.
 */
export function effectivePermissions(
  permissions: Permissions | string | undefined,
  subject: PermissionSubject,
): Set<string> {
  if (permissions === undefined) return new Set(subject.user === subject.owner ? ALL_FEATURES : []);
  const { groups, aliases, rules } = withImports(permissions, subject.imports ?? {});
  const granted = new Set<string>();
  const denied = new Set<string>();
  for (const { actor, rule, features } of rules) {
    if (!isAbout(actor, subject, groups)) continue;
    for (const feature of featuresNamed(features, aliases)) {
      if (rule === "allow") granted.add(feature);
      else granted.delete(feature);
      if (rule === "deny") denied.add(feature);
    }
  }
  return new Set([...granted].filter((feature) => !denied.has(feature)).sort());
}

/** Definitions and rules of a file and of those that it imports. */
interface Combined {
  readonly groups: Map<string, readonly PermissionMember[]>;
  readonly aliases: Map<string, readonly string[]>;
  readonly rules: Permission[];
}

/** What is imported comes first, so that the file itself has the last word. Each import counts once. */
function withImports(
  permissions: Permissions | string,
  imports: Readonly<Record<string, Permissions | string>>,
  combined: Combined = { groups: new Map(), aliases: new Map(), rules: [] },
  seen: Set<string> = new Set(),
): Combined {
  const file = typeof permissions === "string" ? parsePermissions(permissions) : permissions;
  for (const path of file.imports ?? []) {
    if (seen.has(path) || !Object.hasOwn(imports, path)) continue;
    seen.add(path);
    withImports(imports[path]!, imports, combined, seen);
  }
  for (const [name, members] of Object.entries(file.groups ?? {})) combined.groups.set(name, members);
  for (const [name, features] of Object.entries(file.aliases ?? {})) combined.aliases.set(name, features);
  combined.rules.push(...file.permissions);
  return combined;
}

function isAbout(
  actor: Permission["actor"],
  subject: PermissionSubject,
  groups: Combined["groups"],
): boolean {
  if (actor === "%any%") return true;
  if (actor === "%owner%") return subject.user === subject.owner;
  return isMember(actor, subject, groups, new Set());
}

/** Groups may hold groups, even each other. */
function isMember(
  member: PermissionMember,
  subject: PermissionSubject,
  groups: Combined["groups"],
  seen: Set<string>,
): boolean {
  if ("user" in member) return member.user === subject.user;
  if ("osgroup" in member) return subject.groups?.includes(member.osgroup) ?? false;
  if (seen.has(member.group)) return false;
  seen.add(member.group);
  return groups.get(member.group)?.some((inner) => isMember(inner, subject, groups, seen)) ?? false;
}

/** The features that these names stand for. An alias may hold aliases, and the feature whose name it took. */
function featuresNamed(names: readonly string[], aliases: Combined["aliases"]): Set<string> {
  const features = new Set<string>();
  const seen = new Set<string>();
  const add = (name: string, within?: string) => {
    const meant = name === within ? undefined : aliases.get(name);
    if (meant) {
      if (seen.has(name)) return;
      seen.add(name);
      for (const inner of meant) add(inner, name);
    } else if (name === "builtin") ALL_FEATURES.forEach((feature) => features.add(feature));
    else features.add(name);
  };
  for (const name of names) add(name);
  return features;
}
