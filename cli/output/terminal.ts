/**
 * The terminal, or the pipe or file in its place.
 *
 * @module
 */

import process from "node:process";
import { createInterface } from "node:readline/promises";

/** Width of a table where nobody says how wide the terminal is. */
const DEFAULT_COLUMNS = 80;

/** Writes a line of results. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Writes a line about what happens, apart from the results. */
export function printNote(text: string): void {
  process.stderr.write(`${text}\n`);
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
  try {
    const answer = await lines.question(`${question} [y/N] `, { signal });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}

/** Text from a broker must not move the cursor of a terminal. */
export function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}

/** A reader that has seen enough, such as `head -1`, closes the pipe: no failure. */
export function endWithReader(): void {
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(0);
    throw error;
  });
}
