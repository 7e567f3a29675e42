/**
 * Tables that fit the terminal.
 *
 * @module
 */

import cliTruncate from "cli-truncate";
import stringWidth from "string-width";
import { styleText } from "node:util";
import { printable } from "./terminal.ts";

/** How well something is, as a colour. */
export type Tone = "green" | "yellow" | "red";

/** A column: its heading, and what it shows of an item. */
export interface Column<T> {
  readonly heading: string;
  readonly value: (item: T) => string | number | undefined;
  /** Its colour, where there are colours. */
  readonly tone?: (item: T) => Tone | undefined;
}

/** Spaces between two columns. */
const GAP = 2;

/** No column gets narrower, however little room there is. */
const NARROWEST = 6;

/** How a table is written. */
export interface TableStyle {
  /** How wide a line may be; as wide as it likes if nothing is said. */
  readonly width?: number | undefined;
  readonly hasColours?: boolean | undefined;
}

/** A place in a table. */
interface Cell {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/**
 * Writes items as lines of a table. Where lines may have so many columns only, the widest columns give way, and then the
 * last ones are left out.
 *
 * @param items What to show, a line each.
 * @param columns What to show of each.
 */
export function table<T>(
  items: readonly T[],
  columns: readonly Column<T>[],
  { width, hasColours = false }: TableStyle = {},
): string {
  const rows: Cell[][] = [
    columns.map(({ heading }) => ({ text: heading })),
    ...items.map((item) =>
      columns.map(({ value, tone }) => ({
        text: printable(String(value(item) ?? "-")),
        tone: hasColours ? tone?.(item) : undefined,
      }))
    ),
  ];
  const natural = columns.map((_, index) =>
    rows.reduce((widest, row) => Math.max(widest, stringWidth(row[index]!.text)), 0)
  );
  const widths = width === undefined ? natural : fitted(natural.slice(0, roomFor(natural, width)), width);
  return rows.map((row) => line(row, widths)).join("\n");
}

function line(cells: readonly Cell[], widths: readonly number[]): string {
  const padded = cells.slice(0, widths.length).map(({ text, tone }, index) => {
    const shown = cliTruncate(text, widths[index]!);
    const painted = tone === undefined ? shown : styleText(tone, shown, { validateStream: false });
    return painted + " ".repeat(Math.max(0, widths[index]! - stringWidth(shown)));
  });
  return padded.join(" ".repeat(GAP)).trimEnd();
}

/** How many columns fit, as narrow as may be; the first ones say what an item is. */
function roomFor(widths: readonly number[], width: number): number {
  const narrowed = widths.map((natural) => Math.min(natural, NARROWEST));
  let columns = widths.length;
  while (columns > 1 && total(narrowed.slice(0, columns)) > width) columns--;
  return columns;
}

/** Takes a character from the widest column until all fit, or all are as narrow as may be. */
function fitted(widths: readonly number[], width: number): number[] {
  const result = [...widths];
  for (let over = total(result) - width; over > 0; over--) {
    const widest = result.indexOf(Math.max(...result));
    if (result[widest]! <= NARROWEST) break;
    result[widest]!--;
  }
  return result;
}

/** Of columns, and the gaps between them. */
function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1));
}
