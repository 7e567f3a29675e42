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

/** One while it happens. */
type Event = { -readonly [Member in keyof AttemptEvent]: AttemptEvent[Member] };

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
  const { signal, timeout = transport.timeout, authorization, operation: { operation, once } } = call;
  checkNumber("timeout", timeout);
  let renewals = 0;
  for (let attempt = 1;; attempt++) {
    const token = typeof authorization === "object" ? await authorization.get(signal) : undefined;
    const event = { operation, attempt, duration: performance.now() } as Event;
    try {
      const exchanged = (signal: AbortSignal) =>
        exchange(transport, call, token?.authorization ?? authorization as string, signal, event);
      return await within(
        exchanged,
        signal,
        timeout,
        () => new SessionManagerError(operation, "TIMEOUT", `no answer within ${timeout} ms`),
      ) as T;
    } catch (caught) {
      signal?.throwIfAborted();
      // No failure: Next.js 14 throws it from `fetch`, and wants it back, to learn that a page is not static
      if (Object(caught).digest) throw caught;
      const error = caught instanceof SessionManagerError
        ? caught
        : networkError(operation, call.url, caught);
      event.error = error;
      if (token && !renewals && [401, 403].includes(event.status!)) {
        (authorization as TokenSource).invalidate(token);
        renewals++;
        event.retryDelay = 0;
      } else {
        event.retryDelay = delayBeforeRetry(transport.retry, attempt - renewals, once, error);
      }
    } finally {
      event.duration = performance.now() - event.duration;
      // A hook that throws, at once or later, must not turn a call that succeeded into one that failed
      if (transport.onAttempt) Promise.resolve(event).then(transport.onAttempt).catch(() => {});
    }
    await sleep(event.retryDelay, signal);
  }
}

/** Sends once, and reads the answer. */
async function exchange(
  { fetch = globalThis.fetch, maxAnswerSize }: Transport,
  call: Call,
  authorization: string | undefined,
  signal: AbortSignal,
  event: Event,
): Promise<object> {
  const { operation, url, body, contentType = "application/json" } = call;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== undefined) headers["content-type"] = contentType;
  if (authorization) headers.authorization = authorization;
  const init: FetchInit = {
    method: operation.method ?? (body === undefined ? "GET" : "POST"),
    headers,
    body: (body && operation.once ? sentOnce(body) : body) as string,
    signal,
    redirect: "manual",
    // Some frameworks keep answers if they are not told otherwise, Next.js 14 for a year, POST or not
    cache: "no-store",
  };
  let response: FetchResponse;
  try {
    response = await fetch(url, init);
  } catch (error) {
    // Workers of a compatibility date before November 2024 refuse to be told, before they send anything
    if (!/'cache' field/.test(error as string)) throw error;
    delete init.cache;
    response = await fetch(url, init);
  }
  event.status = response.status;
  return readAnswer(response, await readBody(response, maxAnswerSize), call, authorization);
}
