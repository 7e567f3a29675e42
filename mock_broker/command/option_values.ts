/**
 * Values of options, from the texts of a command line.
 *
 * @module
 */

import { InvalidArgumentError } from "@commander-js/extra-typings";

/** A port; 0 is any free one. */
export function port(text: string): number {
  return number(
    text,
    (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
    "a port from 0 to 65535",
  );
}

/** Any whole number. */
export function wholeNumber(text: string): number {
  return number(text, Number.isSafeInteger, "a whole number");
}

/** A number above zero. */
export function positiveNumber(text: string): number {
  return number(text, (value) => value > 0 && value < Infinity, "a positive number");
}

/** Names that are given one after the other, or with commas in between, as in a variable of the environment. */
export function severalNames(text: string, names: readonly string[] = []): readonly string[] {
  return [...names, ...text.split(",").map((name) => name.trim())];
}

function number(text: string, isRight: (value: number) => boolean, wanted: string): number {
  const value = text.trim() === "" ? NaN : Number(text);
  if (isRight(value)) return value;
  throw new InvalidArgumentError(`Expected ${wanted}`);
}
