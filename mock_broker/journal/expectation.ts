/**
 * What somebody expects of a request, and how what came differs from it.
 *
 * @module
 */

import type { OperationName } from "../simulation/fault_rule.ts";
import type { ConnectorName, JournalEntry } from "./entry.ts";

/**
 * What to look for in the journal. Objects match if they hold what is named, whatever else they hold; lists match
 * item by item; a regular expression matches texts.
 */
export interface JournalExpectation {
  /** Where it came in. */
  readonly connector?: ConnectorName | undefined;
  /** What was asked for. */
  readonly operation?: OperationName | undefined;
  /** The HTTP method, in capitals. */
  readonly method?: string | undefined;
  /** The path within the world. */
  readonly path?: string | RegExp | undefined;
  /** Headers that the request had, by their names in small letters: `{ "user-agent": /^portal/ }`. */
  readonly headers?: Readonly<Record<string, string | RegExp>> | undefined;
  /** The API client that called. */
  readonly clientId?: string | undefined;
  /** The status of the answer, or what it begins with. */
  readonly status?: number | StatusClass | undefined;
  /** A fault that struck: the id of its rule, or what it did (`delay`, `reset`, ...). */
  readonly fault?: string | undefined;
  /** The body of the request. */
  readonly request?: unknown;
  /** The body of the answer. */
  readonly response?: unknown;
}

/** The statuses that begin with a digit; `none` where there was no answer. */
export type StatusClass = "1xx" | "2xx" | "3xx" | "4xx" | "5xx" | "none";

/** All classes of statuses. */
export const STATUS_CLASSES = [
  "1xx",
  "2xx",
  "3xx",
  "4xx",
  "5xx",
  "none",
] as const satisfies readonly StatusClass[];

/** How many entries an error shows. */
const NEAREST = 3;

/** Longest value that an error quotes, in characters. */
const MOST_QUOTED = 200;

/** Whether an entry is what was expected. */
export function matchesExpectation(entry: JournalEntry, expectation: JournalExpectation): boolean {
  return differences(entry, expectation).length === 0;
}

/** What an error says when the expected did not come, or not as often. */
export function describeMismatch(
  entries: readonly JournalEntry[],
  expectation: JournalExpectation,
  times: number | undefined,
  count: number,
): string {
  const wanted = times === undefined ? "at least once" : times === 0 ? "never" : `${times} times`;
  const head = `Expected ${wanted}, but received ${count} times: ${quote(expectation)}`;
  if (entries.length === 0) return `${head}\nThe journal is empty`;
  const judged = entries.map((entry) => ({ entry, found: differences(entry, expectation) }));
  if (count > 0) {
    const matching = judged.filter(({ found }) => found.length === 0).slice(-NEAREST);
    return [head, "It came as:", ...matching.map(({ entry }) => `  ${title(entry)}`)].join("\n");
  }
  const nearest = judged.sort((a, b) => distance(a.found) - distance(b.found)).slice(0, NEAREST);
  return [
    head,
    `The nearest of ${entries.length} entries:`,
    ...nearest.flatMap(({ entry, found }) => [
      `  ${title(entry)}`,
      ...found.map((difference) => `    ${difference.text}`),
    ]),
  ].join("\n");
}

interface Difference {
  readonly text: string;
  /** The wrong operation or path is further off than a wrong field in a body. */
  readonly weight: number;
}

function differences(entry: JournalEntry, expectation: JournalExpectation): Difference[] {
  const { fault, status, ...fields } = expectation;
  const found = Object.entries(fields).flatMap(([name, expected]) => {
    const weight = ["request", "response", "headers"].includes(name) ? 1 : 10;
    return compare(name, entry[name as keyof JournalEntry], expected).map((text) => ({ text, weight }));
  });
  if (!hasStatus(entry.status, status)) {
    found.push({ text: `status: expected ${quote(status)}, was ${quote(entry.status)}`, weight: 1 });
  }
  if (fault !== undefined && ![...entry.faults, ...entry.faultTypes].includes(fault)) {
    found.push({ text: `fault: expected ${quote(fault)}, was ${quote(entry.faults)}`, weight: 1 });
  }
  return found;
}

/** Whether a status is the expected one, or of the expected class. */
export function hasStatus(status: number | undefined, expected: number | StatusClass | undefined): boolean {
  if (expected === undefined || status === expected) return true;
  if (status === undefined) return expected === "none";
  return typeof expected === "string" && expected.startsWith(String(Math.floor(status / 100)));
}

function distance(found: readonly Difference[]): number {
  return found.reduce((sum, { weight }) => sum + weight, 0);
}

function compare(at: string, actual: unknown, expected: unknown): string[] {
  if (expected === undefined || Object.is(actual, expected)) return [];
  const difference = [`${at}: expected ${quote(expected)}, was ${quote(actual)}`];
  if (expected instanceof RegExp) {
    return typeof actual === "string" && new RegExp(expected).test(actual) ? [] : difference;
  }
  if (!isObject(expected) || !isObject(actual)) return difference;
  if (Array.isArray(expected) !== Array.isArray(actual)) return difference;
  if (Array.isArray(expected) && expected.length !== (actual as unknown as unknown[]).length) {
    return difference;
  }
  return Object.entries(expected).flatMap(([key, value]) =>
    compare(Array.isArray(expected) ? `${at}[${key}]` : `${at}.${key}`, actual[key], value)
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function title({ id, time, method, path, status, clientId }: JournalEntry): string {
  const caller = clientId === undefined ? "" : ` by ${clientId}`;
  return `#${id} ${time} ${method} ${path}${caller}: ${status ?? "no answer"}`;
}

function quote(value: unknown): string {
  const text = JSON.stringify(value, (_, inner) => inner instanceof RegExp ? String(inner) : inner) ??
    "nothing";
  return text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}...` : text;
}
