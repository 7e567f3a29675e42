/**
 * Reading and checking request bodies.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { z } from "zod";
import { isNestedDeeperThan, MOST_LEVELS } from "../journal/json_body.ts";
import { describeProblems } from "./body_problems.ts";
import { RequestError } from "./request_error.ts";

/** Longest request body, in bytes. The broker's own limit is not documented. */
export const MOST_BODY_BYTES: number = 10 * 1024 * 1024;

/** Longest body of a caller who is not known yet, in bytes: a form, or a few sessions. */
export const MOST_UNKNOWN_BODY_BYTES: number = 64 * 1024;

/**
 * The body as text, never more of it than the limit. Hono's own body limit makes a new `Request` of the one that it
 * is given, which the Node adapter's is not fit for unless it replaces the global class.
 */
export async function readBody(request: Request, most: number = MOST_BODY_BYTES): Promise<string> {
  const declared = request.headers.get("Content-Length");
  if (Number(declared ?? 0) > most) throw tooLarge(most);
  const bytes = declared !== null || !request.body
    ? await request.arrayBuffer()
    : await readBounded(request.body, most);
  try {
    return UTF_8.decode(bytes);
  } catch {
    throw new RequestError(400, "Request body is not UTF-8");
  }
}

const UTF_8 = new TextDecoder("utf-8", { fatal: true });

async function readBounded(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > most) throw tooLarge(most);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function tooLarge(most: number): RequestError {
  return new RequestError(413, `Request body is larger than ${most} bytes`);
}

/** The body as the schema says, or a refusal in the words of the broker's JSON library. */
export function parseBody<T extends z.ZodType>(text: string, schema: T): z.output<T> {
  if (text.trim() === "") throw new RequestError(400, "Request body is missing");
  const body = parseJson(text);
  const result = schema.safeParse(body, { reportInput: true });
  if (result.success) return result.data;
  throw new RequestError(400, describeProblems(result.error.issues, body));
}

/** What a text of JSON says. */
export function parseJson(text: string): unknown {
  if (isNestedDeeperThan(MOST_LEVELS, text)) {
    throw new RequestError(400, `Request body is nested deeper than ${MOST_LEVELS} levels`);
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new RequestError(400, `Request body is not JSON: ${(error as Error).message}`);
  }
}
