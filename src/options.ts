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
   * The token endpoint of an external authorization server; it may have a query, which is kept. The request
   * then carries its parameters in its body too.
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
  /** Is told of each attempt. What it throws is ignored. */
  onAttempt?: ((event: AttemptEvent) => void) | undefined;
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
