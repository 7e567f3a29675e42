/**
 * Mutants that no test can notice, and why: `file: what was -> what became`.
 *
 * @module
 */

/** Why a mutant may live. */
export const HARMLESS: Record<string, string> = {
  "src/call/deadline.ts: 1 -> (1 + 1)": "a timer of 24 days may be a millisecond shorter",
  "mock_broker/connectors/client/page_token.ts: 1 -> (1 + 1)":
    "sequence numbers begin at 0: -2 is before all, too",
};
