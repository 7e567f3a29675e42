/**
 * The difference between two texts, line by line, no more of it than can be looked at.
 *
 * @module
 */

import { structuredPatch } from "diff";

/** What is different. */
export type Difference =
  | { readonly kind: "none" }
  | { readonly kind: "tooLong" }
  | {
    readonly kind: "lines";
    readonly parts: readonly DifferentPart[];
    /** Lines that are left out at the end. */
    readonly left: number;
  };

/** Lines that differ, with some around them that do not. */
export interface DifferentPart {
  /** Lines before it that are the same. */
  readonly skipped: number;
  readonly lines: readonly DifferentLine[];
}

/** A line that went, came or stayed. */
export interface DifferentLine {
  readonly sign: "-" | "+" | " ";
  readonly text: string;
}

/** Lines around what differs. */
const CONTEXT = 3;

/** Most lines that are shown. */
const MOST_LINES = 1_000;

/** Most lines that may go and come until two texts count as unlike: looking for more takes too long. */
const MOST_EDITS = 2_000;

/** Longest texts that are compared, in characters. */
const LONGEST = 2_000_000;

/** Compares two texts. */
export function differenceOf(before: string, after: string): Difference {
  if (before === after) return { kind: "none" };
  if (before.length > LONGEST || after.length > LONGEST) return { kind: "tooLong" };
  const patch = structuredPatch("", "", ended(before), ended(after), "", "", {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  });
  if (!patch) return { kind: "tooLong" };
  const parts: DifferentPart[] = [];
  let room = MOST_LINES;
  let reached = 1;
  for (const { oldStart, oldLines, lines } of patch.hunks) {
    const shown = lines.slice(0, room);
    if (shown.length > 0) parts.push({ skipped: Math.max(0, oldStart - reached), lines: shown.map(lineOf) });
    room -= shown.length;
    reached = oldStart + oldLines;
  }
  const all = patch.hunks.reduce((sum, { lines }) => sum + lines.length, 0);
  return { kind: "lines", parts, left: Math.max(0, all - MOST_LINES) };
}

/** With a line break at its end, which then is no difference. */
function ended(text: string): string {
  return text === "" || text.endsWith("\n") ? text : `${text}\n`;
}

function lineOf(line: string): DifferentLine {
  return { sign: line.charAt(0) as DifferentLine["sign"], text: line.slice(1) };
}
