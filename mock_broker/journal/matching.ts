/**
 * Whether an entry of a journal is one of those that are looked for.
 *
 * What was recorded is looked at first: reading the bodies of thousands of entries takes long.
 *
 * @module
 */

import { BATCH_OPERATIONS } from "../simulation/fault_rule.ts";
import type { ItemOutcomes, JournalEntry, KeptExchange, RecordedExchange } from "./entry.ts";
import { hasStatus, type JournalExpectation, matchesExpectation } from "./expectation.ts";
import type { JournalFilter } from "./filter.ts";
import { namesIn } from "./names.ts";
import { holdsText, mayHoldName } from "./text_search.ts";

/** The conditions of a filter on an entry by itself. */
export type EntryFilter = Omit<JournalFilter, "since" | "before" | "limit" | "take">;

/** Whether the entry of an exchange may match, as far as can be said without its bodies. */
export function mayMatch(kept: KeptExchange, filter: EntryFilter): boolean {
  const { connector, operation, method, clientId, status, fault, failed } = filter;
  return isAlike(kept.connector, connector) && isAlike(kept.operation, operation) &&
    isAlike(kept.method, method) && isAlike(kept.clientId, clientId) && hasStatus(kept.status, status) &&
    (fault === undefined || kept.faults.some(({ id, type }) => id === fault || type === fault)) &&
    (failed === undefined || isBatch(kept) || hasFailed(kept) === failed);
}

/** Whether the texts of an exchange match, as far as can be said without parsing them. */
export function textsMatch(exchange: RecordedExchange, filter: EntryFilter): boolean {
  const { text, owner, session, host } = filter;
  const names = [owner, session, host].filter((name) => name !== undefined);
  return names.every((name) => mayHoldName(exchange, name)) &&
    (text === undefined || holdsText(exchange, text));
}

/** Whether an entry matches whose texts do. */
export function matches(entry: JournalEntry, filter: EntryFilter): boolean {
  const { text: _, owner, session, host, failed, ...expectation } = filter;
  return matchesExpectation(entry, expectation satisfies JournalExpectation) &&
    (failed === undefined || failed === hasFailed(entry)) &&
    ((owner ?? session ?? host) === undefined || namesThem(entry, filter));
}

function namesThem(entry: JournalEntry, { owner, session, host }: EntryFilter): boolean {
  const names = namesIn(entry);
  return (owner === undefined || names.owners.has(owner)) &&
    (session === undefined || names.sessions.has(session) || names.sessionNames.has(session)) &&
    (host === undefined || names.hosts.has(host));
}

/** Whether there was no answer, or one that says that something failed. */
export function hasFailed(
  { status, outcomes }: {
    readonly status?: number | undefined;
    readonly outcomes?: ItemOutcomes | undefined;
  },
): boolean {
  return status === undefined || status >= 400 || (outcomes?.failed.length ?? 0) > 0;
}

/** Only the answer's body says whether an item has failed. */
function isBatch({ operation, status }: KeptExchange): boolean {
  return status === 200 && operation !== undefined && BATCH_OPERATIONS.includes(operation);
}

function isAlike<T>(actual: T, expected: T | undefined): boolean {
  return expected === undefined || actual === expected;
}
