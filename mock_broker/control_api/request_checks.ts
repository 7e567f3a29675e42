/**
 * Checking what a caller of the control API sent, before anything is done.
 *
 * @module
 */

import type { z } from "zod";
import { parseBody, readBody } from "../server/request_body.ts";
import { RequestError } from "../server/request_error.ts";

/** The parameters as the schema says; `undefined` where there is none. */
export function checkParameters<T>(
  where: "Path" | "Query",
  values: Readonly<Record<string, string>>,
  schema: z.ZodType<T> | undefined,
): T {
  if (!schema) return undefined as T;
  const result = schema.safeParse(values);
  if (result.success) return result.data;
  throw new RequestError(400, `${where} is wrong: ${describe(result.error.issues[0]!, values)}`);
}

function describe(issue: z.core.$ZodIssue, values: Readonly<Record<string, string>>): string {
  if (issue.code === "unrecognized_keys") return `unrecognized parameter "${issue.keys[0]}"`;
  const name = String(issue.path[0]);
  return `${name}: ${issue.message}, found "${values[name] ?? ""}"`;
}

/** The body as the schema says. Forms that pages of other sites can send without asking are not JSON by their type. */
export async function checkBody<T>(request: Request, schema: z.ZodType<T> | undefined): Promise<T> {
  if (!schema) return undefined as T;
  const text = await readBody(request);
  if (text.trim() === "" && schema.safeParse(undefined).success) return undefined as T;
  if (!/^application\/json\b/i.test(request.headers.get("Content-Type") ?? "")) {
    throw new RequestError(400, "Content-Type must be application/json");
  }
  return parseBody(text, schema) as T;
}
