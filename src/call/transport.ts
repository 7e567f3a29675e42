/**
 * One call of the broker's HTTP API: authorize, send, decode, within a deadline, and again where that does no
 * harm.
 *
 * @module
 */

import { readAnswer } from "./answer.ts";
import { readBody } from "./body.ts";
import { checkNumber } from "./checks.ts";
import { sleep, within } from "./deadline.ts";
import { SessionManagerError } from "../errors.ts";
import { networkError } from "./failures.ts";
import { type Fetch, type FetchInit, type FetchResponse, sentOnce } from "./fetch.ts";
import type { Operation } from "./operations.ts";
import { type CompleteRetryPolicy, delayBeforeRetry } from "../retry.ts";
import type { TokenSource } from "./token_source.ts";

/** One attempt of a call, for logs, metrics and traces. It never holds a secret. */
export interface AttemptEvent {
  /** The client's method; `getAccessToken` for a request to the token endpoint. */
  readonly operation: string;
  /** 1 for the first attempt. */
  readonly attempt: number;
  /** How long it took, in milliseconds. */
  readonly duration: number;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** Why it failed, if it did. */
  readonly error: unknown;
  /** How long the client waits before the next attempt, in milliseconds, if there is one. */
  readonly retryDelay: number | undefined;
}

/** How a client sends. */
export interface Transport {
  /** The global one by default, whichever that is when it is needed. */
  readonly fetch?: Fetch | undefined;
  /** Milliseconds for one attempt. */
  readonly timeout: number;
  readonly retry: CompleteRetryPolicy;
  /** Bytes of an answer, at most. */
  readonly maxAnswerSize: number;
  readonly onAttempt?: ((event: AttemptEvent) => unknown) | undefined;
}

/** What to send. */
export interface Call {
  readonly operation: Operation;
  readonly url: string;
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
  /** The `Authorization` header, or where `Bearer` tokens for it come from. */
  readonly authorization?: string | TokenSource | undefined;
  /** What must not show in an error, besides what is in the header. */
  readonly secrets?: readonly string[] | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, if not the transport's. */
  readonly timeout?: number | undefined;
}

/** Sends until there is an answer, or an error that another attempt would not mend. */
export async function send<T extends object>(transport: Transport, call: Call): Promise<T> {
  const { operation: { operation, once }, authorization, signal, timeout = transport.timeout } = call;
  const { onAttempt } = transport;
  checkNumber("timeout", timeout);
  let renewals = 0;
  for (let attempt = 1;; attempt++) {
    const token = typeof authorization === "object" ? await authorization.get(signal) : undefined;
    const header = token?.header ?? authorization as string | undefined;
    const timeoutError = () =>
      new SessionManagerError(operation, "TIMEOUT", `no answer within ${timeout} ms`);
    const startedAt = performance.now();
    let status: number | undefined;
    let error: unknown;
    let retryDelay: number | undefined;
    try {
      return await within(timeout, signal, timeoutError, async (signal) => {
        const response = await exchange(transport, call, header, signal);
        status = response.status;
        return readAnswer(response, await readBody(response, transport.maxAnswerSize), call, header) as T;
      });
    } catch (caught) {
      signal?.throwIfAborted();
      // No failure: Next.js 14 throws it from `fetch`, and wants it back, to learn that a page is not static
      if (Object(caught).digest) throw caught;
      error = caught instanceof SessionManagerError ? caught : networkError(operation, call.url, caught);
      if (token && !renewals && (status === 401 || status === 403)) {
        (authorization as TokenSource).invalidate(token);
        renewals = 1;
        retryDelay = 0;
      } else {
        retryDelay = delayBeforeRetry(
          transport.retry,
          attempt - renewals,
          once,
          error as SessionManagerError,
        );
      }
      if (retryDelay === undefined) throw error;
    } finally {
      if (onAttempt) {
        const duration = performance.now() - startedAt;
        const event = { operation, attempt, duration, status, error, retryDelay };
        // A hook that throws, at once or later, must not turn a call that succeeded into one that failed
        (async () => await onAttempt(event))().catch(() => {});
      }
    }
    if (retryDelay) await sleep(retryDelay, signal);
  }
}

/** Sends once. */
async function exchange(
  { fetch = globalThis.fetch }: Transport,
  { operation, url, body, contentType = "application/json" }: Call,
  authorization: string | undefined,
  signal: AbortSignal,
): Promise<FetchResponse> {
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = contentType;
  if (authorization) headers.authorization = authorization;
  const init: FetchInit = {
    method: operation.method ?? (body === undefined ? "GET" : "POST"),
    headers,
    body: body && operation.once ? sentOnce(body) : body ?? null,
    signal,
    redirect: "manual",
  };
  try {
    // Some frameworks keep answers if they are not told otherwise, Next.js 14 for a year, POST or not
    return await fetch(url, { ...init, cache: "no-store" });
  } catch (error) {
    // Workers of a compatibility date before November 2024 refuse to be told, before they send anything
    if (!/'cache' field/.test(`${error}`)) throw error;
    return await fetch(url, init);
  }
}
