/**
 * Looking for a text in a request and its answer. What is searched is what the journal shows: no secrets.
 *
 * @module
 */

import type { RecordedExchange } from "./entry.ts";
import { readBodyText } from "./json_body.ts";
import { parameterList, sentHeaders, sentPath, sentQuery } from "./sent_request.ts";

/** Whether a text stands anywhere in an exchange, whatever capitals it has. */
export function holdsText(exchange: RecordedExchange, text: string): boolean {
  const { method, operation, clientId, sent, path, faults, problem } = exchange;
  const wanted = text.toLowerCase();
  const holds = (word: string | undefined) => word?.toLowerCase().includes(wanted) ?? false;
  const words = [`${method} ${sentPath(sent, path)}`, path, operation, clientId, problem];
  if (words.some(holds) || faults.some(({ id, type }) => holds(id) || holds(type))) return true;
  const fields = [...parameterList(sentQuery(sent)), ...sentHeaders(sent)];
  if (fields.some(({ name, value }) => holds(`${name}: ${value}`))) return true;
  return bodyHolds(exchange.requestText, wanted) || bodyHolds(exchange.responseText, wanted);
}

/** Within JSON, spaces and escapes do not matter: a text is found as it is read. */
function bodyHolds(body: string | undefined, wanted: string): boolean {
  if (body === undefined) return false;
  const written = withoutSpaces(JSON.stringify(wanted).slice(1, -1));
  const spellings = new Set([wanted, written, withoutSpaces(wanted)]);
  const holdsOne = (text: string) => [...spellings].some((spelling) => text.includes(spelling));
  if (holdsOne(body.toLowerCase())) return true;
  const isPlain = !body.includes("\\u") && !/[:,]\s/.test(body);
  if (isPlain) return false;
  const value = readBodyText(body);
  return typeof value !== "string" && holdsOne(JSON.stringify(value).toLowerCase());
}

/** As JSON is written without spaces between its parts. */
function withoutSpaces(text: string): string {
  return text.replace(/([:,])\s+/g, "$1");
}

/** Whether a name may stand in the bodies or the URL of an exchange: if not, nobody need parse them. */
export function mayHoldName(
  { requestText, responseText, path, sent }: RecordedExchange,
  name: string,
): boolean {
  return [requestText, responseText, path, sent.target ?? sent.url].some((text) =>
    text !== undefined && (text.includes(name) || /[\\%+]/.test(text))
  );
}
