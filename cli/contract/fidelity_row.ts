/**
 * What a row of docs/fidelity.md says.
 *
 * @module
 */

/** One behaviour of the mock broker. */
export interface FidelityRow {
  readonly section: string;
  /** What the mock does: the first cell, as it is written. */
  readonly behaviour: string;
  /** How sure that is: `documented`, `seen` or `guessed`. */
  readonly confidence: string;
}
