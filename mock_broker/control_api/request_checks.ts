/**
 * Checking what a caller of the control API sent, before anything is done.
 *
 * @module
 */

import type { z } from "zod";
import { refusal } from "../description/check.ts";
import { problemsOf } from "../description/problems.ts";
import { parseJson, readBody } from "../server/request_body.ts";
import { RequestError } from "../server/request_error.ts";

/** The parameters as the schema says; `undefined` where there is none. */
export function checkParameters<T>(
  where: "Path" | "Query",
  values: Readonly<Record<string, string>>,
  schema: z.ZodType<T> | undefined,
): T {
  return schema ? checked(where, values, schema) : undefined as T;
}

/** The body as the schema says. Forms that pages of other sites can send without asking are not JSON by their type. */
export async function checkBody<T>(request: Request, schema: z.ZodType<T> | undefined): Promise<T> {
  if (!schema) return undefined as T;
  const text = await readBody(request);
  const isEmpty = text.trim() === "";
  if (isEmpty && schema.safeParse(undefined).success) return undefined as T;
  if (!/^application\/json\b/i.test(request.headers.get("Content-Type") ?? "")) {
    throw new RequestError(400, "Content-Type must be application/json");
  }
  if (isEmpty) throw new RequestError(400, "Request body is missing");
  return checked("Body", parseJson(text), schema);
}

function checked<T>(where: string, value: unknown, schema: z.ZodType<T>): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  throw new RequestError(400, refusal(where, problemsOf(result.error.issues)).message);
}
