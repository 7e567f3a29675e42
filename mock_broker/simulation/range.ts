/**
 * Between what a draw may fall.
 *
 * @module
 */

/** Smallest and largest value of a draw, both included. */
export type Range = readonly [from: number, to: number];
