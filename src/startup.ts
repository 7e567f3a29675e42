/**
 * Waits for a broker that is being started.
 *
 * @module
 */

import type { SessionManagerClient } from "./client.ts";
import { checkNumber } from "./call/checks.ts";
import { sleep, within } from "./call/deadline.ts";
import { SessionManagerError } from "./errors.ts";

/** How long to wait for a broker. */
export interface BrokerWaitOptions {
  /**
   * Milliseconds in all.
   *
   * @default {300000}
   */
  timeout?: number | undefined;
  /**
   * Milliseconds between two looks.
   *
   * @default {1000}
   */
  delay?: number | undefined;
  /** Ends the wait. */
  signal?: AbortSignal | undefined;
}

/**
 * Waits until the broker answers its health check. It takes about a minute to start, and answers nothing, or
 * something else answers in its place, until then.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { waitForBroker } from "@dcvkit/session-manager/startup";
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   fetch: () => Promise.resolve(new Response("")),
 * });
 * await waitForBroker(client, { timeout: 60_000 });
 * ```
 */
export async function waitForBroker(
  client: SessionManagerClient,
  options: BrokerWaitOptions = {},
): Promise<void> {
  const { timeout = 300_000, delay = 1_000, signal } = options;
  checkNumber("timeout", timeout);
  checkNumber("delay", delay);
  let last: unknown;
  const timeoutError = () =>
    new SessionManagerError(
      "waitForBroker",
      "TIMEOUT",
      `${client.brokerUrl} is not well after ${timeout} ms`,
      {
        cause: last,
      },
    );
  const poll = async (signal: AbortSignal) => {
    for (;;) {
      try {
        return await client.health({ signal });
      } catch (error) {
        if (!(error instanceof SessionManagerError) || error.code === "UNTRUSTED_CERTIFICATE") throw error;
        last = error;
        await sleep(delay, signal);
      }
    }
  };
  await within(poll, signal, timeout, timeoutError);
}
