/**
 * Queries in words, and the requests that answer them.
 *
 * @module
 */

import { checkEach, checkNumber, checkString } from "./call/checks.ts";
import type { DescribeServersRequestData, DescribeSessionsRequestData } from "./types.ts";

/**
 * The broker answers with at most a thousand items; ids beyond this number go into a request of their own.
 */
const IDS_PER_REQUEST = 500;

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

/** The requests for a query of sessions. */
export function sessionRequests(query: SessionQuery): DescribeSessionsRequestData[] {
  const { owner, tags = {} } = query;
  const filters = Object.entries(tags).map(([key, Value]) => ({ Key: `tag:${key}`, Value }));
  if (owner !== undefined) filters.push({ Key: "owner", Value: checkString("owner", owner) });
  return requestsFor(query, "SessionIds", filters.length ? { Filters: filters } : {});
}

/** The requests for a query of servers. */
export function serverRequests(query: ServerQuery): DescribeServersRequestData[] {
  return requestsFor(query, "ServerIds", {});
}

/**
 * As many requests as the ids need, and one without any. An empty list of ids would mean everything to the
 * broker, but not to a caller.
 */
function requestsFor(
  { ids, pageSize }: ServerQuery,
  key: string,
  filters: DescribeSessionsRequestData,
): DescribeSessionsRequestData[] {
  checkNumber("pageSize", pageSize ?? 1);
  const request = { ...filters, MaxResults: pageSize };
  if (!ids) return [request];
  checkEach("ids", ids, checkString);
  const distinct = [...new Set(ids)];
  const lots = [];
  for (let i = 0; i < distinct.length; i += IDS_PER_REQUEST) {
    lots.push({ ...request, [key]: distinct.slice(i, i + IDS_PER_REQUEST) });
  }
  return lots;
}
