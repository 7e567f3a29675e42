/**
 * Tables that fit the terminal.
 *
 * @module
 */

import cliTruncate from "cli-truncate";
import stringWidth from "string-width";
import { printable } from "./terminal.ts";

/** A column: its heading, and what it shows of an item. */
export interface Column<T> {
  readonly heading: string;
  readonly value: (item: T) => string | number | undefined;
}

/** Spaces between two columns. */
const GAP = 2;

/** No column gets narrower, however little room there is. */
const NARROWEST = 6;

/**
 * Writes items as lines of a table. Where lines may have so many columns only, the widest columns give way.
 *
 * @param items What to show, a line each.
 * @param columns What to show of each.
 * @param width How wide a line may be; as wide as it likes if nothing is said.
 */
export function table<T>(items: readonly T[], columns: readonly Column<T>[], width?: number): string {
  const rows = [
    columns.map(({ heading }) => heading),
    ...items.map((item) => columns.map(({ value }) => printable(String(value(item) ?? "-")))),
  ];
  const natural = columns.map((_, index) => Math.max(...rows.map((row) => stringWidth(row[index]!))));
  const widths = width === undefined ? natural : fitted(natural, width - GAP * (columns.length - 1));
  return rows.map((row) => line(row, widths)).join("\n");
}

function line(cells: readonly string[], widths: readonly number[]): string {
  const padded = cells.map((cell, index) => {
    const text = cliTruncate(cell, widths[index]!);
    return text + " ".repeat(Math.max(0, widths[index]! - stringWidth(text)));
  });
  return padded.join(" ".repeat(GAP)).trimEnd();
}

/** Takes a character from the widest column until all fit, or all are as narrow as may be. */
function fitted(widths: readonly number[], room: number): number[] {
  const result = [...widths];
  for (let over = sum(result) - room; over > 0; over--) {
    const widest = result.indexOf(Math.max(...result));
    if (result[widest]! <= NARROWEST) break;
    result[widest]!--;
  }
  return result;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
