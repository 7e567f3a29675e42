/**
 * What somebody may have meant who wrote a name that there is not.
 *
 * @module
 */

import { closest, distance } from "fastest-levenshtein";

/** How a refusal speaks of a name that there is not. */
export function unknownName(name: string, known: readonly string[]): string {
  const near = nearName(name, known);
  return near === undefined ? "unknown" : `unknown, ${near}?`;
}

/** The known name that is nearest, if it is near enough to be meant: a letter or two off, or in other capitals. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  if (known.length === 0 || name.length > MOST_LETTERS) return undefined;
  const small = new Map(known.map((other) => [other.toLowerCase(), other]));
  const nearest = closest(name.toLowerCase(), [...small.keys()]);
  const isNear = distance(name.toLowerCase(), nearest) <= mostSlips(name);
  return isNear ? small.get(nearest) : undefined;
}

/** Two letters that have changed places count as two slips. */
function mostSlips({ length }: string): number {
  return length < 4 ? 1 : Math.max(2, Math.floor((length + 1) / 3));
}

/** Nobody means a known name with a text of such a length, and to compare long ones takes time. */
const MOST_LETTERS = 100;
