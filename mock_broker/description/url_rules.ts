/**
 * Values that are texts in a URL.
 *
 * @module
 */

import * as z from "zod";
import { wholeNumberWords } from "./rules.ts";

/** A whole number from 0. */
export function wholeNumberInUrl(most: number): z.ZodType<number, string> {
  const error = `must be ${wholeNumberWords(0, most)}`;
  return z.string(error).regex(/^\d+$/, error).transform(Number).refine((number) => number <= most, error)
    .meta({ override: asInUrl({ type: "integer", minimum: 0, maximum: most }) });
}

/** `true` or `false`. */
export function flagInUrl(): z.ZodType<boolean, string> {
  return z.stringbool({ truthy: ["true"], falsy: ["false"], error: "must be true or false" })
    .meta({ override: asInUrl({ type: "boolean" }) });
}

/** Describes a parameter by what its text says. */
export function asInUrl(schema: object): ({ jsonSchema }: { jsonSchema: object }) => void {
  return ({ jsonSchema }) => {
    for (const key of Object.keys(jsonSchema)) Reflect.deleteProperty(jsonSchema, key);
    Object.assign(jsonSchema, schema);
  };
}
