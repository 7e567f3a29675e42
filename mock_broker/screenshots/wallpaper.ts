/**
 * Colors and a landscape of its own for each session, so that two of them differ even where no text can be read.
 *
 * @module
 */

import type { Canvas, Color } from "./canvas.ts";

/** Fills the picture with the session's sky and hills. */
export function drawWallpaper(canvas: Canvas, sessionId: string): void {
  const { width, height } = canvas;
  const hash = hashOf(sessionId);
  const hue = hash % 360;
  canvas.gradient(hsl(hue, 0.55, 0.32), hsl(hue + 40, 0.6, 0.68));

  const far = width * share(hash >>> 8);
  const near = width * share(hash >>> 16);
  canvas.disc(Math.round(far), Math.round(height * 1.6), Math.round(height * 0.95), hsl(hue + 60, 0.4, 0.5));
  canvas.disc(Math.round(near), Math.round(height * 2.1), Math.round(height * 1.3), hsl(hue + 80, 0.42, 0.4));
}

/** A light color that goes with the session's wallpaper. */
export function titleColor(sessionId: string): Color {
  return hsl(hashOf(sessionId) % 360, 0.35, 0.88);
}

/** The lowest byte as a number from 0 to 1. */
function share(hash: number): number {
  return (hash & 0xff) / 0xff;
}

/** FNV-1a: enough to tell ids apart that differ in one character. */
export function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/** The color of a hue in degrees, a saturation and a lightness from 0 to 1, as CSS defines it. */
function hsl(hue: number, saturation: number, lightness: number): Color {
  const spread = saturation * Math.min(lightness, 1 - lightness);
  function channel(shift: number): number {
    const position = (shift + hue / 30) % 12;
    return Math.round(255 * (lightness - spread * Math.max(-1, Math.min(position - 3, 9 - position, 1))));
  }
  return [channel(0), channel(8), channel(4)];
}
