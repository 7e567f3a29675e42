/**
 * JSON as it is printed.
 *
 * @module
 */

/** JSON escapes some control characters only; these a terminal would act on, too. */
const LEFT_ALONE = /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** A value as JSON that is safe to print, with so many spaces for each level; without, on one line. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(
    LEFT_ALONE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
