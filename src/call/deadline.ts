/**
 * Waiting that ends. No timer and no listener on a caller's signal is left behind: one on an
 * `AbortSignal.timeout()` would keep a Deno process alive, and so would `AbortSignal.any()` when another of
 * its signals is aborted.
 *
 * @module
 */

/** The longest delay that timers keep; a longer one would fire at once. */
const LONGEST_DELAY_MS = 0x7fffffff;

/**
 * Gives `work` at most `ms` milliseconds and a signal to stop it with; `late` makes the error if that was too
 * short. It ends when it should even if the work does not, as with a `fetch` that ignores signals, or with
 * work for others.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  late: () => unknown,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const forward = () => controller.abort(signal?.reason);
  const timer = setTimeout(() => controller.abort(late()), Math.min(ms, LONGEST_DELAY_MS));
  const end = new Promise<never>((_, reject) => {
    controller.signal.addEventListener("abort", () => reject(controller.signal.reason));
  });
  signal?.addEventListener("abort", forward);
  try {
    return await Promise.race([work(controller.signal), end]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", forward);
  }
}

/** Waits for `ms` milliseconds, as for work that takes forever. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  const forever = new Promise<never>(() => {});
  await within(ms, signal, Error, () => forever).catch(() => signal?.throwIfAborted());
}
