/**
 * Waiting that ends: for a time, for others' work, or within a deadline, and at once when a signal says so.
 * No timer and no listener is left behind; one listener on `AbortSignal.timeout()` would keep a Deno process
 * alive.
 *
 * @module
 */

/** The longest delay that timers keep; a longer one would fire at once. */
const LONGEST_DELAY_MS = 0x7fffffff;

/** Settles as `work` does, unless the signal is aborted first. The work itself is not stopped. */
export function abortable<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", abort));
  });
}

/** Waits for `ms` milliseconds. */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await abortable(new Promise<void>((resolve) => timer = setTimeout(resolve, ms)), signal);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Gives `work` at most `ms` milliseconds and a signal to stop it with; `late` makes the error if that was too
 * short. It ends in time even if the work ignores the signal, as a `fetch` that is not the runtime's own may
 * do.
 */
export async function within<T>(
  ms: number,
  signal: AbortSignal | undefined,
  late: () => Error,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal?.throwIfAborted();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(late()), Math.min(ms, LONGEST_DELAY_MS));
  const either = signal ? AbortSignal.any([signal, controller.signal]) : controller.signal;
  try {
    return await abortable(work(either), either);
  } finally {
    clearTimeout(timer);
  }
}
