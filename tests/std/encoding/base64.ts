/**
 * Stands in for `jsr:@std/encoding/base64` on networks without JSR, over `node:buffer`.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** Encodes bytes, or the UTF-8 bytes of a text, as base64. */
export function encodeBase64(data: ArrayBuffer | Uint8Array | string): string {
  return (typeof data === "string" ? Buffer.from(data, "utf8") : Buffer.from(data as Uint8Array)).toString(
    "base64",
  );
}

/** Decodes base64; a `TypeError` when it is not base64. */
export function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const stripped = text.replace(/[\t\n\f\r ]+/g, "");
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(stripped) || stripped.replace(/=+$/, "").length % 4 === 1) {
    throw new TypeError("Cannot decode input as base64: invalid character");
  }
  return new Uint8Array(Buffer.from(stripped, "base64"));
}
