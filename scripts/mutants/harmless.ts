/**
 * Mutants that no test can notice, and why: `file: what was -> what became`.
 *
 * @module
 */

/** Why a mutant may live. */
export const HARMLESS: Record<string, string> = {};
