/**
 * What the command tells while it runs: of requests as they are answered, and of its fleet file.
 *
 * @module
 */

import type { JournalEntry } from "../journal/entry.ts";
import type { Reconfiguration } from "../description/reconfigure.ts";
import type { LogFormat } from "./command_line.ts";

/** Tells of what happens. */
export interface Log {
  /** A request was answered, or got no answer; absent where nobody wants to know. */
  request?(entry: JournalEntry): void;
  /** The fleet file has changed: what became of that, or why it could not be taken over. */
  fleetFile(path: string, news: Reconfiguration | Error): void;
}

/** The log in a format. */
export function createLog(format: LogFormat, write: (text: string) => void): Log {
  const line = (text: string) => write(`${text}\n`);
  if (format === "quiet") {
    return { fleetFile: (path, news) => news instanceof Error && line(readableFleetFile(path, news)) };
  }
  const [request, fleetFile] = format === "json"
    ? [jsonRequest, jsonFleetFile]
    : [readableRequest, readableFleetFile];
  return {
    request: (entry) => line(request(entry)),
    fleetFile: (path, news) => line(fleetFile(path, news)),
  };
}

function readableRequest({ time, method, path, status, outcomes, faults }: JournalEntry): string {
  const failed = outcomes?.failed.map(({ item, reason }) => `${item}: ${reason}`) ?? [];
  const remarks = [
    ...(failed.length > 0 ? [`failed ${failed.join("; ")}`] : []),
    ...(faults.length > 0 ? [`struck by ${faults.join(", ")}`] : []),
  ];
  return printable([time, method, path, status ?? "no answer", ...remarks].join(" "));
}

/** Bodies are left out: they are long, and the journal has them. */
function jsonRequest(
  { headers: _headers, request: _request, response: _response, ...entry }: JournalEntry,
): string {
  return JSON.stringify({ event: "request", ...entry });
}

function readableFleetFile(path: string, news: Reconfiguration | Error): string {
  if (news instanceof Error) return `${news.message}\nThe world goes on as it was`;
  const { changes, afterReset, fixed } = news;
  const parts = [
    changes.join(", "),
    afterReset.length > 0 ? `after a reset: ${afterReset.join(", ")}` : "",
    fixed.length > 0 ? `with the next start: ${fixed.join(", ")}` : "",
  ].filter((part) => part !== "");
  return printable(`Fleet file ${path} taken over: ${parts.join("; ") || "nothing has changed"}`);
}

function jsonFleetFile(path: string, news: Reconfiguration | Error): string {
  const event = "fleetFile";
  return JSON.stringify(
    news instanceof Error ? { event, path, error: news.message } : { event, path, ...news },
  );
}

/** What callers send must not move the cursor of a terminal. */
function printable(text: string): string {
  // deno-lint-ignore no-control-regex -- control characters are what this is about
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, "?");
}
