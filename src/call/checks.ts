/**
 * Checks of what callers pass in. Each throws a `TypeError` that names the option, its rule and what it got.
 *
 * @module
 */

import { excerpt } from "./excerpt.ts";

/** Throws for `value`, but shows neither secrets nor the inside of objects. */
export function refuse(name: string, rule: string, value: unknown): never {
  const hidden = Object(value) === value || value && /^credentials|(secret|token)$/i.test(name);
  const found = hidden ? typeof value : typeof value === "string" ? JSON.stringify(excerpt(value)) : value;
  throw new TypeError(`"${name}" must be ${rule}: got ${found}`);
}

/** A finite number from `min` on. */
export function checkNumber(name: string, value: unknown, min = 1): number {
  return Number.isFinite(value) && value as number >= min
    ? value as number
    : refuse(name, `a number from ${min} on`, value);
}

/** A string of this pattern. */
export function checkString(
  name: string,
  value: unknown,
  pattern: RegExp = /./s,
  rule = "a non-empty string",
): string {
  return typeof value === "string" && pattern.test(value) ? value : refuse(name, rule, value);
}

/**
 * A string without control characters (RFC 7617, 2). What was read from a file often has the line break at its
 * end.
 */
export function checkLine(
  name: string,
  value: unknown,
  pattern: RegExp = /^\P{Cc}+$/u,
  rule = "one line of text",
): void {
  checkString(name, checkString(name, value), pattern, rule);
}

/** An array of which each item passes a check. */
export function checkEach(name: string, value: unknown, check: (name: string, item: unknown) => void): void {
  if (!Array.isArray(value)) refuse(name, "an array", value);
  value.forEach((item, index) => check(`${name}[${index}]`, item));
}

/** A batch whose items have these members, each a string that is not empty. */
export function checkMembers(requests: unknown, members: readonly string[]): void {
  checkEach("requests", requests, (name, item) => {
    for (const member of members) checkString(`${name}.${member}`, Object(item)[member]);
  });
}

/** A segment of a URL's path, encoded, with its slash. `.` and `..` cannot be: URLs resolve them in any spelling. */
export function checkSegment(name: string, value: unknown): string {
  return "/" + encodeURIComponent(checkString(name, value, /^(?!\.\.?$)\P{Cs}+$/u, "a path segment"));
}

/** An http or https URL, in its canonical form. */
export function checkUrl(name: string, value: string | URL, pattern: RegExp): string {
  const url = URL.canParse(value) ? new URL(value).href : "";
  if (pattern.test(url)) return url;
  return refuse(name, "a plain http(s) URL", `${value}`.replace(/^(\w+:\/\/)?.*@/s, "$1"));
}
