/**
 * What the schemas of the control API have in common: where they are named, and their smallest parts.
 *
 * @module
 */

import * as z from "zod";
import * as rules from "../../description/rules.ts";
import { flagInUrl, wholeNumberInUrl } from "../../description/url_rules.ts";

/** Gives a schema a name, under which the OpenAPI file describes it once. */
export function named<T extends z.ZodType>(id: string, description: string, schema: T): T {
  return schema.meta({ id, description });
}

export const ErrorBody = named("Error", "Why a request was refused", z.object({ error: z.string() }));

/** A name or an id: never empty. */
export const text = rules.text();

export const count = z.int().min(0);

/** ISO 8601. */
export const time = z.string().meta({ format: "date-time" });

/** A year: a longer step is a slip. */
export const milliseconds = rules.numberFrom(0, 366 * 24 * 60 * 60 * 1000);

/** A whole number from 0, which is a text in a URL. */
export const wholeNumber = wholeNumberInUrl;

/** `true` or `false`, which is a text in a URL. */
export const flag = flagInUrl();

/** How long a page is, and where it begins. */
export const limit = wholeNumber(1000).optional();
export const after = wholeNumber(Number.MAX_SAFE_INTEGER).optional();

/** A page of a long list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: count.describe("How many match, on all pages"),
    next: count.optional().describe("What to pass as `after` for the next page; absent on the last one"),
  });
}
