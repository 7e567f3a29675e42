/**
 * Texts that others have sent, as a page can show them.
 *
 * @module
 */

import { number } from "../view.ts";

/** Characters that cannot be seen, or that turn the text around them to another direction. */
// deno-lint-ignore no-control-regex -- these are what is looked for
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** The text with what cannot be seen written out, as in `\u0000`. */
export function visible(text: string): string {
  return text.replace(UNSEEN, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The beginning of a text, and three dots if that is not all of it. */
export function shortened(text: string, most: number): string {
  return visible(text.length <= most ? text : `${beginning(text, most)}...`);
}

/** At most so many characters of a text, none of them cut in two. */
export function beginning(text: string, most: number): string {
  const cut = text.slice(0, most);
  return /[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut;
}

/** A length in bytes as people read it. */
export function size(bytes: number): string {
  if (bytes < 1_000) return `${number(bytes)} bytes`;
  if (bytes < 1_000_000) return `${Number((bytes / 1_000).toFixed(1))} kB`;
  return `${Number((bytes / 1_000_000).toFixed(1))} MB`;
}
