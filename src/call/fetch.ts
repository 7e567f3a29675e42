/**
 * The part of `fetch` that the client uses. It names no type of the web's or of Node's, because those of
 * browsers, Deno, undici and node-fetch each refuse some of the others.
 *
 * @module
 */

/** What the client passes to a {@linkcode Fetch}. */
export interface FetchInit {
  /** The HTTP method. */
  method: string;
  /** The request's headers. */
  headers: Record<string, string>;
  /**
   * The request's body: text. On Deno that of a creation is a `Blob`, whose `String()` is the text; Deno's
   * `fetch` could send a text twice.
   */
  body: string | null;
  /** Ends the request. */
  signal: AbortSignal;
  /** Redirects are not followed, since they would take the token elsewhere. */
  redirect: "manual";
  /** Answers are not kept. */
  cache?: "no-store";
}

/** What the client needs of an answer. */
export interface FetchResponse {
  /** Whether the status is one of success. */
  readonly ok: boolean;
  /** The HTTP status. */
  readonly status: number;
  /** The answer's headers. */
  readonly headers: { get(name: string): string | null };
  /** The body as a stream, of the web or of Node. */
  readonly body: unknown;
  /** Reads the body. */
  text(): Promise<string>;
  /** Reads the body as JSON; on Bun, where that is faster. */
  json(): Promise<unknown>;
}

/** A `fetch` as the client calls it: the global one, undici's, node-fetch's, or a function of yours. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchResponse>;

/**
 * A body that is on the wire once. Deno's `fetch` sends a request again when a kept connection closes before
 * the answer, also if the broker has acted on it (as its `node:https` does, denoland/deno#36786), unless the
 * body is a stream, as that of a Blob is. Other runtimes get the text.
 */
export function sentOnce(body: string): string {
  if (!("Deno" in globalThis)) return body;
  return Object.assign(new Blob([body]), { toString: () => body }) as unknown as string;
}
