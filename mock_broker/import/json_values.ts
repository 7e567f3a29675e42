/**
 * JSON texts with one value, or with several in a row: pages that were appended to a file, say.
 *
 * @module
 */

/**
 * The values in a text.
 *
 * @throws {TypeError} If it is not JSON.
 */
export function jsonValues(text: string, place: string): unknown[] {
  const single = parsed(text);
  if (single) return [single.value];
  const pieces = topLevel(text);
  const values = pieces.map(parsed);
  if (pieces.length > 1 && values.every((value) => value !== undefined)) {
    return values.map((value) => value!.value);
  }
  throw new TypeError(`Cannot import ${place}: it is not JSON`);
}

function parsed(text: string): { value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

/** The text cut after each object or list that is in no other. */
function topLevel(text: string): string[] {
  const pieces: string[] = [];
  let [depth, start] = [0, 0];
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "{" || token === "[") depth++;
    else if (token === "}" || token === "]") depth--;
    else continue;
    if (depth > 0) continue;
    pieces.push(text.slice(start, index + 1));
    start = index + 1;
  }
  const rest = text.slice(start);
  return rest.trim() === "" ? pieces : [...pieces, rest];
}
