/**
 * What is worth trying again, and when.
 *
 * @module
 */

import { checkInteger, checkNumber } from "./checks.ts";
import type { SessionManagerError } from "./errors.ts";

/** How often and how patiently a call is tried. */
export interface RetryPolicy {
  /** Attempts in all, the first one included. @default {3} */
  maxAttempts?: number | undefined;
  /**
   * The longest wait before the second attempt, in milliseconds; it doubles with each attempt. @default {200}
   */
  baseDelay?: number | undefined;
  /** The longest wait of all, in milliseconds, also if the broker asks for a longer one. @default {10000} */
  maxDelay?: number | undefined;
}

/** A policy without gaps. */
export type CompleteRetryPolicy = { [Name in keyof RetryPolicy]-?: number };

/** Fills the gaps of a policy; `false` means one attempt. */
export function completeRetryPolicy(retry: RetryPolicy | false | undefined): CompleteRetryPolicy {
  if (retry === false) return { maxAttempts: 1, baseDelay: 0, maxDelay: 0 };
  const { maxAttempts = 3, baseDelay = 200, maxDelay = 10_000 } = retry ?? {};
  return {
    maxAttempts: checkInteger("retry.maxAttempts", maxAttempts, 1),
    baseDelay: checkNumber("retry.baseDelay", baseDelay, 0),
    maxDelay: checkNumber("retry.maxDelay", maxDelay, 0),
  };
}

/**
 * How long to wait before the next attempt, or `undefined` if there should be none.
 *
 * A request that was refused at the door (no connection, or 429) may always be sent again. One that the
 * broker may have acted on (a lost connection, a timeout, 408 or 5xx) only if acting twice does the same as
 * acting once.
 */
export function delayBeforeRetry(
  policy: CompleteRetryPolicy,
  failures: number,
  error: SessionManagerError,
  idempotent: boolean,
): number | undefined {
  if (failures >= policy.maxAttempts) return undefined;
  if (!refusedAtTheDoor(error) && !(idempotent && mayPass(error))) return undefined;
  if (error.retryAfter !== undefined) return Math.min(error.retryAfter, policy.maxDelay);
  return Math.random() * Math.min(policy.maxDelay, policy.baseDelay * 2 ** (failures - 1));
}

function refusedAtTheDoor({ status, code }: SessionManagerError): boolean {
  return status === 429 || code === "CONNECTION_REFUSED" || code === "HOST_NOT_FOUND";
}

function mayPass({ status, code }: SessionManagerError): boolean {
  if (status !== undefined) return status === 408 || status >= 500;
  return code === "CONNECTION_LOST" || code === "NETWORK_ERROR" || code === "TIMEOUT";
}

/**
 * Milliseconds to wait by a `Retry-After` header, which is a number of seconds or a date (RFC 9110, 10.2.3).
 */
export function parseRetryAfter(header: string | null): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(ms, 0);
}
