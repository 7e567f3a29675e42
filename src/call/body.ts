/**
 * Reads the body of an answer, but not more of it than a caller is ready for.
 *
 * @module
 */

import type { FetchResponse } from "./fetch.ts";

/** What was read of a body: its text, or what that means as JSON. */
export interface Body {
  /** The text, or the beginning of one that is too long. */
  readonly text?: string;
  /** Whether it is too long. */
  readonly cut?: boolean;
  readonly value?: unknown;
}

/** Reads a body of at most `limit` bytes, counted after decompression. */
export async function readBody(response: FetchResponse, limit: number): Promise<Body> {
  const { headers, type } = response as FetchResponse & Partial<Response>;
  // HTTP itself ends the body within the limit if its length is given, and is that of the text. A web page is not
  // told which encodings another origin uses
  const endsInTime = (headers.get("content-length") || Infinity) as number <= limit && type !== "cors" &&
    !headers.get("content-encoding") && !headers.get("transfer-encoding");
  if (endsInTime && "Bun" in globalThis && /json/.test(headers.get("content-type")!)) {
    // Bun is a tenth faster if it makes no text of it. What is no JSON then leaves only the words of its parser
    return {
      value: await response.json().catch((error) => {
        if (error instanceof SyntaxError) return error.message;
        throw error;
      }),
    };
  }
  // To look at `body` makes a stream of it, which takes time, and some bodies can be read in no other way than as text
  const reader = endsInTime ? undefined : (response as Partial<Response>).body?.getReader?.();
  if (!reader) return { text: await response.text() };
  let bytes = new Uint8Array();
  let size = 0;
  for (;;) {
    const { done, value = [] } = await reader.read();
    const end = size + value.length;
    const cut = !(end <= limit);
    if (cut) reader.cancel().catch(() => {});
    if (done || cut) return { text: new TextDecoder().decode(bytes.subarray(0, size)), cut };
    if (end > bytes.length) {
      // Half as much again: a thousand chunks of one byte are as good as one of a thousand
      const larger = new Uint8Array(end * 1.5);
      larger.set(bytes);
      bytes = larger;
    }
    bytes.set(value, size);
    size = end;
  }
}
