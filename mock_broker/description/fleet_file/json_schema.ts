/**
 * The JSON Schema of fleet files, for editors.
 *
 * @module
 */

import * as z from "zod";
import { fleetFileSchema } from "./schema.ts";

/** The schema as the text of a JSON file. Draft 7 is what editors' YAML servers know best. */
export function fleetFileJsonSchema(): string {
  const schema = z.toJSONSchema(fleetFileSchema(), {
    target: "draft-7",
    io: "input",
    override: ({ jsonSchema }) => tidy(jsonSchema),
  });
  return `${JSON.stringify({ title: "Fleet file of dcv-mock-broker", ...schema }, null, 2)}\n`;
}

function tidy(schema: { minimum?: number; maximum?: number; format?: string }): void {
  // Whole numbers are bounded by what JavaScript can hold, which no reader of the schema has to know.
  if (schema.minimum === Number.MIN_SAFE_INTEGER) delete schema.minimum;
  if (schema.maximum === Number.MAX_SAFE_INTEGER) delete schema.maximum;
  // JSON Schema has no such format; `contentEncoding` says it already.
  if (schema.format === "base64") delete schema.format;
}
