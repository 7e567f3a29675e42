/**
 * What is wrong with a file, and where it says so.
 *
 * @module
 */

import { type Document, isMap, isPair, isScalar, type LineCounter, type Node } from "yaml";
import type { z } from "zod";

/** Longest value that a message quotes, in characters. */
const MOST_QUOTED = 60;

/** A step on the way to a value: a key or a place in a list. */
export type Path = readonly PropertyKey[];

/** Something wrong with a file. */
export interface FileProblem {
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  /** Where in the file's structure, such as `servers[0].cpus`; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what was found. */
  readonly message: string;
}

/** Something wrong with a value, before it is known where that stands. */
export interface ValueProblem {
  readonly path: Path;
  readonly message: string;
}

/** The problems that a schema found; an object with several unknown keys has a problem for each. */
export function schemaProblems(issues: readonly z.core.$ZodIssue[], base: Path = []): ValueProblem[] {
  return issues.flatMap((issue) => {
    const path = [...base, ...issue.path];
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key], message: "Unknown key" }));
    }
    const meant = issue.code === "invalid_union" ? closestBranch(issue) : undefined;
    return meant ? schemaProblems(meant, path) : [{ path, message: describe(issue, path) }];
  });
}

/**
 * The branch of a union that the value was meant for: the one in which the fault lies deepest, or the one that the
 * value has the right type for if the union itself says nothing of what it expects.
 */
function closestBranch({ errors, message }: z.core.$ZodIssueInvalidUnion): z.core.$ZodIssue[] | undefined {
  const within = errors.filter((issues) => issues.some(isWithin));
  if (within.length > 0) return within.sort((a, b) => depthOf(b) - depthOf(a))[0];
  if (message !== "Invalid input") return undefined;
  return errors.find((issues) => issues.every(({ code }) => code !== "invalid_type"));
}

function isWithin({ code, path }: z.core.$ZodIssue): boolean {
  return path.length > 0 || code === "unrecognized_keys";
}

function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(...issues.map(({ path }) => path.length));
}

/** Objects are not quoted, for they are long, and nothing of API clients is, for they have secrets. */
function describe({ message, input }: z.core.$ZodIssue, [top]: Path): string {
  if (input === undefined) return "Missing";
  if (typeof input === "object" || top === "clients") return message;
  const text = JSON.stringify(input) ?? String(input);
  return `${message}: ${text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}...` : text}`;
}

/** Finds the line of a problem: that of the value, or of what should hold it. */
export function locate({ path, message }: ValueProblem, document: Document, lines: LineCounter): FileProblem {
  const offset = startOf(document.contents, path);
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), path: pathText(path), message };
}

/** Where the last step of the path is that exists: a key rather than its value, for that is what a reader looks for. */
function startOf(root: Node | null, path: Path): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : (node as { items?: unknown[] } | undefined)?.items?.[Number(step)];
    if (pair === undefined) break;
    const [start, next] = isPair(pair) ? [pair.key, pair.value] : [pair, pair];
    offset = (start as Node).range?.[0] ?? offset;
    node = next;
  }
  return offset;
}

function pathText(path: Path): string {
  return path.map((step) => typeof step === "number" ? `[${step}]` : `.${String(step)}`).join("").replace(
    /^\./,
    "",
  );
}
