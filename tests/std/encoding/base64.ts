/**
 * Stands in for `jsr:@std/encoding/base64` on networks without JSR, over `node:buffer`.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** Encodes bytes, or the UTF-8 bytes of a text, as base64. */
export function encodeBase64(data: ArrayBuffer | Uint8Array | string): string {
  const bytes = typeof data === "string" ? Buffer.from(data, "utf8") : Buffer.from(data as Uint8Array);
  return bytes.toString("base64");
}

/** Decodes base64; throws a `TypeError` for a character that has no place in it, a `RangeError` for a length. */
export function decodeBase64(b64: string): ReturnType<Uint8Array["slice"]> {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(b64)) {
    throw new TypeError("Cannot decode input as base64: Invalid character");
  }
  if (b64.replace(/=+$/, "").length % 4 === 1) throw new RangeError("Cannot decode input as base64: Length");
  return new Uint8Array(Buffer.from(b64, "base64"));
}
