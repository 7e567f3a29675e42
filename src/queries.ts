/**
 * Queries in words, and the requests that answer them.
 *
 * @module
 */

import { lotsOf } from "./call/lots.ts";
import { checkEach, checkNumber, checkString } from "./call/checks.ts";
import type { DescribeServersRequestData, DescribeSessionsRequestData } from "./types.ts";

/** Which servers to list; all of them by default. */
export interface ServerQuery {
  /** Only these; ids that the broker does not know are left out. None gives none. */
  ids?: string[] | undefined;
  /** 1 to 1000 items in one answer; as the broker likes by default. */
  pageSize?: number | undefined;
}

/** Which sessions to list; all of them by default. */
export interface SessionQuery extends ServerQuery {
  /** Only those of this owner. */
  owner?: string | undefined;
  /** Only those on servers with all of these tags. */
  tags?: Record<string, string> | undefined;
}

/** A request for sessions or servers. */
type Request = DescribeSessionsRequestData & DescribeServersRequestData;

/**
 * As many requests as the ids need, and one without any. An empty list of ids would mean everything to the
 * broker, but not to a caller.
 */
export function requestsFor(
  { owner, tags = {}, ids, pageSize }: SessionQuery,
  key: "SessionIds" | "ServerIds",
): Request[] {
  const Filters = Object.entries(tags).map(([key, Value]) => ({ Key: `tag:${key}`, Value }));
  if (owner !== undefined) Filters.push({ Key: "owner", Value: checkString("owner", owner) });
  checkNumber("pageSize", pageSize ?? 1);
  const request: Request = { Filters: Filters[0] && Filters, MaxResults: pageSize };
  if (!ids) return [request];
  checkEach("ids", ids, checkString);
  // The broker answers with at most a thousand items
  return lotsOf([...new Set(ids)], 500).map((lot) => ({ ...request, [key]: lot }));
}
