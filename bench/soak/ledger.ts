/**
 * What the clients of a soak know at its end.
 *
 * @module
 */

/** One session, from its request to its end, as its client saw it. Its name is its own. */
export interface Life {
  readonly owner: string;
  /** Known once the broker has said that the session is being created. */
  id?: string;
  /** Whether it has been READY: what was being placed when the broker restarted is lost, on a real one too. */
  ready?: boolean;
  /** Whether the broker has said that it deletes the session. */
  deleted?: boolean;
}

/** What happened to all of them. */
export interface Ledger {
  /** By the sessions' names. */
  readonly lives: Record<string, Life>;
  /** Milliseconds of the calls that succeeded, by operation, with all their tries. */
  readonly durations: Record<string, number[]>;
  /** How many calls failed, by the error's code. */
  readonly failures: Record<string, number>;
}
