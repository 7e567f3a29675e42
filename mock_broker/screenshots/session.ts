/**
 * Screenshots of the sessions of a simulation.
 *
 * @module
 */

import type { Session } from "../simulation/session.ts";
import { renderScreenshot, type ScreenshotOptions } from "./screenshot.ts";

/** A picture of a session that is on a host. */
export function screenshotOf(
  { id: sessionId, name, owner, state, host }: Session,
  time: number,
  { maxWidth, maxHeight, format }: Pick<ScreenshotOptions, "maxWidth" | "maxHeight" | "format">,
): Promise<Uint8Array> {
  const { os, resolution } = host!.about;
  return renderScreenshot({
    sessionId,
    name,
    owner,
    state,
    os,
    time,
    resolution,
    maxWidth,
    maxHeight,
    format,
  });
}
