/**
 * What the windows on a desktop show: as much of a program as can be told from afar.
 *
 * @module
 */

import { type Box, type Canvas, type Color, mix } from "./canvas.ts";

/** Numbers that follow from a seed, so that a session always has the same picture. */
export type Draw = (most: number) => number;

/** Draws what a window holds. */
export type Application = (canvas: Canvas, box: Box, draw: Draw, dot: number) => void;

const INK: Color = [28, 32, 42];
const PAPER: Color = [246, 247, 250];
const GREY: Color = [176, 182, 194];
const GREEN: Color = [96, 168, 120];
const BLUE: Color = [92, 138, 206];
const AMBER: Color = [206, 158, 92];

/** A numbers' sequence, by xorshift. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0 || 1;
  return (most) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % Math.max(1, Math.floor(most));
  };
}

/** Lines as far as the box goes, each with where it begins and how long it is, as shares of the width. */
function lines(
  canvas: Canvas,
  { x, y, width, height }: Box,
  dot: number,
  line: () => { from: number; length: number; color: Color },
): void {
  const step = 4 * dot;
  for (let top = y + 2 * dot; top + 2 * dot <= y + height; top += step) {
    const { from, length, color } = line();
    const left = x + Math.floor(from * width);
    const right = Math.min(x + width, left + Math.floor(length * width));
    canvas.rectangle(left, top, right - left, 2 * dot, color);
  }
}

function terminal(canvas: Canvas, box: Box, draw: Draw, dot: number): void {
  canvas.rectangle(box.x, box.y, box.width, box.height, INK);
  const soft = mix(INK, GREY, 0.6);
  lines(canvas, inset(box, 2 * dot), dot, () => {
    const isPrompt = draw(4) === 0;
    return { from: 0, length: isPrompt ? 0.2 : 0.3 + draw(60) / 100, color: isPrompt ? GREEN : soft };
  });
}

function editor(canvas: Canvas, box: Box, draw: Draw, dot: number): void {
  const background: Color = [38, 43, 56];
  const bar = Math.floor(box.width * 0.2);
  const colors = [mix(background, BLUE, 0.8), mix(background, AMBER, 0.7), mix(background, GREY, 0.6)];
  canvas.rectangle(box.x, box.y, box.width, box.height, background);
  canvas.rectangle(box.x, box.y, bar, box.height, [30, 34, 45]);
  lines(canvas, { ...inset(box, dot), width: bar - 3 * dot }, dot, () => ({
    from: 0.1 + draw(2) / 8,
    length: 0.3 + draw(40) / 100,
    color: mix(background, GREY, 0.4),
  }));
  const text = { ...inset(box, dot), x: box.x + bar + 2 * dot, width: box.width - bar - 4 * dot };
  lines(canvas, text, dot, () => ({
    from: draw(4) / 12,
    length: 0.15 + draw(50) / 100,
    color: colors[draw(3)]!,
  }));
}

function chart(canvas: Canvas, box: Box, draw: Draw, dot: number): void {
  canvas.rectangle(box.x, box.y, box.width, box.height, PAPER);
  const { x, y, width, height } = inset(box, 4 * dot);
  const bars = 7 + draw(4);
  const step = Math.max(2, Math.floor(width / bars));
  for (let index = 0; index < bars; index++) {
    const tall = Math.floor(height * (0.2 + draw(75) / 100));
    const color = index % 3 === 2 ? AMBER : BLUE;
    canvas.rectangle(x + index * step, y + height - tall, Math.max(1, step - 2 * dot), tall, color);
  }
  canvas.rectangle(x, y + height, width, dot, GREY);
}

function model(canvas: Canvas, box: Box, draw: Draw, dot: number): void {
  const background: Color = [66, 74, 88];
  const part = mix([150, 160, 176], draw(2) === 0 ? BLUE : AMBER, 0.35);
  canvas.rectangle(box.x, box.y, box.width, box.height, background);
  for (let left = box.x; left < box.x + box.width; left += 8 * dot) {
    canvas.rectangle(left, box.y, 1, box.height, mix(background, GREY, 0.15));
  }
  const centerX = box.x + Math.floor(box.width / 2);
  const centerY = box.y + Math.floor(box.height / 2);
  const radius = Math.floor(Math.min(box.width, box.height) * 0.38);
  const shade = mix(part, background, 0.5);
  canvas.disc(centerX + dot, centerY + dot, radius, shade);
  canvas.disc(centerX, centerY, radius, part);
  canvas.disc(centerX, centerY, Math.floor(radius * 0.4), shade);
  const holes = 4 + draw(4);
  for (let index = 0; index < holes; index++) {
    const angle = 2 * Math.PI * index / holes;
    const away = radius * 0.7;
    const left = centerX + Math.round(away * Math.cos(angle));
    canvas.disc(left, centerY + Math.round(away * Math.sin(angle)), Math.floor(radius * 0.1), shade);
  }
}

function page(canvas: Canvas, box: Box, draw: Draw, dot: number): void {
  canvas.rectangle(box.x, box.y, box.width, box.height, PAPER);
  const { x, y, width, height } = inset(box, 3 * dot);
  const banner = Math.floor(height * 0.3);
  canvas.rectangle(x, y, width, banner, mix(PAPER, [BLUE, GREEN, AMBER][draw(3)]!, 0.6));
  const below = { x, y: y + banner, width, height: height - banner };
  lines(canvas, below, dot, () => ({ from: 0, length: 0.4 + draw(60) / 100, color: GREY }));
}

function inset({ x, y, width, height }: Box, by: number): Box {
  return { x: x + by, y: y + by, width: width - 2 * by, height: height - 2 * by };
}

/** What may be open on a desktop. */
export const APPLICATIONS: readonly Application[] = [terminal, editor, chart, model, page];
