/**
 * What a screenshot shows: a desktop as people have it, with wallpaper, windows, launchers, and a bar that says whose
 * it is and what the time is.
 *
 * @module
 */

import type { OsFamily } from "../simulation/host_description.ts";
import { APPLICATIONS, drawFrom } from "./applications.ts";
import { type Box, Canvas, type Color, textWidth } from "./canvas.ts";
import { drawWallpaper, hashOf } from "./wallpaper.ts";
import { columns, cut, DARK, drawWindow, LIGHT, lineHeight, type SessionView } from "./window.ts";

const BARS: Record<OsFamily, { label: string; edge: "top" | "bottom"; fill: Color; ink: Color }> = {
  linux: { label: "Activities", edge: "top", fill: DARK, ink: LIGHT },
  windows: { label: "Start", edge: "bottom", fill: DARK, ink: LIGHT },
  macos: { label: "Finder", edge: "top", fill: LIGHT, ink: DARK },
};

/** The symbols of programs, from afar. */
const LAUNCHERS: readonly Color[] = [
  [214, 116, 62],
  [84, 132, 206],
  [96, 168, 120],
  [196, 92, 128],
  [206, 170, 84],
];

/** Draws the desktop. The same session and size give the same picture. */
export function drawDesktop(session: SessionView, width: number, height: number): Canvas {
  const canvas = new Canvas(width, height);
  const dot = dotSize(width, height);
  const line = lineHeight(dot);
  const barAbove = BARS[session.os].edge === "top";
  const bar: Box = { x: 0, y: barAbove ? 0 : height - line, width, height: line };
  const desk: Box = { x: 0, y: barAbove ? line : 0, width, height: height - line };

  drawWallpaper(canvas, session.sessionId);
  drawWindows(canvas, session, desk, dot);
  drawBar(canvas, session, bar, dot);
  drawLaunchers(canvas, session.os, desk, dot);
  return canvas;
}

/** Text grows more slowly than the picture, as it does on larger screens. */
function dotSize(width: number, height: number): number {
  return Math.max(1, Math.round(Math.min(width / 160, height / 90) ** 0.6));
}

/** Two windows, and which programs they belong to, as chance has it for this session. */
function drawWindows(canvas: Canvas, session: SessionView, desk: Box, dot: number): void {
  const hash = hashOf(session.sessionId);
  const draw = drawFrom(hash);
  const front = hash % APPLICATIONS.length;
  const behind = (front + 1 + (hash >>> 5) % (APPLICATIONS.length - 1)) % APPLICATIONS.length;
  const isMirrored = (hash >>> 9) % 2 === 1;
  const place = (x: number, y: number, width: number, height: number): Box => ({
    x: desk.x + Math.round(desk.width * (isMirrored ? 1.06 - x - width : x)),
    y: desk.y + Math.round(desk.height * y),
    width: Math.round(desk.width * width),
    height: Math.round(desk.height * height),
  });
  const jitter = (percent: number) => draw(percent) / 100;
  drawWindow(
    canvas,
    session,
    { title: "", application: APPLICATIONS[behind]! },
    {
      ...place(0.36 + jitter(8), 0.05 + jitter(4), 0.5, 0.55),
    },
    draw,
    dot,
  );
  const title = session.name || session.sessionId;
  drawWindow(
    canvas,
    session,
    { title, application: APPLICATIONS[front]!, state: session.state },
    {
      ...place(0.13 + jitter(4), 0.17 + jitter(4), 0.7, 0.68),
    },
    draw,
    dot,
  );
}

/** The clock stands in its corner, whose desktop it is beside it, and the system's word where there is room. */
function drawBar(
  canvas: Canvas,
  { os, time, owner }: SessionView,
  { x, y, width, height }: Box,
  dot: number,
): void {
  const { label, fill, ink } = BARS[os];
  const margin = 3 * dot;
  const clock = new Date(time).toISOString().slice(11, 19);
  const clockX = x + width - textWidth(clock, dot) - margin;
  const labelEnd = x + 4 * margin + textWidth(label, dot);
  const room = (from: number) => columns(clockX - 2 * margin - from, dot);
  // Rather the owner than the system's word.
  const labelFits = room(labelEnd) >= Math.min(12, Array.from(owner).length);
  const user = cut(owner, room(labelFits ? labelEnd : x));

  canvas.rectangle(x, y, width, height, fill);
  canvas.text(clockX, y + 2 * dot, clock, dot, ink);
  canvas.text(clockX - 2 * margin - textWidth(user, dot), y + 2 * dot, user, dot, ink);
  if (labelFits) canvas.text(x + margin, y + 2 * dot, label, dot, ink);
}

/** A dock at the side or at the foot; Windows has its symbols on the desktop. */
function drawLaunchers(canvas: Canvas, os: OsFamily, desk: Box, dot: number): void {
  const side = 6 * dot;
  const step = side + 3 * dot;
  const isBelow = os === "macos";
  const length = LAUNCHERS.length * step + 3 * dot;
  const x = isBelow ? desk.x + Math.floor((desk.width - length) / 2) : desk.x;
  const y = isBelow ? desk.y + desk.height - step - 3 * dot : desk.y;
  const fill: Color = isBelow ? [222, 226, 234] : [30, 33, 42];
  if (isBelow) canvas.rectangle(x, y, length, step + 2 * dot, fill);
  else if (os === "linux") canvas.rectangle(x, y, step + 2 * dot, desk.height, fill);
  for (const [index, color] of LAUNCHERS.entries()) {
    const along = 3 * dot + index * step;
    const left = isBelow ? x + along : x + 2 * dot;
    const top = isBelow ? y + 3 * dot : y + along;
    if (top + side > desk.y + desk.height) break;
    canvas.rectangle(left, top, side, side, color);
  }
}
