/**
 * Advice: what a program does that would hurt on a real broker.
 *
 * @module
 */

/** Which advice it is; the ids stay the same from version to version. */
export type AdviceId =
  | "connection-data-too-early"
  | "creation-sent-again"
  | "deletion-by-wrong-owner"
  | "expired-token-used-again"
  | "first-page-only"
  | "item-failing-again"
  | "listing-to-find-one"
  | "malformed-requirements"
  | "polling-too-fast"
  | "retry-after-ignored"
  | "sessions-left-behind"
  | "token-per-call"
  | "too-many-ids";

/** What a program could do better, with the requests that show it. */
export interface Advice {
  /** Which advice it is. */
  readonly id: AdviceId;
  /** What the program does, in a few words. */
  readonly title: string;
  /** The API client whose requests these are; absent where the broker does not know it. */
  readonly clientId?: string;
  /** What was seen, with numbers. */
  readonly found: string;
  /** Why that hurts on a real broker. */
  readonly why: string;
  /** What to do about it. */
  readonly remedy: AdviceRemedy;
  /** The ids of the journal's entries that show it, oldest first. */
  readonly entries: readonly number[];
}

/** What to do about it. */
export interface AdviceRemedy {
  /** With `@dcvkit/session-manager`. */
  readonly withClient: string;
  /** With any other program. */
  readonly without: string;
}
