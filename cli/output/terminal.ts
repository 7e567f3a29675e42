/**
 * The terminal, or the pipe or file in its place.
 *
 * @module
 */

import process from "node:process";
import { createInterface } from "node:readline/promises";

/** Width of a table where nobody says how wide the terminal is. */
const DEFAULT_COLUMNS = 80;

/** Writes lines of results; on a terminal, without what would move its cursor. */
export function print(text: string): void {
  printStyled(isTerminal() ? printableLines(text) : text);
}

/** Writes lines of results as they are: of texts of others nothing is in them that would move a cursor. */
export function printStyled(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes lines about what happens, apart from the results. */
export function printNote(text: string): void {
  process.stderr.write(`${printableLines(text)}\n`);
}

/** Whether results go to a person's terminal. */
export function isTerminal(): boolean {
  return process.stdout.isTTY === true;
}

/** How many characters a line has; nothing where lines may be as long as they like. */
export function terminalColumns(): number | undefined {
  return isTerminal() ? process.stdout.columns || DEFAULT_COLUMNS : undefined;
}

/** A line that changes as work goes on; nothing of it stays. Nobody sees it but a person at a terminal. */
export class ProgressLine {
  readonly #isShown = process.stderr.isTTY === true;

  show(text: string): void {
    if (this.#isShown) process.stderr.write(`\r\x1b[K${printable(text)}`);
  }

  clear(): void {
    if (this.#isShown) process.stderr.write("\r\x1b[K");
  }
}

/** Asks a person; without a terminal nobody can answer, and the answer is no. */
export async function confirm(question: string, signal: AbortSignal): Promise<boolean> {
  if (process.stdin.isTTY !== true) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  // The terminal hands Ctrl-C over as a key, while it asks.
  lines.on("SIGINT", () => process.emit("SIGINT", "SIGINT"));
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** Text from a broker must not move the cursor of a terminal, and must not turn around what stands beside it. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, "?");
}

/** Control characters, breaks of lines, and what overrides the direction of a text; not the joiners of emoji. */
// deno-lint-ignore no-control-regex -- control characters are what this is about
const UNPRINTABLE = /[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

function printableLines(text: string): string {
  return text.split("\n").map(printable).join("\n");
}

/** Whether results are shown in colours: on a terminal whose user does not object (https://no-color.org). */
export function hasColours(): boolean {
  const { NO_COLOR, TERM } = process.env;
  return isTerminal() && !NO_COLOR && TERM !== "dumb";
}

/** A reader that has seen enough, such as `head -1`, closes the pipe: no failure. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
