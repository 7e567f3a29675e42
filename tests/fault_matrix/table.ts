/**
 * The fault matrix as docs/errors_and_retries.md shows it.
 *
 * @module
 */

import {
  BATCHES,
  expected,
  type FaultCase,
  FAULTS,
  isPossible,
  type Outcome,
  type Strikes,
  type Target,
  TARGETS,
} from "./cells.ts";

const BEGIN = "<!-- The fault matrix, written by `deno task docs:faults` -->";
const END = "<!-- The end of the fault matrix -->";

/** Targets for which every fault has the same outcome. */
const COLUMNS: readonly (readonly [title: string, targets: readonly Target[]])[] = [
  ["`createSessions`", ["createSessions"]],
  ["other batches", BATCHES.filter((target) => target !== "createSessions")],
  ["lists, connection data", TARGETS.filter((target) => /^describe|Data$/.test(target))],
  ["token endpoint", ["token"]],
  ["`health`", ["health"]],
];

/** The guide with the matrix as it is now. */
export function withMatrix(guide: string): string {
  const [before, after] = [guide.indexOf(BEGIN), guide.indexOf(END)];
  if (before < 0 || after < before) throw new Error(`The guide lacks the line ${BEGIN} or ${END}`);
  return `${guide.slice(0, before + BEGIN.length)}\n\n${matrix()}\n${guide.slice(after)}`;
}

function matrix(): string {
  const rows = FAULTS.flatMap((faultCase) =>
    (["once", "always"] as const).map((strikes) => [
      `${faultCase.name}, ${strikes}`,
      ...COLUMNS.map(([, targets]) => cell(faultCase, targets, strikes)),
    ])
  );
  const header = ["fault", ...COLUMNS.map(([title]) => title)];
  const widths = header.map((_, column) => Math.max(...[header, ...rows].map((row) => row[column]!.length)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((text, column) => text.padEnd(widths[column]!)).join(" | ")} |\n`;
  return line(header) + line(widths.map((width) => "-".repeat(width))) + rows.map(line).join("");
}

function cell(faultCase: FaultCase, targets: readonly Target[], strikes: Strikes): string {
  const possible = targets.filter((target) => isPossible(faultCase, target));
  const texts = new Set(possible.map((target) => inWords(expected(faultCase, target, strikes), target)));
  if (texts.size > 1) throw new Error(`${faultCase.name} has several outcomes for ${targets}`);
  return [...texts][0] ?? "";
}

function inWords({ result, requests, sessions }: Outcome, target: Target): string {
  const words = /^[A-Z_]+$/.test(result) ? `\`${result}\`` : result;
  const made = target === "createSessions" ? `, ${count(sessions, "session")}` : "";
  return `${words}, ${count(requests, "request")}${made}`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
