/**
 * Reads the body of an answer, but not more of it than a caller is ready for.
 *
 * @module
 */

import type { FetchResponse } from "./fetch.ts";

/** The text of a body, and whether it has more than `limit` bytes, counted after decompression. */
export async function readBody(response: FetchResponse, limit: number): Promise<[string, boolean]> {
  const { headers, body, type } = response as FetchResponse & Partial<Response>;
  // HTTP itself ends the body within the limit if its length is given, and is that of the text. A web page is not
  // told which encodings another origin uses
  const endsInTime = Number(headers.get("content-length") || Infinity) <= limit && type !== "cors" &&
    !headers.get("content-encoding") && !headers.get("transfer-encoding");
  // Reading in one go is faster, and some bodies can be read in no other way
  const reader = endsInTime ? undefined : body?.getReader?.();
  if (!reader) return [await response.text(), false];
  let bytes = new Uint8Array();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    const end = done ? size : size + value.length;
    const cut = !(end <= limit);
    if (cut) reader.cancel().catch(() => {});
    if (done || cut) return [new TextDecoder().decode(bytes.subarray(0, size)), cut];
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
