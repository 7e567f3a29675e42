/**
 * What errors show of an answer: its beginning, without secrets. The time that it takes does not depend on how
 * long the answer is.
 *
 * @module
 */

/** Enough to tell what answered instead of the broker, and not too much for a log. */
export const EXCERPT = 400;

/** What follows the name of a token or secret, in JSON (escaped or not) or in a form, and any long run. */
const SECRETS = /((token|secret|password)(\W{0,9}":\W{0,9}"|=))[^"&\s\\]+|[\w+=~-]{40,}/gi;

/** How much longer than the excerpt a text is looked at, so that no run is cut until it is none. */
const MARGIN = 40;

/** How JSON may spell a character: `\u0041`, `\/`, and in a text within a text with more backslashes. */
const ESCAPES = /\\+(u([\da-f]{4}))?/gi;

/** An escape of one character takes this many at most, unless somebody means to hide something. */
const ESCAPE_LENGTH = 8;

/**
 * The beginning of a text, in which neither these secrets show nor what looks like one. A text that holds one
 * of them in other spelling is not shown at all.
 */
export function excerpt(text: string, secrets: readonly string[] = []): string {
  let shown = text;
  for (const secret of secrets) {
    shown = shown.slice(0, ESCAPE_LENGTH * (EXCERPT + secret.length)).replaceAll(secret, "[hidden]");
    if (unescape(shown).includes(unescape(secret))) return "[hidden]";
  }
  shown = shown.slice(0, EXCERPT + MARGIN).replace(SECRETS, "$1[hidden]");
  return text.length > EXCERPT ? shown.slice(0, -MARGIN) : shown;
}

function unescape(text: string): string {
  return text.replace(
    ESCAPES,
    (_match, _escape, unit) => unit ? String.fromCharCode(parseInt(unit, 16)) : "",
  );
}
