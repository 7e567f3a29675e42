/**
 * Queries in words, and the requests that answer them.
 *
 * @module
 */

import { checkInteger, checkString, checkStrings } from "./checks.ts";
import type {
  DescribeServersRequestData,
  DescribeSessionsRequestData,
  KeyValuePair,
  Server,
  Session,
} from "./types.ts";

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
  /**
   * Whether each session gets its server in full, with `Host`, which the broker leaves out of sessions. It
   * takes another request for each page.
   */
  withServers?: boolean | undefined;
}

/** The requests for a query of sessions, one for each lot of ids. */
export function sessionRequests(
  { owner, tags = {}, ids, pageSize }: SessionQuery,
): DescribeSessionsRequestData[] {
  const filters: KeyValuePair[] = Object.entries(tags)
    .map(([key, value]) => ({ Key: `tag:${key}`, Value: checkString(`tags.${key}`, value) }));
  if (owner !== undefined) filters.unshift({ Key: "owner", Value: checkString("owner", owner) });
  const base = { ...filters.length && { Filters: filters }, ...maxResults(pageSize) };
  return lotsOf(ids).map((SessionIds) => SessionIds ? { SessionIds, ...base } : base);
}

/** The requests for a query of servers, one for each lot of ids. */
export function serverRequests({ ids, pageSize }: ServerQuery): DescribeServersRequestData[] {
  const base = maxResults(pageSize);
  return lotsOf(ids).map((ServerIds) => ServerIds ? { ServerIds, ...base } : base);
}

function maxResults(pageSize: number | undefined): { MaxResults?: number } {
  return pageSize === undefined ? {} : { MaxResults: checkInteger("pageSize", pageSize, 1) };
}

/**
 * One lot without ids means everything. An empty list of ids would mean that to the broker too, but not to a
 * caller.
 */
function lotsOf(ids: string[] | undefined): (string[] | undefined)[] {
  if (ids === undefined) return [undefined];
  const distinct = [...new Set(checkStrings("ids", ids))];
  const lots = [];
  for (let i = 0; i < distinct.length; i += IDS_PER_REQUEST) {
    lots.push(distinct.slice(i, i + IDS_PER_REQUEST));
  }
  return lots;
}

/** Completes the sessions' servers with what `list` finds out about them. */
export async function joinServers(
  sessions: Session[],
  list: (ids: string[]) => Promise<Server[]>,
): Promise<void> {
  const ids = sessions.flatMap(({ Server }) => Server?.Id ? [Server.Id] : []);
  const servers = new Map((await list(ids)).map((server) => [server.Id, server]));
  for (const session of sessions) {
    const server = servers.get(session.Server?.Id);
    if (server) session.Server = { ...session.Server, ...server };
  }
}
