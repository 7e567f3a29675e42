/**
 * Checks of what callers pass in. Each throws a `TypeError` that names the option, its rule and what it got.
 *
 * @module
 */

/** Throws for `value`, without showing more of an object than that it is one. */
export function refuse(name: string, rule: string, value: unknown): never {
  const found = typeof value === "string"
    ? JSON.stringify(value)
    : Array.isArray(value)
    ? "an array"
    : value && typeof value === "object"
    ? "an object"
    : typeof value === "function"
    ? "a function"
    : String(value);
  throw new TypeError(`"${name}" must be ${rule}: got ${found}`);
}

/** A finite number from `min` on; without `min`, one above 0. */
export function checkNumber(name: string, value: unknown, min?: number): number {
  const fits = Number.isFinite(value) && (min === undefined ? value as number > 0 : value as number >= min);
  return fits
    ? value as number
    : refuse(name, min === undefined ? "a number above 0" : `a number from ${min} on`, value);
}

/** An integer from `min` on. */
export function checkInteger(name: string, value: unknown, min: number): number {
  return Number.isInteger(value) && value as number >= min
    ? value as number
    : refuse(name, `an integer from ${min} on`, value);
}

/** A string that is not empty. */
export function checkString(name: string, value: unknown): string {
  return typeof value === "string" && value ? value : refuse(name, "a string that is not empty", value);
}

/** An array of objects with these members, each a string that is not empty. */
export function checkItems(name: string, value: unknown, members: string[]): void {
  if (!Array.isArray(value)) refuse(name, "an array", value);
  value.forEach((item, index) => {
    for (const member of members) checkString(`${name}[${index}].${member}`, item?.[member]);
  });
}

/** A segment of a URL's path, encoded. `.` and `..` cannot be: URLs resolve them in any spelling. */
export function checkSegment(name: string, value: unknown): string {
  const segment = checkString(name, value);
  if (/^\.\.?$|\p{Cs}/u.test(segment)) refuse(name, 'well-formed, and neither "." nor ".."', segment);
  return encodeURIComponent(segment);
}

/** An array of strings that are not empty: the broker answers a null among its ids with 400. */
export function checkStrings(name: string, value: unknown): string[] {
  if (!Array.isArray(value)) refuse(name, "an array", value);
  value.forEach((item, index) => checkString(`${name}[${index}]`, item));
  return value;
}

/** An http or https URL, without anything that would end up in logs or requests unasked. */
export function checkUrl(name: string, value: unknown): URL {
  const rule = "an absolute http or https URL";
  const text = value instanceof URL ? value.href : checkString(name, value);
  if (!URL.canParse(text)) refuse(name, rule, text);
  const url = new URL(text);
  if (url.username || url.password || url.hash) {
    throw new TypeError(`"${name}" must have neither credentials nor a fragment`);
  }
  return /^https?:$/.test(url.protocol) ? url : refuse(name, rule, text);
}
