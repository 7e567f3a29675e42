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
  readonly descending?: boolean | undefined;
}

const DEFAULT_LIMIT = 100;

/**
 * The page of these matches, which must be in the order of their sequence numbers. With `keyOf` it is a page of them in
 * the order of their keys, and what was first stays first among equals.
 */
export function snapshotPage<T extends { readonly sequence: number }, S>(
  matches: readonly T[],
  query: PageQuery,
  show: (item: T) => S,
  keyOf?: (item: T) => string | number,
): SnapshotPage<S> {
  if (keyOf) return sortedPage(matches, query, show, keyOf);
  const { newestFirst = false, after = newestFirst ? Infinity : -1, limit = DEFAULT_LIMIT } = query;
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

/** Keys change, so that a page begins after so many items rather than after a certain one. */
function sortedPage<T, S>(
  matches: readonly T[],
  { descending = false, after = 0, limit = DEFAULT_LIMIT }: PageQuery,
  show: (item: T) => S,
  keyOf: (item: T) => string | number,
): SnapshotPage<S> {
  const direction = descending ? -1 : 1;
  const keyed = matches.map((item) => ({ item, key: keyOf(item) }));
  keyed.sort((a, b) => direction * compareKeys(a.key, b.key));
  const end = after + limit;
  return {
    items: keyed.slice(after, end).map(({ item }) => show(item)),
    total: matches.length,
    ...(limit > 0 && end < matches.length && { next: end }),
  };
}

/** Capitals do not matter, and `host-2` comes before `host-10`. */
const NAMES = new Intl.Collator("en", { numeric: true });

function compareKeys(a: string | number, b: string | number): number {
  return typeof a === "number" && typeof b === "number" ? a - b : NAMES.compare(String(a), String(b));
}
