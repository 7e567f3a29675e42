/**
 * Listening to a signal that many calls share, with one listener for all of them: from the eleventh on Node
 * warns of a leak.
 *
 * @module
 */

const sets = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back when the signal is aborted, unless the function that it returns was called before. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  const callbacks = sets.get(signal) ?? new Set();
  signal.addEventListener("abort", callAll);
  sets.set(signal, callbacks.add(callback));
  return () => {
    callbacks.delete(callback);
    // A listener on AbortSignal.timeout() would keep a Deno process alive
    if (!callbacks.size) signal.removeEventListener("abort", callAll);
  };
}

function callAll(this: AbortSignal): void {
  sets.get(this)!.forEach((callback) => callback());
}
