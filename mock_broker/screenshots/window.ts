/**
 * The windows of a desktop: the one in front has the session's name as its title and its state at its foot.
 *
 * @module
 */

import type { OsFamily } from "../simulation/host_description.ts";
import type { Application, Draw } from "./applications.ts";
import { type Box, type Canvas, type Color, mix } from "./canvas.ts";
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

/** The height of a line of text with the room around it. */
export function lineHeight(dot: number): number {
  return (GLYPH_HEIGHT + 3) * dot;
}

/** What a window is made of. */
export interface Window {
  readonly title: string;
  readonly application: Application;
  /** The line at its foot, where it has one. */
  readonly state?: string | undefined;
}

/** Draws a window with what it holds. */
export function drawWindow(
  canvas: Canvas,
  session: SessionView,
  { title, application, state }: Window,
  box: Box,
  draw: Draw,
  dot: number,
): void {
  const line = lineHeight(dot);
  const { x, y, width, height } = box;
  const foot = state === undefined ? 0 : line;
  canvas.rectangle(x - dot, y - dot, width + 2 * dot, height + 2 * dot, DARK);
  application(canvas, { x, y: y + line, width, height: Math.max(0, height - line - foot) }, draw, dot);
  drawTitle(canvas, session, title, { x, y, width, height: line }, dot);
  if (state !== undefined) drawFoot(canvas, state, { x, y: y + height - foot, width, height: foot }, dot);
}

function drawTitle(
  canvas: Canvas,
  { os, sessionId }: SessionView,
  text: string,
  { x, y, width, height }: Box,
  dot: number,
): void {
  const { side, colors } = BUTTONS[os];
  const margin = 3 * dot;
  const radius = 2 * dot;
  const step = 2 * radius + 2 * dot;
  const buttonsWidth = colors.length * step + dot;
  const buttonsX = side === "left" ? x + dot : x + width - buttonsWidth;
  const textX = x + margin + (side === "left" ? buttonsWidth : 0);
  const title = cut(text, columns(width - buttonsWidth - 2 * margin, dot));

  canvas.rectangle(x, y, width, height, titleColor(sessionId));
  canvas.text(textX, y + 2 * dot, title, dot, DARK);
  for (const [index, color] of colors.entries()) {
    canvas.disc(buttonsX + dot + radius + index * step, y + Math.floor(height / 2), radius, color);
  }
}

function drawFoot(canvas: Canvas, state: string, { x, y, width, height }: Box, dot: number): void {
  const margin = 3 * dot;
  canvas.rectangle(x, y, width, height, mix(STATE_COLORS[state] ?? GREY, DARK, 0.45));
  canvas.text(x + margin, y + 2 * dot, cut(state, columns(width - 2 * margin, dot)), dot, LIGHT);
}

/** How many glyphs fit. */
export function columns(width: number, dot: number): number {
  return Math.max(0, Math.floor((width + dot) / ((GLYPH_WIDTH + 1) * dot)));
}

/** At most `length` characters, with points in place of what is missing. */
export function cut(text: string, length: number): string {
  const characters = Array.from(text);
  if (characters.length <= length) return text;
  return `${characters.slice(0, Math.max(0, length - 2)).join("")}..`.slice(0, Math.max(0, length));
}
