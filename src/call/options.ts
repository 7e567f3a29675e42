/**
 * What the options of a client come to, checked and without gaps.
 *
 * @module
 */

import type { ClientOptions } from "../options.ts";
import { completeRetryPolicy } from "../retry.ts";
import { checkNumber, checkUrl, refuse } from "./checks.ts";
import type { Transport } from "./transport.ts";

/** The broker's URL, without a slash at its end. */
export function brokerUrlOf({ brokerUrl }: ClientOptions): string {
  return checkUrl("brokerUrl", brokerUrl, /^https?:\/\/[^@/]+\/[^?#]*$/).replace(/\/+$/, "");
}

/** How the client sends. */
export function transportOf(options: ClientOptions): Transport {
  const { fetch, timeout = 30_000, maxAnswerSize = 2 ** 25 } = options;
  if (fetch && typeof fetch !== "function") refuse("fetch", "a function", fetch);
  checkNumber("timeout", timeout);
  checkNumber("maxAnswerSize", maxAnswerSize);
  return { ...options, timeout, maxAnswerSize, retry: completeRetryPolicy(options.retry) };
}
