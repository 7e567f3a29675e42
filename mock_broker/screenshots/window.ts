/**
 * The window in the middle of a screenshot, which names the session.
 *
 * @module
 */

import type { OsFamily } from "../simulation/host_description.ts";
import { type Canvas, type Color, mix } from "./canvas.ts";
import { GLYPH_HEIGHT, GLYPH_WIDTH } from "./font.ts";
import { titleColor } from "./wallpaper.ts";

/** What can be seen of a session. */
export interface SessionView {
  /** The session's id. */
  sessionId: string;
  /** The title of the window; a session without a name shows its id. */
  name: string;
  /** Who owns the session. */
  owner: string;
  /** The system of its host, whose desktops look different. */
  os: OsFamily;
  /** The session's state, such as `READY`. */
  state: string;
  /** The time on the clock, in milliseconds since the epoch; it is shown in UTC. */
  time: number;
}

/** A part of the picture, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export const DARK: Color = [16, 18, 24];
export const LIGHT: Color = [250, 250, 252];
const GREY: Color = [120, 124, 134];
const RED: Color = [222, 72, 66];
const AMBER: Color = [240, 180, 50];
const GREEN: Color = [60, 176, 90];
const ORANGE: Color = [224, 96, 50];

const BUTTONS: Record<OsFamily, { side: "left" | "right"; colors: Color[] }> = {
  linux: { side: "right", colors: [ORANGE] },
  windows: { side: "right", colors: [GREY, GREY, RED] },
  macos: { side: "left", colors: [RED, AMBER, GREEN] },
};

const STATE_COLORS: Partial<Record<string, Color>> = {
  CREATING: AMBER,
  READY: GREEN,
  DELETING: RED,
  DELETED: RED,
};

/** In glyphs: room for an id in one line where there is any. */
const WIDEST = 42;

/** The height of a line of text with the room around it. */
export function lineHeight(dot: number): number {
  return (GLYPH_HEIGHT + 3) * dot;
}

/** Draws the window in the middle of the desk, as large as its text needs and the desk allows. */
export function drawWindow(canvas: Canvas, session: SessionView, desk: Box, dot: number): void {
  const margin = 3 * dot;
  const line = lineHeight(dot);
  const width = Math.min(desk.width - 2 * margin, WIDEST * (GLYPH_WIDTH + 1) * dot);
  const details = detailsOf(session, columns(width - 2 * margin, dot));
  const height = Math.min(desk.height - 2 * margin, (details.length + 2) * line);
  const x = desk.x + Math.round((desk.width - width) / 2);
  const y = desk.y + Math.round((desk.height - height) / 2);

  canvas.rectangle(x - dot, y - dot, width + 2 * dot, height + 2 * dot, DARK);
  canvas.rectangle(x, y, width, height, LIGHT);
  drawTitle(canvas, session, { x, y, width, height: line }, dot);
  drawDetails(canvas, details, { x: x + margin, y: y + line, width, height: height - line }, dot);
}

function drawTitle(canvas: Canvas, session: SessionView, { x, y, width, height }: Box, dot: number): void {
  const { side, colors } = BUTTONS[session.os];
  const margin = 3 * dot;
  const radius = 2 * dot;
  const step = 2 * radius + 2 * dot;
  const buttonsWidth = colors.length * step + dot;
  const buttonsX = side === "left" ? x + dot : x + width - buttonsWidth;
  const textX = x + margin + (side === "left" ? buttonsWidth : 0);
  const title = cut(session.name || session.sessionId, columns(width - buttonsWidth - 2 * margin, dot));

  canvas.rectangle(x, y, width, height, titleColor(session.sessionId));
  canvas.text(textX, y + 2 * dot, title, dot, DARK);
  for (const [index, color] of colors.entries()) {
    canvas.disc(buttonsX + dot + radius + index * step, y + Math.floor(height / 2), radius, color);
  }
}

interface Line {
  text: string;
  color: Color;
}

function detailsOf({ sessionId, owner, state, os }: SessionView, room: number): Line[] {
  return [
    ...wrap(sessionId, room).map((text) => ({ text, color: DARK })),
    { text: cut(`Owner ${owner}`, room), color: DARK },
    { text: cut(`State ${state}`, room), color: mix(STATE_COLORS[state] ?? GREY, DARK, 0.3) },
    { text: cut(`System ${os}`, room), color: GREY },
  ];
}

function drawDetails(canvas: Canvas, lines: Line[], { x, y, height }: Box, dot: number): void {
  const line = lineHeight(dot);
  const shown = lines.slice(0, Math.max(0, Math.floor(height / line)));
  const top = y + Math.floor((height - shown.length * line) / 2) + dot;
  for (const [index, { text, color }] of shown.entries()) {
    canvas.text(x, top + index * line, text, dot, color);
  }
}

/** How many glyphs fit. */
function columns(width: number, dot: number): number {
  return Math.max(1, Math.floor((width + dot) / ((GLYPH_WIDTH + 1) * dot)));
}

/** At most `length` characters, with points in place of what is missing. */
function cut(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters.slice(0, Math.max(0, length - 2)).join("")}..`;
}

/** Lines of at most `length` characters, broken after a hyphen where there is one. */
function wrap(text: string, length: number): string[] {
  const lines: string[] = [];
  let rest = text;
  while (rest.length > length) {
    const hyphen = rest.lastIndexOf("-", length - 1);
    const end = hyphen > 0 ? hyphen + 1 : length;
    lines.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  return [...lines, rest];
}
