/**
 * Reading forms, those with a file too.
 *
 * @module
 */

import { MOST_BODY_BYTES, readBody } from "../server/request_body.ts";

/** Longest form with a file, in bytes: a saved world of some ten thousand sessions. */
const MOST_FILE_BYTES = 64 * 1024 * 1024;

/** The fields of a form. A file is its text, and its name stands beside it as `<field> name`. */
export async function readForm(request: Request): Promise<URLSearchParams> {
  const type = request.headers.get("Content-Type") ?? "";
  const hasFiles = type.startsWith("multipart/form-data");
  const text = await readBody(request, hasFiles ? MOST_FILE_BYTES : MOST_BODY_BYTES);
  if (!hasFiles) return new URLSearchParams(text);
  const values = new URLSearchParams();
  for (const [name, value] of await partsOf(text, type)) {
    values.append(name, typeof value === "string" ? value : await value.text());
    if (typeof value !== "string") values.append(`${name} name`, value.name);
  }
  return values;
}

async function partsOf(text: string, type: string): Promise<FormData> {
  try {
    return await new Response(text, { headers: { "Content-Type": type } }).formData();
  } catch (error) {
    throw new TypeError(`The form cannot be read: ${(error as Error).message}`);
  }
}
