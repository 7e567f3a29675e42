/**
 * The kinds of values that descriptions are made of. Whichever part of its rule a value breaks, the refusal says the
 * whole rule: what is right helps more than what is wrong.
 *
 * @module
 */

import * as z from "zod";
import { parseRequirements, RequirementsError } from "../simulation/requirements.ts";
import { unknownName } from "./near_name.ts";

/** A text with at least one character. */
export function text(): z.ZodString {
  const error = "must be a text that is not empty";
  return z.string(error).min(1, error);
}

/** A text that may be empty. */
export function anyText(): z.ZodString {
  return z.string("must be a text");
}

/** A text of this form. */
export function textLike(pattern: RegExp, words: string): z.ZodString {
  const error = `must be ${words}`;
  return z.string(error).regex(pattern, error);
}

/** A whole number between these, both included. */
export function wholeNumber(least: number, most: number = Number.MAX_SAFE_INTEGER): z.ZodInt {
  const error = `must be ${wholeNumberWords(least, most)}`;
  return z.int(error).min(least, error).max(most, error);
}

/** How a refusal calls the whole numbers between these. */
export function wholeNumberWords(least: number, most: number): string {
  return `a whole number ${
    most < Number.MAX_SAFE_INTEGER ? `from ${least} to ${most}` : `of at least ${least}`
  }`;
}

/** A number between these, both included. */
export function numberFrom(least: number, most: number): z.ZodNumber {
  const error = `must be a number from ${least} to ${most}`;
  return z.number(error).min(least, error).max(most, error);
}

/** A number above 0, up to this. */
export function positiveNumber(most: number = Number.MAX_VALUE): z.ZodNumber {
  const error = `must be a positive number${most < Number.MAX_VALUE ? ` up to ${most}` : ""}`;
  return z.number(error).positive(error).max(most, error);
}

/** The text of a requirement expression, or an empty one. */
export function requirementExpression(): z.ZodString {
  return anyText().superRefine((expression, { addIssue }) => {
    try {
      parseRequirements(expression);
    } catch (error) {
      if (!(error instanceof RequirementsError)) throw error;
      addIssue(`must be a requirement expression: ${error.message}`);
    }
  });
}

export function flag(): z.ZodBoolean {
  return z.boolean("must be true or false");
}

/** One of these texts. */
export function oneOf<const T extends readonly string[]>(
  ...values: T
): z.ZodEnum<{ [Key in T[number]]: Key }> {
  return z.enum(values, { error: `must be one of ${values.join(", ")}` });
}

export function list<T extends z.ZodType>(item: T): z.ZodArray<T> {
  return z.array(item, "must be a list");
}

/** Names of the caller's own choice, each with such a value. */
export function dictionary<T extends z.ZodType>(
  words: string,
  value: T,
  name: z.ZodString = text(),
  nameWords: string = "a name that is not empty",
): z.ZodRecord<z.ZodString, T> {
  return z.record(name, value, {
    error: (issue) => `must be ${issue.code === "invalid_key" ? nameWords : words}`,
  });
}

/** An object with these members and no others. Of several that are unknown the message has a line for each. */
export function object<T extends z.ZodRawShape>(shape: T): z.ZodObject<T, z.core.$strict> {
  return z.strictObject(shape, {
    error: (issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => unknownName(key, Object.keys(shape))).join("\n")
        : "must be an object",
  });
}

/** What one of several schemas takes. */
export function either<const T extends readonly z.ZodType[]>(words: string, ...options: T): z.ZodUnion<T> {
  return z.union(options, `must be ${words}`);
}

/** Two whole numbers, the smaller one first. */
export function range(least: number, most: number, unit: string): z.ZodTuple<[z.ZodInt, z.ZodInt], null> {
  const error = `must be two whole numbers of ${unit}, the smaller one first`;
  const bound = z.int(error).min(least, error).max(most, error);
  return z.tuple([bound, bound], error).refine(([from, to]) => from <= to, error);
}
