/**
 * Values that are made when they are first wanted.
 *
 * @module
 */

/** Makes the value on the first call, and gives the same one on each. A broker that needs no schema makes none. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}
