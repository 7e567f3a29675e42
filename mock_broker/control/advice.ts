/**
 * Advice on the programs that call a broker, and its assertion for tests.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { list, object, oneOf } from "../description/rules.ts";
import type { Advice, AdviceId } from "../journal/advice/advice.ts";
import { ADVICE_IDS, findAdvice } from "../journal/advice/find_advice.ts";
import type { Journal } from "../journal/journal.ts";
import type { Simulation } from "../simulation/simulation.ts";

/** Which advice a test puts up with. */
export interface NoAdviceOptions {
  /**
   * Advice that is known, and no failure.
   *
   * @default {none}
   */
  readonly except?: readonly AdviceId[] | undefined;
}

/** The rules of what a test puts up with. */
const optionsSchema = once(() => object({ except: list(oneOf(...ADVICE_IDS)).optional() }));

/** Finds what the journal's callers do wrong. */
export function adviceOf({ world }: Simulation, journal: Journal): Advice[] {
  return findAdvice(journal.entries(), {
    ownerOf: (id) => world.sessions.find(id)?.owner,
    isLive: (id) => {
      const state = world.sessions.find(id)?.state;
      return state !== undefined && state !== "DELETING" && state !== "DELETED";
    },
  });
}

/** Throws if there is advice. */
export function assertNoAdvice(advice: readonly Advice[], options: NoAdviceOptions = {}): void {
  const { except = [] } = check("assertNoAdvice()", optionsSchema(), options);
  const left = advice.filter(({ id }) => !except.includes(id));
  if (left.length === 0) return;
  const texts = left.map(({ id, title, found, remedy, entries }) =>
    `- ${id}: ${title}. ${found} (journal ${entries.slice(0, 5).join(", ")}${
      entries.length > 5 ? ", ..." : ""
    })\n` +
    `  ${remedy.withClient}`
  );
  throw new Error(`Expected no advice, but there is:\n${texts.join("\n")}`);
}
