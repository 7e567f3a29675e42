/**
 * Reads the body of an answer, but not more of it than a caller is ready for.
 *
 * @module
 */

import type { FetchResponse } from "./fetch.ts";

const UTF8 = new TextDecoder();

/** The text of a body, and whether it has more than `limit` bytes, counted after decompression. */
export async function readBody(response: FetchResponse, limit: number): Promise<[string, boolean]> {
  const { body } = response as { body: ReadableStream<Uint8Array> | null };
  const reader = endsInTime(response, limit) ? undefined : body?.getReader?.();
  if (!reader) return [await response.text(), false];
  let bytes = new Uint8Array();
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    const end = done ? size : size + value.length;
    const cut = !(end <= limit);
    if (cut) reader.cancel().catch(() => {});
    if (done || cut) return [UTF8.decode(bytes.subarray(0, size)), cut];
    bytes = withRoom(bytes, end);
    bytes.set(value, size);
    size = end;
  }
}

/**
 * Whether HTTP itself ends the body within the limit, so that it can be read in one go, which is faster: its
 * length is given, and is that of the text. A web page is not told which encodings another origin uses.
 */
function endsInTime({ headers, type }: FetchResponse & { type?: unknown }, limit: number): boolean {
  return Number(headers.get("content-length") || Infinity) <= limit && type !== "cors" &&
    !headers.get("content-encoding") && !headers.get("transfer-encoding");
}

/** Grows by half at least: a thousand chunks of one byte are as good as one of a thousand. */
function withRoom(bytes: Uint8Array<ArrayBuffer>, size: number): Uint8Array<ArrayBuffer> {
  if (size <= bytes.length) return bytes;
  const larger = new Uint8Array(bytes.length ? Math.max(size, bytes.length * 1.5) : size);
  larger.set(bytes);
  return larger;
}
