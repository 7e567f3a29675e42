/**
 * A request as a line for people: when, what came of it, what was asked for, how long it took, by whom, and why it went
 * wrong.
 *
 * @module
 */

import { styleText } from "node:util";
import type { JournalEntry } from "../journal/entry.ts";
import { printable } from "./printable.ts";

/** Longest reason that is shown, in characters. */
const MOST_OF_A_REASON = 300;

type Colour = "green" | "cyan" | "yellow" | "red" | "magenta";

/** The line; no control character is left in it but those that colour it. */
export function readableRequest(entry: JournalEntry, colours: boolean): string {
  if (entry.problem !== undefined) return printable(`${entry.time} no request - ${entry.problem}`);
  const { time, status, operation, method, path, duration, clientId } = entry;
  const outcome = status === undefined ? "no answer" : String(status);
  const remarks = remarksOn(entry);
  return [
    time,
    colours ? styleText(colourOf(status), outcome, { validateStream: false }) : outcome,
    printable(`${method} ${path}`),
    ...(operation === undefined ? [] : [operation]),
    `${Math.round(duration)} ms`,
    ...(clientId === undefined ? [] : [printable(`by ${clientId}`)]),
    ...(remarks.length === 0 ? [] : [`- ${printable(remarks.join("; "))}`]),
  ].join(" ");
}

function remarksOn({ status, outcomes, response, faults, faultTypes }: JournalEntry): string[] {
  const refused = status !== undefined && status >= 400 ? reasonIn(response) : undefined;
  return [
    ...(refused === undefined ? [] : [refused]),
    ...outcomes?.failed.map(({ item, reason }) => `${item} failed: ${shortened(reason)}`) ?? [],
    ...(faults.length === 0
      ? []
      : [`struck by ${faults.map((id, index) => `${id} (${faultTypes[index]})`).join(", ")}`]),
  ];
}

/** The broker's own words, or whatever a fault put in their place. */
function reasonIn(response: unknown): string | undefined {
  if (typeof response === "string") return shortened(response);
  const { error } = (response ?? {}) as { error?: unknown };
  return typeof error === "string" ? shortened(error) : undefined;
}

function shortened(text: string): string {
  return text.length > MOST_OF_A_REASON ? `${text.slice(0, MOST_OF_A_REASON)}...` : text;
}

function colourOf(status: number | undefined): Colour {
  if (status === undefined) return "magenta";
  if (status >= 500) return "red";
  if (status >= 400) return "yellow";
  return status >= 300 ? "cyan" : "green";
}
