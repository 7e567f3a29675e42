/**
 * The order of a list, as the URL says it.
 *
 * @module
 */

import type { Order } from "./components.tsx";
import { linkTo, textIn, type View } from "./view.ts";

/**
 * Reads the order of a list, and knows the way to others. What the URL has that there is not is taken for nothing.
 *
 * @param newest The order in which the newest comes first, where that is the list's own.
 */
export function orderOf(
  view: View,
  path: string,
  filter: Readonly<Record<string, string | undefined>>,
  by: Order["by"],
  newest?: string,
): Order {
  const asked = textIn(view, "sort");
  const sort = Object.values(by).find((name) => name === asked) ?? newest;
  const isAsked = sort === asked;
  return {
    by,
    sort,
    descending: isAsked ? view.query.descending === "true" : sort !== undefined,
    linkTo: (sort, descending) =>
      linkTo(view, path, { ...filter, sort, descending: descending ? "true" : undefined }),
  };
}
