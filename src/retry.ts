/**
 * What is worth trying again, and when.
 *
 * @module
 */

import { checkNumber } from "./call/checks.ts";
import type { SessionManagerError, SessionManagerErrorCode } from "./errors.ts";

/** How often and how patiently a call is tried. */
export interface RetryPolicy {
  /**
   * Attempts in all, the first one included.
   *
   * @default {3}
   */
  maxAttempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in milliseconds, doubled with each attempt.
   *
   * @default {200}
   */
  baseDelay?: number | undefined;
  /**
   * The longest wait of all, in milliseconds, also if the broker asks for a longer one.
   *
   * @default {10000}
   */
  maxDelay?: number | undefined;
}

/** A policy without gaps. */
export type CompleteRetryPolicy = { [Name in keyof RetryPolicy]-?: number };

/** Fills the gaps of a policy; `false` means one attempt. */
export function completeRetryPolicy(retry: RetryPolicy | false = {}): CompleteRetryPolicy {
  const { maxAttempts = 3, baseDelay = 200, maxDelay = 10_000 } = retry || { maxAttempts: 1 };
  return {
    maxAttempts: checkNumber("retry.maxAttempts", maxAttempts),
    baseDelay: checkNumber("retry.baseDelay", baseDelay, 0),
    maxDelay: checkNumber("retry.maxDelay", maxDelay, 0),
  };
}

/** Requests that were refused at the door: they may always be sent again. */
const REFUSED: SessionManagerErrorCode[] = ["CONNECTION_REFUSED", "HOST_NOT_FOUND", "THROTTLED"];

/** Requests that the broker may have acted on: only if acting twice does the same as acting once. */
const UNCLEAR: SessionManagerErrorCode[] = ["NETWORK_ERROR", "TIMEOUT", "BROKER_ERROR"];

/** How long to wait before the next attempt; throws the error if there should be none. */
export function delayBeforeRetry(
  { maxAttempts, baseDelay, maxDelay }: CompleteRetryPolicy,
  failures: number,
  once: boolean | undefined,
  error: SessionManagerError,
  { code, retryAfter } = error,
): number {
  const safe = REFUSED.includes(code) || !once && UNCLEAR.includes(code);
  if (!safe || failures >= maxAttempts) throw error;
  return Math.min(maxDelay, retryAfter ?? baseDelay * 2 ** (failures - 1)) * (retryAfter ? 1 : Math.random());
}

/**
 * Milliseconds to wait by a `Retry-After` header, which is a number of seconds or a date (RFC 9110, 10.2.3).
 */
export function parseRetryAfter(header: string | null): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header!) - Date.now();
  return ms > 0 ? ms : undefined;
}
