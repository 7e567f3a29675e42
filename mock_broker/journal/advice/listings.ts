/**
 * Advice on listings.
 *
 * @module
 */

import type { JournalEntry } from "../entry.ts";
import { type AdviceRule, count, finding, itemsOf, member, requestsFor } from "./rule.ts";

/** A broker shows at most so many items a page. */
const LARGEST_PAGE = 1_000;

/** A listing of fewer sessions costs little more than one session. */
const LONG_LISTING = 20;

/** What is done once may be a person's look; what is done twice is a program's habit. */
const HABIT = 2;

const firstPageOnly: AdviceRule = {
  id: "first-page-only",
  title: "Reads only the first page of a listing",
  why:
    "A broker shows 1,000 items a page at most. What is on the pages behind is never seen: sessions that are not " +
    "found, not shown and not deleted, and only where there are many.",
  remedy: {
    withClient: "Use listSessions() or listServers(), which read every page.",
    without: "As long as an answer has a NextToken, send the same request again with it.",
  },
  find(traffic) {
    const found = (["describeSessions", "describeServers"] as const).flatMap((operation) => {
      const listings = requestsFor(traffic, operation);
      if (listings.some(({ request }) => member(request, "NextToken") !== undefined)) return [];
      const cut = listings.filter(({ response }) => typeof member(response, "NextToken") === "string");
      // A page whose size was asked for may be all that was wanted, once.
      const isHabit = cut.length >= HABIT ||
        cut.some(({ request }) => member(request, "MaxResults") === undefined);
      return isHabit ? cut : [];
    });
    return finding(found, `${count(found.length, "answer")} had a NextToken, and none was ever sent back`);
  },
};

const tooManyIds: AdviceRule = {
  id: "too-many-ids",
  title: "Asks for more than a thousand ids at once",
  why: "An answer holds 1,000 items at most, and a request that large may be refused on its way.",
  remedy: {
    withClient: "Use listSessions({ ids }) or listServers({ ids }), which ask for a thousand at a time.",
    without: "Ask for 1,000 ids a request at most.",
  },
  find(traffic) {
    const most = (entry: JournalEntry) =>
      Math.max(...["SessionIds", "ServerIds"].map((list) => idsIn(entry, list)));
    const found = traffic.filter((entry) => most(entry) > LARGEST_PAGE);
    return finding(found, `The longest list had ${Math.max(...found.map(most))} ids`);
  },
};

function idsIn({ request }: JournalEntry, list: string): number {
  const ids = member(request, list);
  return Array.isArray(ids) ? ids.length : 0;
}

const listingToFindOne: AdviceRule = {
  id: "listing-to-find-one",
  title: "Lists all sessions to find one",
  why:
    "The broker writes out every session of the fleet, which takes longer the more there are, for one that could " +
    "have been asked for by its id or its owner.",
  remedy: {
    withClient: "Use getSession(id), or listSessions({ owner }).",
    without: "Pass SessionIds, or Filters with the key `owner`, to DescribeSessions.",
  },
  find(traffic) {
    const found = traffic.filter((entry, index) => {
      const listed = sessionsOfWholeFleet(entry);
      const next = traffic[index + 1];
      if (listed.size < LONG_LISTING || next === undefined) return false;
      const named = sessionsNamedBy(next);
      return named.length === 1 && listed.has(named[0]!);
    });
    if (found.length < HABIT) return undefined;
    return finding(
      found,
      `${count(found.length, "listing")} of the whole fleet came just before a call for one session`,
    );
  },
};

function sessionsOfWholeFleet({ operation, request, response }: JournalEntry): Set<string> {
  const sessions = member(response, "Sessions");
  const isNarrowed = ["SessionIds", "Filters"].some((name) => {
    const list = member(request, name);
    return Array.isArray(list) && list.length > 0;
  });
  if (operation !== "describeSessions" || isNarrowed || !Array.isArray(sessions)) return new Set();
  return new Set(sessions.map((session) => String(member(session, "Id"))));
}

function sessionsNamedBy(entry: JournalEntry): string[] {
  if (entry.operation === "getSessionConnectionData") return entry.path.split("/").slice(2, 3);
  const inItems = itemsOf(entry).map(({ SessionId }) => SessionId);
  const ids = member(entry.request, "SessionIds");
  return [...inItems, ...(Array.isArray(ids) ? ids : [])].filter((id) => typeof id === "string");
}

/** What can be said of how a program lists. */
export const LISTING_RULES: readonly AdviceRule[] = [firstPageOnly, tooManyIds, listingToFindOne];
