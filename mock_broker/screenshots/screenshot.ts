/**
 * Screenshots of simulated sessions: real images, which show whose session it is.
 *
 * @module
 */

import type { OsFamily } from "../simulation/host_description.ts";
import { drawDesktop } from "./desktop.ts";
import { encode, type ImageFormat } from "./encode.ts";
import type { SessionView } from "./window.ts";

export type { ImageFormat, OsFamily, SessionView };

/** A size in pixels. */
export interface Size {
  /** From left to right. */
  width: number;
  /** From top to bottom. */
  height: number;
}

/** What to take a picture of, and how large. */
export interface ScreenshotOptions extends SessionView {
  /** The size of the session's display, at most 8192 pixels each way. */
  resolution: Size;
  /**
   * The most that the image may be wide.
   *
   * @default {160}
   */
  maxWidth?: number | undefined;
  /**
   * The most that the image may be high.
   *
   * @default {100}
   */
  maxHeight?: number | undefined;
  /**
   * The format of the image.
   *
   * @default {"png"}
   */
  format?: ImageFormat | undefined;
}

/**
 * Renders a screenshot. The same options give the same bytes, on every runtime.
 *
 * The defaults of 160 by 100 are the broker's. That an image is never larger than the session's display is
 * documented; that it keeps the display's proportions is a guess, as for any thumbnail.
 *
 * @example
 * ```ts
 * import { renderScreenshot } from "./screenshot.ts";
 *
 * const png = await renderScreenshot({
 *   sessionId: "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
 *   name: "CAD workstation",
 *   owner: "maria",
 *   os: "linux",
 *   state: "READY",
 *   time: Date.UTC(2026, 0, 31, 9, 30),
 *   resolution: { width: 1920, height: 1080 },
 * });
 *
 * if (png[1] !== "P".charCodeAt(0)) throw new Error("Expected a PNG file");
 * ```
 */
export async function renderScreenshot(options: ScreenshotOptions): Promise<Uint8Array> {
  const { resolution, maxWidth = 160, maxHeight = 100, format = "png" } = options;
  const { width, height } = fit(resolution, maxWidth, maxHeight);
  return await encode(drawDesktop(options, width, height), format);
}

/** The largest size of these proportions that is no larger than the display and the bounds. */
function fit({ width, height }: Size, maxWidth: number, maxHeight: number): Size {
  const scale = Math.min(1, maxWidth / width, maxHeight / height);
  return { width: Math.max(1, Math.round(width * scale)), height: Math.max(1, Math.round(height * scale)) };
}
