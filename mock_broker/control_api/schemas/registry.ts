/**
 * What the schemas of the control API have in common: where they are named, and their smallest parts.
 *
 * @module
 */

import { z } from "zod";

/** Names of the schemas, as the OpenAPI file shows them. */
export const controlSchemas = z.registry<{ id: string; description: string }>();

/** Gives a schema a name, under which the OpenAPI file describes it once. */
export function named<T extends z.ZodType>(id: string, description: string, schema: T): T {
  controlSchemas.add(schema, { id, description });
  return schema;
}

export const ErrorBody = named("Error", "Why a request was refused", z.object({ error: z.string() }));

/** A name or an id: never empty. */
export const text = z.string().min(1);

export const count = z.int().min(0);

/** ISO 8601. */
export const time = z.string().meta({ format: "date-time" });

/** A year: a longer step is a slip. */
export const milliseconds = z.number().min(0).max(366 * 24 * 60 * 60 * 1000);

/** How long a page is, and where it begins: texts in a URL. */
export const limit = z.coerce.number().int().min(0).max(1000).optional();
export const after = z.coerce.number().int().min(0).optional();

/** A page of a long list. */
export function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: count.describe("How many match, on all pages"),
    next: count.optional().describe("What to pass as `after` for the next page; absent on the last one"),
  });
}
