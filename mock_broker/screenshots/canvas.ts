/**
 * A picture in memory, and the few shapes that a simple desktop is made of.
 *
 * @module
 */

import { GLYPH_HEIGHT, GLYPH_WIDTH, glyphsOf, hasDot } from "./font.ts";

/** Red, green and blue, from 0 to 255. */
export type Color = readonly [red: number, green: number, blue: number];

/** A part of the picture, in pixels. */
export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whatever is drawn beyond the edges is cut off. */
export class Canvas {
  readonly width: number;
  readonly height: number;
  /** Rows of pixels of four bytes: red, green, blue, opacity. */
  readonly data: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.data = new Uint8Array(width * height * 4);
  }

  rectangle(x: number, y: number, width: number, height: number, [red, green, blue]: Color): void {
    const left = Math.max(0, x);
    const right = Math.min(this.width, x + width);
    const top = Math.max(0, y);
    const bottom = Math.min(this.height, y + height);
    if (left >= right || top >= bottom) return;

    const first = this.#offset(left, top);
    const end = this.#offset(right, top);
    for (let offset = first; offset < end; offset += 4) {
      this.data[offset] = red;
      this.data[offset + 1] = green;
      this.data[offset + 2] = blue;
      this.data[offset + 3] = 255;
    }
    for (let row = top + 1; row < bottom; row++) this.data.copyWithin(this.#offset(left, row), first, end);
  }

  disc(centerX: number, centerY: number, radius: number, color: Color): void {
    for (let dy = -radius; dy <= radius; dy++) {
      const half = Math.floor(Math.sqrt((radius + 0.5) ** 2 - dy * dy));
      this.rectangle(centerX - half, centerY + dy, 2 * half + 1, 1, color);
    }
  }

  /** A gradient from the top of the picture to its bottom. */
  gradient(top: Color, bottom: Color): void {
    for (let y = 0; y < this.height; y++) {
      this.rectangle(0, y, this.width, 1, mix(top, bottom, y / this.height));
    }
  }

  /** One line of text; `dot` is the size of one dot of the font in pixels. */
  text(x: number, y: number, text: string, dot: number, color: Color): void {
    for (const [index, glyph] of glyphsOf(text).entries()) {
      const left = x + index * (GLYPH_WIDTH + 1) * dot;
      for (let row = 0; row < GLYPH_HEIGHT; row++) {
        for (let column = 0; column < GLYPH_WIDTH; column++) {
          if (!hasDot(glyph, column, row)) continue;
          this.rectangle(left + column * dot, y + row * dot, dot, dot, color);
        }
      }
    }
  }

  #offset(x: number, y: number): number {
    return (y * this.width + x) * 4;
  }
}

/** The width in pixels of a line of text. */
export function textWidth(text: string, dot: number): number {
  return Math.max(0, glyphsOf(text).length * (GLYPH_WIDTH + 1) - 1) * dot;
}

/** The color at this share of the way from one color to another. */
export function mix(from: Color, to: Color, share: number): Color {
  const [red, green, blue] = from.map((value, index) => Math.round(value + (to[index]! - value) * share));
  return [red!, green!, blue!];
}
