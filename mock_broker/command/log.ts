/**
 * What the command tells while it runs: of requests as they are answered, of its files, and of what is odd.
 *
 * @module
 */

import process from "node:process";
import type { Reconfiguration } from "../description/reconfigure.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { MockBroker } from "../mock_broker.ts";
import { adviceText } from "./advice_text.ts";
import type { LogFormat } from "./command_line.ts";
import { Output } from "./output.ts";
import { readableRequest } from "./request_line.ts";

/** Tells of what happens. */
export interface Log {
  readonly output: Output;
  /** A request was answered, or got no answer; absent where nobody wants to know. */
  request?(entry: JournalEntry): void;
  /** The fleet file has changed: what became of that, or why it could not be taken over. */
  fleetFile(path: string, news: Reconfiguration | Error): void;
  /** What comes first. */
  introduce(text: string): void;
  /** What programs did that would hurt on a real broker, in a world with a name or the one without. */
  advice(world: string | undefined, broker: MockBroker): void;
  /** Something is not as it should be, but nothing stops for it. */
  readonly warn: (text: string) => void;
}

/** The log in a format, on standard output; warnings for people go to standard error. */
export function createLog(format: LogFormat): Log {
  return format === "json" ? jsonLog() : readableLog(format === "quiet");
}

function readableLog(isQuiet: boolean): Log {
  const output = new Output((texts) => `(${texts} lines are missing here, for nobody read them)\n`);
  const colours = process.stdout.isTTY === true && !process.env["NO_COLOR"];
  return {
    output,
    introduce: (text) => output.write(text),
    ...(!isQuiet && { request: (entry) => output.write(`${readableRequest(entry, colours)}\n`) }),
    fleetFile: (path, news) => {
      if (!isQuiet || news instanceof Error) output.write(`${readableFleetFile(path, news)}\n`);
    },
    advice: (world, broker) => void process.stderr.write(adviceText(world, broker)),
    warn: (text) => void process.stderr.write(`dcv-mock-broker: ${text}\n`),
  };
}

function jsonLog(): Log {
  const json = (event: string, about: object) => `${JSON.stringify({ event, ...about })}\n`;
  const output = new Output((texts) => json("missing", { lines: texts }));
  // Programs take the first line for the introduction.
  let early: string[] | undefined = [];
  const tell = (line: string) => {
    if (early) early.push(line);
    else output.write(line);
  };
  return {
    output,
    introduce(text) {
      for (const line of [text, ...early ?? []]) output.write(line);
      early = undefined;
    },
    // Bodies are left out: they are long, and the journal has them.
    request: ({ headers: _headers, request: _request, response: _response, ...entry }) =>
      output.write(json("request", entry)),
    fleetFile: (path, news) =>
      tell(json("fleetFile", { path, ...(news instanceof Error ? { error: news.message } : news) })),
    advice: (world, broker) => output.write(json("advice", { world, advice: broker.advice() })),
    warn: (message) => tell(json("warning", { message })),
  };
}

function readableFleetFile(path: string, news: Reconfiguration | Error): string {
  if (news instanceof Error) return `${news.message}\nThe world goes on as it was`;
  const { changes, afterReset, fixed } = news;
  const parts = [
    changes.join(", "),
    afterReset.length > 0 ? `after a reset: ${afterReset.join(", ")}` : "",
    fixed.length > 0 ? `with the next start: ${fixed.join(", ")}` : "",
  ].filter((part) => part !== "");
  return `Fleet file ${path} taken over: ${parts.join("; ") || "nothing has changed"}`;
}
