/**
 * What is wrong with a description, in the words that every refusal uses: where it is, the rule, and what was found.
 *
 * @module
 */

import type { z } from "zod";
import { nearName } from "./near_name.ts";

/** Longest value that a message quotes, in characters. */
const MOST_QUOTED = 60;

/** Longest list of numbers that a message quotes. */
const MOST_ITEMS = 4;

/** Places whose values may be secrets: nothing of them is quoted. */
const SECRET = /secret|password|passphrase|token$|^(clients|authServers|tls|cert|key)$/i;

/** A step on the way to a value: a key or a place in a list. */
export type Path = readonly PropertyKey[];

/** Something wrong with a value. */
export interface Problem {
  readonly path: Path;
  /** The rule, and what was found. */
  readonly message: string;
}

/** The problems that a schema found, each once; an object with several unknown names has a problem for each. */
export function problemsOf(issues: readonly z.core.$ZodIssue[], at: Path = []): Problem[] {
  const byText = new Map(allProblems(issues, at).map((problem) => [problemText(problem), problem]));
  return [...byText.values()];
}

function allProblems(issues: readonly z.core.$ZodIssue[], at: Path): Problem[] {
  return issues.flatMap((issue) => {
    const path = [...at, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      const messages = issue.message.split("\n");
      return issue.keys.map((key, index) => ({
        path: [...path, key],
        message: messages[index] ?? "unknown",
      }));
    }
    const meant = issue.code === "invalid_union" ? closestBranch(issue) : undefined;
    return meant ? allProblems(meant, path) : [{ path, message: describe(issue, path) }];
  });
}

/** The problem in one line, with its place. */
export function problemText({ path, message }: Problem): string {
  return path.length === 0 ? message : `${pathText(path)}: ${message}`;
}

/** A place as JavaScript writes it: `servers[0].cpus`. */
export function pathText(path: Path): string {
  const steps = path.map((step) => typeof step === "number" ? `[${step}]` : `.${String(step)}`);
  return steps.join("").replace(/^\./, "");
}

/** The branch of a union that the value was meant for: the one in which the fault lies deepest within the value. */
function closestBranch({ errors }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const within = errors.filter((issues) => issues.some(isWithin));
  return within.sort((a, b) => depthOf(b) - depthOf(a))[0];
}

function isWithin({ code, path }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

function describe(issue: z.core.$ZodIssue, path: Path): string {
  const { message } = issue;
  const input = inputOf(issue);
  if (input === undefined) return `missing: ${message}`;
  if (path.some((step) => SECRET.test(String(step)))) return `${message}: got ${kindOf(input)}`;
  const near = typeof input === "string" ? nearName(input, choicesOf(issue)) : undefined;
  return `${message}: got ${quoted(input)}${near === undefined ? "" : `, ${near}?`}`;
}

/** The value that is wrong: of an object whose kind is unknown that which should tell it. */
function inputOf(issue: z.core.$ZodIssue): unknown {
  if (issue.code !== "invalid_union" || !issue.discriminator) return issue.input;
  return (issue.input as Record<string, unknown>)[issue.discriminator];
}

/** The texts from which one could be chosen. */
function choicesOf(issue: z.core.$ZodIssue): string[] {
  if (issue.code === "invalid_value") return issue.values.map(String);
  if (issue.code !== "invalid_union") return [];
  return [
    ...("options" in issue ? issue.options ?? [] : []).map(String),
    ...issue.errors.flat().flatMap(choicesOf),
  ];
}

/** Objects are not quoted, for they are long. */
function quoted(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > MOST_QUOTED ? `${value.slice(0, MOST_QUOTED)}...` : value);
  }
  if (isSimple(value)) return String(value);
  if (Array.isArray(value) && value.length <= MOST_ITEMS && value.every(isSimple)) {
    return JSON.stringify(value);
  }
  return kindOf(value);
}

function isSimple(value: unknown): boolean {
  return typeof value === "number" || typeof value === "boolean" || value === null;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "an invalid date" : "a date";
  return KINDS[typeof value];
}

const KINDS = {
  string: "a text",
  number: "a number",
  bigint: "a bigint",
  boolean: "true or false",
  symbol: "a symbol",
  undefined: "nothing",
  object: "an object",
  function: "a function",
};
