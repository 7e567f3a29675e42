/**
 * The check of whatever comes in, and the refusal of what is wrong with it.
 *
 * @module
 */

import type { z } from "zod";
import { type Path, type Problem, problemsOf, problemText } from "./problems.ts";

/**
 * The value as the schema takes it.
 *
 * @param call What the value was given to, such as `faults.add()`.
 * @param at Where the value stands in what was given.
 * @throws {TypeError} If the value breaks a rule; the message names each place, the rule and what was found.
 */
export function check<T extends z.ZodType>(
  call: string,
  schema: T,
  value: unknown,
  at: Path = [],
): z.output<T> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw refusal(call, problemsOf(result.error.issues, at));
}

/** Most problems that one message tells of: an option that is wrong in each of a thousand hosts is wrong once. */
const MOST_TOLD = 20;

/** The error for these problems. */
export function refusal(call: string, problems: readonly Problem[]): TypeError {
  const lines = problems.slice(0, MOST_TOLD).map(problemText);
  if (problems.length > MOST_TOLD) lines.push(`and ${problems.length - MOST_TOLD} more`);
  const [first, ...others] = lines;
  return new TypeError(
    others.length === 0
      ? `${call}: ${first}`
      : `${call}:\n${[first, ...others].map((line) => `  ${line}`).join("\n")}`,
  );
}
