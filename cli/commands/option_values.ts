/**
 * Reads the values of options.
 *
 * @module
 */

import { InvalidArgumentError } from "@commander-js/extra-typings";

/** `key=value`, as often as it is given. */
export function tags(text: string, before: Record<string, string> = {}): Record<string, string> {
  const equals = text.indexOf("=");
  if (equals <= 0) throw new InvalidArgumentError("It must be a key, an equals sign and a value.");
  return { ...before, [text.slice(0, equals)]: text.slice(equals + 1) };
}

/** A list with commas between its items. */
export function commaSeparated(text: string): string[] {
  const items = text.split(",").map((item) => item.trim()).filter((item) => item !== "");
  if (items.length === 0) throw new InvalidArgumentError("It must be a list with commas in between.");
  return items;
}

/** A whole number within bounds. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (/^\d+$/.test(text) && number >= least && number <= most) return number;
    const bounds = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
    throw new InvalidArgumentError(`It must be a whole number ${bounds}.`);
  };
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/** A duration such as `90s` or `5m`, in milliseconds; a bare number is seconds. */
export function duration(text: string): number {
  const [, number, unit = "s"] = /^(\d+(?:\.\d+)?)(ms|s|m|h)?$/.exec(text) ?? [];
  if (number === undefined) throw new InvalidArgumentError("It must be a duration such as 90s, 5m or 1h.");
  return Math.round(Number(number) * UNITS[unit]!);
}
