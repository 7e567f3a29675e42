/**
 * One call of the broker's HTTP API: authorize, send, decode, within a deadline, and again where that does no
 * harm.
 *
 * @module
 */

import { type Question, readAnswer } from "./answer.ts";
import { checkNumber } from "./checks.ts";
import { sleep, within } from "./deadline.ts";
import { SessionManagerError } from "../errors.ts";
import { networkError } from "./failures.ts";
import { type Fetch, type FetchResponse, sentOnce } from "./fetch.ts";
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
  readonly onAttempt?: ((event: AttemptEvent) => void) | undefined;
}

/** What to send. */
export interface Call extends Question {
  /** GET without a body and POST with one, if not said otherwise. */
  readonly method?: string | undefined;
  readonly body?: string | undefined;
  readonly contentType?: string | undefined;
  /** The `Authorization` header, or where `Bearer` tokens for it come from. */
  readonly authorization?: string | TokenSource | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Milliseconds for one attempt, if not the transport's. */
  readonly timeout?: number | undefined;
}

/** Sends until there is an answer, or an error that another attempt would not mend. */
export async function send<T extends object>(transport: Transport, call: Call): Promise<T> {
  const { operation, authorization, signal } = call;
  const { retry, onAttempt } = transport;
  checkNumber("timeout", call.timeout ?? 1);
  let renewed = false;
  let failures = 0;
  for (let attempt = 1;; attempt++) {
    const token = typeof authorization === "object" ? await authorization.get(signal) : undefined;
    const header = token ? `Bearer ${token.value}` : authorization as string | undefined;
    const startedAt = Date.now();
    let status: number | undefined;
    let error: unknown;
    let retryDelay: number | undefined;
    try {
      const [response, text] = await exchange(transport, call, header);
      status = response.status;
      return readAnswer(response, text, call, header) as T;
    } catch (caught) {
      error = caught;
      signal?.throwIfAborted();
      if (token && !renewed && (status === 401 || status === 403)) {
        (authorization as TokenSource).invalidate(token);
        renewed = true;
        retryDelay = 0;
      } else {
        retryDelay = delayBeforeRetry(retry, ++failures, caught as SessionManagerError);
      }
      if (retryDelay === undefined) throw caught;
    } finally {
      const duration = Date.now() - startedAt;
      try {
        onAttempt?.({ operation, attempt, duration, status, error, retryDelay });
      } catch { /* A hook that throws must not turn a call that succeeded into one that failed */ }
    }
    if (retryDelay) await sleep(retryDelay, signal);
  }
}

/** One attempt, up to the last byte of the answer. */
async function exchange(
  transport: Transport,
  call: Call,
  authorization: string | undefined,
): Promise<[FetchResponse, string]> {
  const {
    operation,
    url,
    body = null,
    method = body === null ? "GET" : "POST",
    contentType = "application/json",
    timeout = transport.timeout,
  } = call;
  const { fetch = globalThis.fetch } = transport;
  const headers: Record<string, string> = { accept: "application/json" };
  if (body !== null) headers["content-type"] = contentType;
  if (authorization) headers.authorization = authorization;
  const late = () => new SessionManagerError(operation, "TIMEOUT", `no answer within ${timeout} ms`);
  try {
    return await within(timeout, call.signal, late, async (signal) => {
      const response = await fetch(url, {
        method,
        headers,
        body: body !== null && operation === "createSessions" ? sentOnce(body) : body,
        signal,
        redirect: "manual",
      });
      return [response, await response.text()];
    });
  } catch (error) {
    throw error instanceof SessionManagerError ? error : networkError(operation, url, error);
  }
}
