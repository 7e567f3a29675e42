/**
 * A list that is shown again and again.
 *
 * @module
 */

import { setTimeout as sleep } from "node:timers/promises";
import process from "node:process";
import { isTerminal } from "./terminal.ts";

/** Sessions take seconds from state to state; a broker throttles callers that ask too often. */
const INTERVAL_MS = 2_000;

/** Shows something every few seconds until somebody stops it; on a terminal each time from the top. */
export async function watch(show: () => Promise<void>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    if (isTerminal()) process.stdout.write("\x1b[H\x1b[2J");
    await show();
    await sleep(INTERVAL_MS, undefined, { signal }).catch(() => {});
  }
}
