/**
 * Regular expressions in JSON, which has none: `{ "$regex": "^portal", "$options": "i" }`.
 *
 * @module
 */

/** Longer ones are written by mistake. */
export const MOST_OF_A_PATTERN = 1_000;

/** The value with the regular expressions that its patterns stand for, wherever they are in it. */
export function withPatterns(value: unknown, at: string): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withPatterns(item, `${at}[${index}]`));
  if (typeof value !== "object" || value === null) return value;
  if (Object.hasOwn(value, "$regex")) return patternOf(value as Record<string, unknown>, at);
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, withPatterns(inner, `${at}.${name}`)]),
  );
}

function patternOf({ $regex, $options = "", ...others }: Record<string, unknown>, at: string): RegExp {
  const isPattern = typeof $regex === "string" && $regex.length <= MOST_OF_A_PATTERN &&
    typeof $options === "string" && Object.keys(others).length === 0;
  if (!isPattern) {
    throw new TypeError(
      `${at}: a pattern is { "$regex": text, "$options": text } with up to ${MOST_OF_A_PATTERN} characters, and no more`,
    );
  }
  try {
    return new RegExp($regex, $options);
  } catch (cause) {
    throw new TypeError(`${at}: ${(cause as Error).message}`, { cause });
  }
}
