/**
 * The journal as an HTTP archive, format HAR 1.2.
 *
 * @module
 */

import type { RecordedExchange } from "./entry.ts";
import { type NameAndValue, parameterList, sentHeaders, sentQuery, sentUrl } from "./sent_request.ts";

/** An HTTP archive (HAR 1.2), as far as a journal fills one. */
export interface Har {
  /** The whole archive: the format wraps it once. */
  readonly log: {
    readonly version: "1.2";
    readonly creator: { readonly name: string; readonly version: string };
    readonly entries: readonly HarEntry[];
  };
}

/** A request and its answer in an HTTP archive; its fields are those of HAR 1.2. */
export interface HarEntry {
  /** When the request came, in simulated time: ISO 8601. */
  readonly startedDateTime: string;
  /** Milliseconds of simulated time until the answer. */
  readonly time: number;
  /** The request. */
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly httpVersion: string;
    readonly cookies: readonly never[];
    readonly headers: readonly NameAndValue[];
    readonly queryString: readonly NameAndValue[];
    readonly postData?: { readonly mimeType: string; readonly text: string };
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  /** The answer; a status of 0 stands for none, as browsers write it. */
  readonly response: {
    readonly status: number;
    readonly statusText: string;
    readonly httpVersion: string;
    readonly cookies: readonly never[];
    readonly headers: readonly never[];
    readonly content: { readonly size: number; readonly mimeType: string; readonly text?: string };
    readonly redirectURL: string;
    readonly headersSize: -1;
    readonly bodySize: number;
  };
  /** Empty: nothing is cached. */
  readonly cache: Readonly<Record<string, never>>;
  /** The time until the answer as the format wants it. */
  readonly timings: { readonly send: 0; readonly wait: number; readonly receive: 0 };
  /** The ids of the fault rules that struck. */
  readonly comment?: string;
}

/** The exchanges as an archive. Of an answer no headers are kept. */
export function toHar(exchanges: readonly RecordedExchange[]): Har {
  const creator = { name: "@dcvkit/mock-broker", version: "1" };
  return { log: { version: "1.2", creator, entries: exchanges.map(harEntry) } };
}

function harEntry(exchange: RecordedExchange): HarEntry {
  const { time, duration, method, sent, status = 0, requestText, responseText, faults } = exchange;
  const headers = sentHeaders(sent);
  const common = { httpVersion: `HTTP/${sent.httpVersion}`, cookies: [], headersSize: -1 } as const;
  return {
    startedDateTime: new Date(time).toISOString(),
    time: duration,
    request: {
      ...common,
      method,
      url: sentUrl(sent),
      headers,
      queryString: parameterList(sentQuery(sent)),
      ...(requestText !== undefined && { postData: { mimeType: sentType(headers), text: requestText } }),
      bodySize: sizeOf(requestText),
    },
    response: {
      ...common,
      headers: [],
      status,
      statusText: "",
      content: {
        size: sizeOf(responseText),
        mimeType: answeredType(responseText),
        ...(responseText !== undefined && { text: responseText }),
      },
      redirectURL: "",
      bodySize: sizeOf(responseText),
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...(faults.length > 0 && { comment: `Faults: ${faults.map(({ id }) => id).join(", ")}` }),
  };
}

function sentType(headers: readonly NameAndValue[]): string {
  return headers.find(({ name }) => name.toLowerCase() === "content-type")?.value ?? "text/plain";
}

/** The agent connector answers with XML, all others with JSON. */
function answeredType(text = ""): string {
  return text.startsWith("<") ? "application/xml" : "application/json";
}

function sizeOf(text: string | undefined): number {
  return text === undefined ? 0 : new TextEncoder().encode(text).byteLength;
}
