/**
 * The journal as an HTTP archive, format HAR 1.2.
 *
 * @module
 */

import type { JournalEntry } from "./entry.ts";

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
    readonly headers: readonly never[];
    readonly queryString: readonly { readonly name: string; readonly value: string }[];
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

const PORTS = { client: 8443, agent: 8445, gateway: 8447 };

/** The entries as an archive. Headers are not in the journal, and so not here. */
export function toHar(entries: readonly JournalEntry[]): Har {
  const creator = { name: "@dcvkit/mock-broker", version: "1" };
  return { log: { version: "1.2", creator, entries: entries.map(harEntry) } };
}

function harEntry(entry: JournalEntry): HarEntry {
  const { time, duration, connector, method, path, query, status = 0, faults } = entry;
  const url = new URL(`https://broker.mock:${PORTS[connector]}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const posted = textOf(entry.request);
  const answered = textOf(entry.response);
  const common = { httpVersion: "HTTP/1.1", cookies: [], headers: [], headersSize: -1 } as const;
  return {
    startedDateTime: time,
    time: duration,
    request: {
      ...common,
      method,
      url: url.href,
      queryString: Object.entries(query).map(([name, value]) => ({ name, value })),
      ...(posted !== undefined && { postData: { mimeType: mimeType(entry.request), text: posted } }),
      bodySize: sizeOf(posted),
    },
    response: {
      ...common,
      status,
      statusText: "",
      content: {
        size: sizeOf(answered),
        mimeType: mimeType(entry.response),
        ...(answered !== undefined && { text: answered }),
      },
      redirectURL: "",
      bodySize: sizeOf(answered),
    },
    cache: {},
    timings: { send: 0, wait: duration, receive: 0 },
    ...(faults.length > 0 && { comment: `Faults: ${faults.join(", ")}` }),
  };
}

function textOf(body: unknown): string | undefined {
  return typeof body === "string" || body === undefined ? body : JSON.stringify(body);
}

function mimeType(body: unknown): string {
  return typeof body === "string" ? "text/plain" : "application/json";
}

function sizeOf(text: string | undefined): number {
  return text === undefined ? 0 : new TextEncoder().encode(text).byteLength;
}
