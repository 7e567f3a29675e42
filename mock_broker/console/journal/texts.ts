/**
 * Parts of a journal entry as plain texts, however long they are.
 *
 * @module
 */

import { NotFoundError } from "../../control/not_found_error.ts";
import type { BrokerControl } from "../../control/broker_control.ts";
import type { JournalEntry } from "../../journal/entry.ts";
import { readBodyText } from "../../journal/json_body.ts";
import { COPIES } from "./copies/copies.tsx";
import { copiedRequest } from "./copies/copied_request.ts";

/** An entry by its id, which may be any text. */
export function entryWithId({ journal }: BrokerControl, text: string): JournalEntry {
  const id = /^[1-9]\d{0,15}$/.test(text) ? Number(text) : 0;
  const [entry] = Number.isSafeInteger(id) && id > 0
    ? journal.entries({ since: id - 1, before: id + 1 })
    : [];
  if (entry) return entry;
  throw new NotFoundError(`The journal has no entry ${text}, or not any more`);
}

/** The text of this name: a body, JSON with line breaks, or a copy of the request. */
export function textOf(broker: BrokerControl, entry: JournalEntry, name: string): string {
  const har = broker.journal.toHar({ since: entry.id - 1, before: entry.id + 1 });
  const request = copiedRequest(entry, har);
  const copy = Object.hasOwn(COPIES, name) ? COPIES[name] : undefined;
  if (copy && request) return copy.write(request);
  const [archived] = har.log.entries;
  const texts = new Map([
    ["request", archived?.request.postData?.text],
    ["answer", archived?.response.content.text],
  ]);
  const text = texts.get(name);
  if (text !== undefined) return withLineBreaks(text);
  throw new NotFoundError(`Entry ${entry.id} of the journal has no such text: ${name}`);
}

/** JSON as it is easy to read; anything else stays as it is. */
export function withLineBreaks(text: string): string {
  const value = readBodyText(text);
  return typeof value === "string" ? text : JSON.stringify(value, undefined, 2);
}
