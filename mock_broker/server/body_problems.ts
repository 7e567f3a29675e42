/**
 * What is wrong with a request body, in the words of the broker's JSON library.
 *
 * @module
 */

import type { z } from "zod";

/**
 * The refusal for a body. Jackson refuses what it does not know while it reads, and what is missing only afterwards:
 * of several problems, the first in the text wins among those that are found while reading.
 */
export function describeProblems(issues: readonly z.core.$ZodIssue[], body: unknown): string {
  const whileReading = issues.filter(isFoundWhileReading)
    .map((issue) => ({ issue, at: positionOf(issue, body) }))
    .sort((one, other) => comparePositions(one.at, other.at));
  return describe(whileReading[0]?.issue ?? issues[0]!);
}

function isFoundWhileReading(issue: z.core.$ZodIssue): boolean {
  return issue.code === "unrecognized_keys" || issue.code === "invalid_type" && issue.input !== undefined;
}

/** Where in the text a value stands: for each level, how many values come before it. */
function positionOf(issue: z.core.$ZodIssue, body: unknown): number[] {
  const path = issue.code === "unrecognized_keys" ? [...issue.path, issue.keys[0]!] : issue.path;
  let value = body;
  return path.map((step) => {
    const at = typeof step === "number" ? step : Object.keys(value as object).indexOf(String(step));
    value = (value as Record<PropertyKey, unknown>)[step];
    return at;
  });
}

function comparePositions(one: readonly number[], other: readonly number[]): number {
  const level = one.findIndex((at, index) => at !== other[index]);
  return level < 0 ? one.length - other.length : one[level]! - (other[level] ?? -1);
}

/** AWS's own console looks for the name of the field in the first of these sentences. */
function describe(issue: z.core.$ZodIssue): string {
  const at = issue.path.map((step) => typeof step === "number" ? `[${step}]` : `.${String(step)}`).join("");
  const where = at.replace(/^\./, "") || "request body";
  if (issue.code === "unrecognized_keys") return `Unrecognized field "${issue.keys[0]}" in ${where}`;
  if (issue.code === "invalid_type" && issue.input === undefined) return `Missing required field: ${where}`;
  return `Invalid value of ${where}: ${issue.message}`;
}
