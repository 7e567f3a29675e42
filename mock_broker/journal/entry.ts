/**
 * One request in the journal, and what became of it.
 *
 * @module
 */

import type { OperationName } from "../simulation/fault_rule.ts";
import { readBodyText } from "./json_body.ts";
import { headersByName, parametersOf, sentPath, sentQuery, type SentRequest } from "./sent_request.ts";

/** A connector of the broker, for clients, for agents and DCV servers, or for Connection Gateways; or the desktops. */
export type ConnectorName = "client" | "agent" | "gateway" | "desktop";

/** A request and its answer. Secrets and tokens are left out. */
export interface JournalEntry {
  /** Counts up from 1, and is never used again, not even after `clear()`. */
  readonly id: number;
  /** When the request came, in simulated time: ISO 8601. */
  readonly time: string;
  /** Milliseconds of simulated time until the answer. */
  readonly duration: number;
  /** Where it came in. */
  readonly connector: ConnectorName;
  /** Absent for a path that the broker does not have. */
  readonly operation?: OperationName;
  /** The HTTP method. */
  readonly method: string;
  /** The path within the world, as it was sent: with its percent signs. */
  readonly path: string;
  /** The parameters in the URL, decoded, unless they are secrets. */
  readonly query: Readonly<Record<string, string>>;
  /** The headers by their names in small letters; of a secret there is only that it was there. */
  readonly headers: Readonly<Record<string, string>>;
  /** The API client, as far as the broker knows it. */
  readonly clientId?: string;
  /**
   * The request's body: JSON as what it says, a form by its parameters, anything else as a text, and so is JSON of more
   * than 200 levels. Absent if nobody looked at it.
   */
  readonly request?: unknown;
  /** Absent if there was no answer. */
  readonly status?: number;
  /** What the answer's `Retry-After` says: seconds, or an HTTP date. */
  readonly retryAfter?: string;
  /** The broker's answer, before any fault that cut it off or garbled it. */
  readonly response?: unknown;
  /** What became of each item of a batch. */
  readonly outcomes?: ItemOutcomes;
  /** The ids of the fault rules that struck, its items too. */
  readonly faults: readonly string[];
  /** What these rules did, in the same order: `delay`, `reset`, ... */
  readonly faultTypes: readonly string[];
  /**
   * Why a connection brought no request: a TLS handshake that failed, or bytes that are not HTTP. Then `method` and
   * `path` are empty.
   */
  readonly problem?: string;
}

/** The items of a batch by their outcome. */
export interface ItemOutcomes {
  /** The ids of the sessions or servers. */
  readonly succeeded: readonly string[];
  /** The others, with their reasons. */
  readonly failed: readonly FailedItem[];
}

/** An item that failed. */
export interface FailedItem {
  /** The session's or server's id, or the name of a session that was not created. */
  readonly item: string;
  /** Its `FailureReason`. */
  readonly reason: string;
}

/** A text, or what becomes one when somebody reads it. */
export interface KeptText {
  readonly length: number;
  toString(): string;
}

/** What is kept of an exchange. */
export interface KeptExchange extends Omit<RecordedExchange, "responseText"> {
  readonly responseText: KeptText | undefined;
}

/** What is known of an exchange: bodies stay texts until somebody reads the entry. */
export interface RecordedExchange {
  readonly time: number;
  readonly duration: number;
  readonly connector: ConnectorName;
  readonly operation: OperationName | undefined;
  readonly method: string;
  /** The path within the world, decoded. */
  readonly path: string;
  readonly sent: SentRequest;
  readonly clientId: string | undefined;
  readonly requestText: string | undefined;
  readonly status: number | undefined;
  readonly retryAfter?: string | undefined;
  readonly responseText: string | undefined;
  /** The fault rules that struck, and what they did. */
  readonly faults: readonly StruckBy[];
  readonly problem?: string | undefined;
}

/** A fault rule that struck. */
export interface StruckBy {
  readonly id: string;
  readonly type: string;
}

/** What a journal shows of an exchange. */
export function journalEntry(id: number, exchange: RecordedExchange): JournalEntry {
  const { operation, clientId, status, requestText, responseText, sent } = exchange;
  const response = responseText === undefined ? undefined : readBodyText(responseText);
  const outcomes = outcomesOf(response);
  return {
    id,
    time: new Date(exchange.time).toISOString(),
    duration: exchange.duration,
    connector: exchange.connector,
    ...(operation && { operation }),
    method: exchange.method,
    path: sentPath(sent, exchange.path),
    query: parametersOf(sentQuery(sent)),
    headers: headersByName(sent),
    ...(clientId !== undefined && { clientId }),
    ...(requestText !== undefined && { request: requestBody(exchange, requestText) }),
    ...(status !== undefined && { status }),
    ...(exchange.retryAfter !== undefined && { retryAfter: exchange.retryAfter }),
    ...(responseText !== undefined && { response }),
    ...(outcomes && { outcomes }),
    faults: exchange.faults.map(({ id }) => id),
    faultTypes: exchange.faults.map(({ type }) => type),
    ...(exchange.problem !== undefined && { problem: exchange.problem }),
  };
}

/** A DCV server sends a form, whatever its content type. */
function requestBody({ operation }: RecordedExchange, text: string): unknown {
  return operation === "validateAuthenticationToken" ? parametersOf(text) : readBodyText(text);
}

// deno-lint-ignore no-explicit-any -- read from JSON of six shapes; what is missing reads as undefined
function outcomesOf(response: any): ItemOutcomes | undefined {
  if (!Array.isArray(response?.SuccessfulList)) return undefined;
  return {
    succeeded: response.SuccessfulList.map(itemName),
    // deno-lint-ignore no-explicit-any -- as above
    failed: response.UnsuccessfulList.map((failure: any) => ({
      item: itemName(failure),
      reason: failure.FailureReason,
    })),
  };
}

// deno-lint-ignore no-explicit-any -- as above
function itemName(item: any): string {
  const about = item.SessionScreenshot ?? item.CreateSessionRequestData ?? item.OpenServerRequestData ??
    item.CloseServerRequestData ?? item.GetSessionScreenshotRequestData ?? item;
  return about.Id ?? about.SessionId ?? about.ServerId ?? about.Name;
}
