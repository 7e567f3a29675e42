/**
 * Whether JSR is there: many company networks mirror npm but not JSR.
 *
 * @module
 */

import denoJson from "../deno.json" with { type: "json" };

const ANSWERS_WITHIN_MS = 3_000;

/** Asks once, briefly. */
export function jsrAnswers(): Promise<boolean> {
  // A variable, so that Deno does not resolve the specifier before this module runs.
  const specifier: string = denoJson.imports["@std/assert"];
  const { promise: late, resolve } = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => resolve(false), ANSWERS_WITHIN_MS);
  const answer = import(specifier).then(() => true, () => false);
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
