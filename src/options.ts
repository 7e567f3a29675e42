/**
 * What a client and each of its calls can be told.
 *
 * @module
 */

import type { Credentials } from "./credentials.ts";
import type { RetryPolicy } from "./retry.ts";
import type { Fetch } from "./call/fetch.ts";
import type { AttemptEvent } from "./call/transport.ts";

/** How to reach a broker. */
export interface ClientOptions {
  /** Where the broker listens for clients, `https://broker:8443` say; a path in front of its own is kept. */
  brokerUrl: string | URL;
  /** What to authenticate with; nothing for a broker with `enable-authorization = false`. */
  credentials?: Credentials | undefined;
  /**
   * The token endpoint of an external authorization server; it may have a query, which is kept. Such a server
   * is asked as RFC 6749 has it, parameters in the body and each of them once. The broker's own endpoint takes
   * them in the query, also if it is written out here. `./authorization` has more.
   *
   * @default {the path /oauth2/token of `brokerUrl`}
   */
  tokenUrl?: string | URL | undefined;
  /** The scope to ask an authorization server for, `dcv-session-manager/sm_scope` say. */
  scope?: string | undefined;
  /**
   * What sends the requests: `createTlsFetch({ ca })`, a mock broker's, a proxy's.
   *
   * @default {globalThis.fetch}
   */
  fetch?: Fetch | undefined;
  /**
   * How long one attempt may take, in milliseconds, up to the end of the answer.
   *
   * @default {30000}
   */
  timeout?: number | undefined;
  /** How often to try; `false` for once. A refused token is replaced once in any case. */
  retry?: RetryPolicy | false | undefined;
  /**
   * How many bytes an answer may have, counted after decompression. A longer one is read no further, and is
   * `INVALID_RESPONSE`, or the error that its status says.
   *
   * @default {33554432}
   */
  maxAnswerSize?: number | undefined;
  /** Is told of each attempt. What it throws is ignored, and what it returns is not waited for. */
  onAttempt?: ((event: AttemptEvent) => unknown) | undefined;
}

/** What a single call can be told. */
export interface CallOptions {
  /**
   * Ends the call, which then rejects with the signal's reason. A token that others wait for is fetched all
   * the same.
   */
  signal?: AbortSignal | undefined;
  /** How long one attempt may take, in milliseconds, instead of what the client was told. */
  timeout?: number | undefined;
}

/** What is sent to an operation that this version of the client has no method for. */
export interface OtherRequest {
  /**
   * The HTTP method.
   *
   * @default {"POST" with a body, "GET" without}
   */
  method?: string | undefined;
  /** What is sent, as JSON. */
  body?: unknown;
  /**
   * Whether doing it twice comes to the same as doing it once. Only then is it sent again when the broker may
   * have acted on it.
   *
   * @default {false}
   */
  repeatable?: boolean | undefined;
  /**
   * The lists that its answer holds: without any of them it is `INVALID_RESPONSE`, one that is left out is
   * empty.
   *
   * @default {none}
   */
  lists?: string[] | undefined;
}
