/**
 * Listening to a signal that many calls share, with one listener for all of them: from the eleventh on Node
 * warns of a leak.
 *
 * @module
 */

const sets = new WeakMap<AbortSignal, Set<() => void>>();

/** Calls back when the signal is aborted, unless the function that it returns was called before. */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let callbacks = sets.get(signal);
  if (!callbacks) {
    sets.set(signal, callbacks = new Set());
    signal.addEventListener("abort", callAll);
  }
  callbacks.add(callback);
  return () => {
    callbacks.delete(callback);
    if (callbacks.size) return;
    // A listener on AbortSignal.timeout() would keep a Deno process alive
    signal.removeEventListener("abort", callAll);
    sets.delete(signal);
  };
}

function callAll(this: AbortSignal): void {
  for (const callback of sets.get(this) ?? []) callback();
}
