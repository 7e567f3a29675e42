/**
 * Bodies that can be copied as values rather than as texts.
 *
 * @module
 */

import { readBodyText } from "../../../journal/json_body.ts";

/**
 * What a body of JSON says, if writing it again comes to the same: not where a name stands twice, say, or where a number
 * is too large. Spaces and the way texts are escaped do not count. `undefined` for any other body.
 */
export function faithfulJson(body: string): { readonly value: unknown } | undefined {
  const value = readBodyText(body);
  // A text for a body was JSON or was not: nobody can tell.
  if (typeof value === "string") return undefined;
  return normalized(body) === JSON.stringify(value) ? { value } : undefined;
}

function normalized(json: string): string {
  return json.replace(
    /"(?:[^"\\]|\\.)*"|\s+/g,
    (part) => part.startsWith('"') ? JSON.stringify(JSON.parse(part)) : "",
  );
}
