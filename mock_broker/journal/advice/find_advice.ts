/**
 * Finds advice in a journal.
 *
 * @module
 */

import type { JournalEntry } from "../entry.ts";
import { sentAgainFrom } from "../sent_again.ts";
import type { Advice, AdviceId } from "./advice.ts";
import { LISTING_RULES } from "./listings.ts";
import { REPETITION_RULES } from "./repetitions.ts";
import type { AdviceRule, Surroundings } from "./rule.ts";
import { SESSION_RULES } from "./sessions.ts";
import { TOKEN_RULES } from "./tokens.ts";

const RULES: readonly AdviceRule[] = [
  ...TOKEN_RULES,
  ...LISTING_RULES,
  ...REPETITION_RULES,
  ...SESSION_RULES,
];

/** The ids of all advice. */
export const ADVICE_IDS: readonly AdviceId[] = RULES.map(({ id }) => id);

/**
 * Looks at the requests of each API client for themselves. Programs that share the credentials of a client cannot be
 * told apart.
 *
 * @param entries The journal's entries, oldest first.
 * @param world What the journal does not tell.
 */
export function findAdvice(entries: readonly JournalEntry[], world: Surroundings): Advice[] {
  return [...byClient(entries)].flatMap(([clientId, traffic]) =>
    RULES.flatMap(({ find, ...about }) => {
      const found = find(traffic, world);
      return found ? [{ ...about, ...(clientId !== undefined && { clientId }), ...found }] : [];
    })
  );
}

function byClient(entries: readonly JournalEntry[]): Map<string | undefined, JournalEntry[]> {
  const callers = new Map<string | undefined, JournalEntry[]>();
  for (const entry of entries) {
    if (entry.connector !== "client" || sentAgainFrom(entry) !== undefined) continue;
    const traffic = callers.get(entry.clientId);
    if (traffic) traffic.push(entry);
    else callers.set(entry.clientId, [entry]);
  }
  return callers;
}
