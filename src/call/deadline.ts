/**
 * Waiting that ends. No timer and no listener on a caller's signal is left behind: one on an
 * `AbortSignal.timeout()` would keep a Deno process alive, and so would `AbortSignal.any()` when another of
 * its signals is aborted.
 *
 * @module
 */

import { onAbort } from "./abort.ts";

/**
 * Gives `work` at most `ms` milliseconds and a signal to stop it with; `timeoutError` makes the error if that was too
 * short. It ends when it should even if the work does not, as with a `fetch` that ignores signals, or with
 * work for others.
 */
export function within<T>(
  work: (signal: AbortSignal) => Promise<T>,
  signal: AbortSignal | undefined,
  ms = Infinity,
  timeoutError: () => unknown = Error,
): Promise<T> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    if (ms <= 0) throw timeoutError();
    const controller = new AbortController();
    const forget = () => {
      clearTimeout(timer);
      stopListening?.();
    };
    const end = (reason: unknown) => {
      forget();
      reject(reason);
      controller.abort(reason);
    };
    const stopListening = signal && onAbort(signal, () => end(signal.reason));
    // No longer than the longest delay that timers keep; a longer one would fire at once
    const timer = setTimeout(() => end(timeoutError()), Math.min(ms, 2 ** 31 - 1));
    work(controller.signal).then((value) => {
      forget();
      resolve(value);
    }, end);
  });
}

/** Waits for `ms` milliseconds, as for work that takes forever. */
export function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return within<void>(() => new Promise(() => {}), signal, ms).catch(() => signal?.throwIfAborted());
}
