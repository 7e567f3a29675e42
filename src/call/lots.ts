/**
 * Lists in pieces, for requests that take only so many items.
 *
 * @module
 */

/** The items in their order, in lots of at most this size. */
export function lotsOf<Item>(items: Item[], size: number): Item[][] {
  const lots = [];
  for (let i = 0; i < items.length; i += size) lots.push(items.slice(i, i + size));
  return lots;
}
