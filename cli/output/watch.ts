/**
 * A list that is shown again and again.
 *
 * @module
 */

import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";
import { isTerminal, printNote, printStyled } from "./terminal.ts";

/** Sessions take seconds from state to state; a broker throttles callers that ask too often. */
const INTERVAL_MS = 2_000;

/** Lines of a terminal where nobody says how many it has. */
const DEFAULT_ROWS = 24;

/**
 * Shows a text every few seconds until somebody stops it; on a terminal each time from the top, as much of it as there
 * is room for. A failure on the way does not end it, for a broker may be away for a while; one at the start does.
 */
export async function watch(textNow: () => Promise<string>, signal: AbortSignal): Promise<void> {
  show(await textNow());
  while (!signal.aborted) {
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
    if (signal.aborted) return;
    await textNow().then(show, (error) => {
      if (!signal.aborted) printNote(`dcvkit: ${error instanceof Error ? error.message : error}`);
    });
  }
}

function show(text: string): void {
  printStyled(isTerminal() ? `\x1b[H\x1b[2J${cropped(text, process.stdout.rows || DEFAULT_ROWS)}` : text);
}

/** The last line is for the cursor, and where lines are left out, one more says so. */
function cropped(text: string, rows: number): string {
  const lines = text.split("\n");
  if (lines.length < rows) return text;
  const shown = lines.slice(0, Math.max(1, rows - 2));
  return [...shown, `(${lines.length - shown.length} more: choose by --owner, --state or --host)`].join("\n");
}
