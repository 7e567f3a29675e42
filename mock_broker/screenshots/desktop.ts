/**
 * What a screenshot shows: wallpaper, a window that says whose session this is, and a bar with the time.
 *
 * @module
 */

import type { OsFamily } from "../simulation/host_description.ts";
import { Canvas, type Color, textWidth } from "./canvas.ts";
import { drawWallpaper } from "./wallpaper.ts";
import { type Box, DARK, drawWindow, LIGHT, lineHeight, type SessionView } from "./window.ts";

const BARS: Record<OsFamily, { label: string; edge: "top" | "bottom"; fill: Color; ink: Color }> = {
  linux: { label: "Activities", edge: "top", fill: DARK, ink: LIGHT },
  windows: { label: "Start", edge: "bottom", fill: DARK, ink: LIGHT },
  macos: { label: "Finder", edge: "top", fill: LIGHT, ink: DARK },
};

/** Draws the desktop. The same session and size give the same picture. */
export function drawDesktop(session: SessionView, width: number, height: number): Canvas {
  const canvas = new Canvas(width, height);
  const dot = dotSize(width, height);
  const line = lineHeight(dot);
  const barAbove = BARS[session.os].edge === "top";
  const bar: Box = { x: 0, y: barAbove ? 0 : height - line, width, height: line };
  const desk: Box = { x: 0, y: barAbove ? line : 0, width, height: height - line };

  drawWallpaper(canvas, session.sessionId);
  drawWindow(canvas, session, desk, dot);
  drawBar(canvas, session, bar, dot);
  return canvas;
}

/** Text grows more slowly than the picture, as it does on larger screens. */
function dotSize(width: number, height: number): number {
  return Math.max(1, Math.round(Math.min(width / 160, height / 90) ** 0.6));
}

function drawBar(
  canvas: Canvas,
  { os, time }: SessionView,
  { x, y, width, height }: Box,
  dot: number,
): void {
  const { label, fill, ink } = BARS[os];
  const margin = 3 * dot;
  const clock = new Date(time).toISOString().slice(0, 19).replace("T", " ");
  const clockX = x + width - textWidth(clock, dot) - margin;
  const labelFits = x + 2 * margin + textWidth(label, dot) <= clockX;

  canvas.rectangle(x, y, width, height, fill);
  canvas.text(clockX, y + 2 * dot, clock, dot, ink);
  if (labelFits) canvas.text(x + margin, y + 2 * dot, label, dot, ink);
}
