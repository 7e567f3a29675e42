/**
 * Telling of requests as they are answered.
 *
 * @module
 */

import type { JournalEntry } from "../journal/entry.ts";
import type { MockBroker } from "../mock_broker.ts";
import type { LogFormat } from "./command_line.ts";

/** Writes a line for each request from now on. */
export function logRequests({ journal }: MockBroker, format: LogFormat, write: (line: string) => void): void {
  if (format === "quiet") return;
  const line = format === "json" ? jsonLine : readableLine;
  journal.subscribe((entry) => write(`${line(entry)}\n`));
}

/** Bodies are left out: they are long, and the journal has them. */
function jsonLine({ request: _request, response: _response, ...entry }: JournalEntry): string {
  return JSON.stringify({ event: "request", ...entry });
}

function readableLine({ time, method, path, status, outcomes, faults }: JournalEntry): string {
  const failed = outcomes?.failed.map(({ item, reason }) => `${item}: ${reason}`) ?? [];
  const remarks = [
    ...(failed.length > 0 ? [`failed ${failed.join("; ")}`] : []),
    ...(faults.length > 0 ? [`struck by ${faults.join(", ")}`] : []),
  ];
  return [time, method, printable(path), status ?? "no answer", ...remarks.map(printable)].join(" ");
}

/** What callers send must not move the cursor of a terminal. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}
