/**
 * Long lists of the world, page by page.
 *
 * @module
 */

/** Some items in order. */
export interface SnapshotPage<T> {
  /** The items of this page. */
  readonly items: readonly T[];
  /** How many items match, on all pages. */
  readonly total: number;
  /** What to pass as `after` for the next page; absent on the last one, and on a page without items. */
  readonly next?: number;
}

/** Where a page begins, and how long it is. */
export interface PageQuery {
  readonly after?: number | undefined;
  readonly limit?: number | undefined;
  readonly newestFirst?: boolean | undefined;
}

const DEFAULT_LIMIT = 100;

/** The page of these matches, which must be in the order of their sequence numbers. */
export function snapshotPage<T extends { readonly sequence: number }, S>(
  matches: readonly T[],
  { newestFirst = false, after = newestFirst ? Infinity : -1, limit = DEFAULT_LIMIT }: PageQuery,
  show: (item: T) => S,
): SnapshotPage<S> {
  const left = newestFirst
    ? matches.filter(({ sequence }) => sequence < after).reverse()
    : matches.filter(({ sequence }) => sequence > after);
  const page = left.slice(0, limit);
  const last = page.at(-1);
  return {
    items: page.map(show),
    total: matches.length,
    ...(last && left.length > limit && { next: last.sequence }),
  };
}
