/**
 * Texts of others on a terminal.
 *
 * @module
 */

/** What callers send must not move the cursor of a terminal. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}
