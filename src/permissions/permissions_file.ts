/**
 * The text of a DCV permissions file: written from {@linkcode Permissions} and read back.
 *
 * @module
 */

import type { Permission, PermissionActor, PermissionMember, Permissions } from "./model.ts";

/**
 * A name that stays one word of its line: a space, comma, colon or equals sign would end it, and the characters
 * refused at its beginning would make it a reference, a comment or a section.
 */
const NAME = /^(?![%#;[])[^\s\p{Cc}\p{Cf}\p{Cs},:=]+$/u;
/** Paths may hold spaces, but neither begin nor end with one. */
const PATH = /^(?!\s)[^\p{Cc}\p{Cs}\u2028\u2029]+(?<!\s)$/u;
const COMMENT = /^(?:;|#(?!import(?:\s|$)))/;
const HEADING = /^\[(groups|aliases|permissions)\]$/;
const EXPECTED = {
  imports: "#import <path> or a section",
  groups: "a new group: <name>=<member>, <member> ...",
  aliases: "a new alias: <name>=<feature>, <feature> ...",
  permissions: "<actor> allow|disallow|deny <feature> <feature> ...",
};
const RULES: readonly string[] = ["allow", "disallow", "deny"] satisfies Permission["rule"][];

/**
 * Writes the text of a permissions file.
 *
 * @example Usage
 * ```ts
 * import { formatPermissions } from "@dcvkit/session-manager/permissions";
 *
 * const text = formatPermissions({
 *   groups: { observers: [{ user: "bob" }, { osgroup: "staff" }] },
 *   permissions: [
 *     { actor: "%owner%", rule: "allow", features: ["builtin"] },
 *     { actor: { group: "observers" }, rule: "allow", features: ["display", "pointer"] },
 *   ],
 * });
 * console.log(text);
 * // [groups]
 * // observers=bob, osgroup:staff
 * //
 * // [permissions]
 * // %owner% allow builtin
 * // group:observers allow display pointer
 * ```
 *
 * @param permissions What the file says.
 * @returns The text, lines ended by `\n`.
 * @throws {TypeError} If a name holds what would end it (white space, a control character, `,`, `:` or `=`) or begins
 * like a comment, a section or a reference (`#`, `;`, `[`, `%`); if a list is empty; or if a rule is none.
 */
export function formatPermissions(permissions: Permissions): string {
  const { imports = [], groups = {}, aliases = {} } = permissions;
  const sections = {
    groups: formatDefinitions("group", groups, formatMember),
    aliases: formatDefinitions("alias", aliases, formatFeature),
    permissions: permissions.permissions.map(formatPermission),
  };
  const paragraphs = [imports.map((path) => `#import ${checkPath(path)}`)];
  for (const [name, lines] of Object.entries(sections)) {
    if (lines.length > 0 || name === "permissions") paragraphs.push([`[${name}]`, ...lines]);
  }
  return paragraphs.filter((lines) => lines.length > 0).map((lines) => `${lines.join("\n")}\n`).join("\n");
}

function formatDefinitions<T>(
  kind: string,
  definitions: Readonly<Record<string, readonly T[]>>,
  format: (item: T) => string,
): string[] {
  return Object.entries(definitions).map(([name, items]) =>
    `${checkName(kind, name)}=${formatList(`${kind} ${name}`, items.map(format), ", ")}`
  );
}

function formatPermission({ actor, rule, features }: Permission): string {
  if (!RULES.includes(rule)) {
    throw new TypeError(`A rule is one of ${RULES.join(", ")}: got ${JSON.stringify(rule)}`);
  }
  const words = formatActor(actor);
  return `${words} ${rule} ${formatList(`rule for ${words}`, features.map(formatFeature), " ")}`;
}

function formatActor(actor: PermissionActor): string {
  return actor === "%owner%" || actor === "%any%" ? actor : formatMember(actor);
}

function formatMember(member: PermissionMember): string {
  if (typeof member !== "object") {
    throw new TypeError(`Expected { user }, { group } or { osgroup }: got ${JSON.stringify(member)}`);
  }
  if ("group" in member) return `group:${checkName("group", member.group)}`;
  if ("osgroup" in member) return `osgroup:${checkName("osgroup", member.osgroup)}`;
  return checkName("user", member.user);
}

function formatFeature(feature: string): string {
  return checkName("feature", feature);
}

function formatList(owner: string, items: string[], separator: string): string {
  if (items.length === 0) throw new TypeError(`The ${owner} is empty: leave it out, or list something`);
  return items.join(separator);
}

function checkName(kind: string, name: string): string {
  if (typeof name === "string" && NAME.test(name)) return name;
  throw new TypeError(
    `A permissions file cannot hold the ${kind} name ${JSON.stringify(name)}: ` +
      'it is not one word without ",", ":" and "=" that begins with none of "%", "#", ";", "["',
  );
}

function checkPath(path: string): string {
  if (PATH.test(path)) return path;
  throw new TypeError(
    `A permissions file cannot import from ${JSON.stringify(path)}: it is not the path of a file`,
  );
}

/**
 * Reads the text of a permissions file. Comments (lines from `#` or `;`) are dropped; sections may come in any order and
 * more than once. Names that this library does not know stay as they are.
 *
 * @example Usage
 * ```ts
 * import { parsePermissions } from "@dcvkit/session-manager/permissions";
 *
 * const { permissions } = parsePermissions("[permissions]\n%owner% allow builtin\n");
 * console.log(permissions); // [{ actor: "%owner%", rule: "allow", features: ["builtin"] }]
 * ```
 *
 * @param text The text.
 * @returns What the file says, each part present.
 * @throws {SyntaxError} If a line is none that such a file can hold, with its number.
 */
export function parsePermissions(text: string): Required<Permissions> {
  const imports: string[] = [];
  const groups = new Map<string, PermissionMember[]>();
  const aliases = new Map<string, string[]>();
  const permissions: Permission[] = [];
  const readers = {
    imports: (line: string) => readImport(line, imports),
    // AWS's own Research and Engineering Studio writes group:<name>=
    groups: (line: string) => readDefinition(line.replace(/^group:/, ""), groups, parseMember),
    aliases: (line: string) => readDefinition(line, aliases, parseFeature),
    permissions: (line: string) => readPermission(line, permissions),
  };

  let section: Section = "imports";
  for (const [index, untrimmed] of text.split(/\r\n?|\n/).entries()) {
    const line = untrimmed.trim();
    if (line === "" || COMMENT.test(line)) continue;
    const heading = HEADING.exec(line)?.[1];
    if (heading) section = heading as Section;
    else if (!readers[section](line)) {
      throw new SyntaxError(
        `Cannot read line ${index + 1} of the permissions file: ` +
          `expected ${EXPECTED[section]}, got ${JSON.stringify(line)}`,
      );
    }
  }
  return { imports, groups: Object.fromEntries(groups), aliases: Object.fromEntries(aliases), permissions };
}

type Section = keyof typeof EXPECTED;

/** Imports stand before all sections: which rules come first matters, so that none is moved. */
function readImport(line: string, imports: string[]): boolean {
  const path = /^#import\s+(.*)$/.exec(line)?.[1] ?? "";
  return PATH.test(path) && imports.push(path) > 0;
}

function readDefinition<T>(
  line: string,
  definitions: Map<string, T[]>,
  parse: (text: string) => T | undefined,
): boolean {
  const [name = "", list, ...rest] = line.split("=").map((text) => text.trim());
  if (list === undefined || rest.length > 0 || !NAME.test(name) || definitions.has(name)) return false;
  const words = list.split(",");
  const items = words.map((word) => parse(word.trim())).filter((item) => item !== undefined);
  definitions.set(name, items);
  return items.length === words.length;
}

function readPermission(line: string, permissions: Permission[]): boolean {
  const [who = "", rule = "", ...words] = line.split(/\s+/);
  const actor = who === "%owner%" || who === "%any%" ? who : parseMember(who);
  const features = words.filter((word) => NAME.test(word));
  if (!actor || !isRule(rule) || features.length === 0 || features.length < words.length) return false;
  permissions.push({ actor, rule, features });
  return true;
}

function parseMember(text: string): PermissionMember | undefined {
  const [, kind, name = ""] = /^(?:(user|group|osgroup):)?(.*)$/s.exec(text) ?? [];
  if (!NAME.test(name)) return undefined;
  if (kind === "group") return { group: name };
  if (kind === "osgroup") return { osgroup: name };
  return { user: name };
}

function parseFeature(text: string): string | undefined {
  return NAME.test(text) ? text : undefined;
}

function isRule(word: string): word is Permission["rule"] {
  return RULES.includes(word);
}
