/**
 * Bodies as the journal shows them.
 *
 * @module
 */

/** Most levels of JSON: what is nested deeper, not every program can write again. */
export const MOST_LEVELS = 200;

/** What a body says: JSON as its value, anything else as the text that it is. */
export function readBodyText(text: string): unknown {
  if (isNestedDeeperThan(MOST_LEVELS, text)) return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Whether JSON has more levels of lists and objects than that; anything else may be taken for either. */
export function isNestedDeeperThan(levels: number, text: string): boolean {
  if (text.length <= 2 * levels) return false;
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) at = endOfString(text, at);
    else if (code === OPENING_BRACKET || code === OPENING_BRACE) level++;
    else if (code === CLOSING_BRACKET || code === CLOSING_BRACE) level--;
    if (level > levels) return true;
  }
  return false;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const OPENING_BRACE = 0x7b;
const CLOSING_BRACE = 0x7d;

/** Where a string ends that begins here; behind the text if it does not. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) at++;
    else if (code === QUOTE) return at;
  }
  return text.length;
}
