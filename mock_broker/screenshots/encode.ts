/**
 * From pixels to the bytes of an image file. Both libraries are plain JavaScript, so that every runtime gives
 * the same bytes, and are loaded with the first picture rather than with the broker.
 *
 * @module
 */

import type { Canvas } from "./canvas.ts";

/** The formats that the broker knows. */
export type ImageFormat = "png" | "jpeg";

const JPEG_QUALITY = 85;

/** Encodes a picture. */
export async function encode({ width, height, data }: Canvas, format: ImageFormat): Promise<Uint8Array> {
  if (format === "png") {
    const png = await import("fast-png");
    return png.encode({ width, height, data, channels: 4 });
  }
  const jpeg = await import("jpeg-js");
  return new Uint8Array(jpeg.encode({ width, height, data }, JPEG_QUALITY).data);
}
