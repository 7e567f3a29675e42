/**
 * Reads the rows of docs/fidelity.md.
 *
 * @module
 */

import type { FidelityRow } from "../cli/contract/fidelity_row.ts";

const CONFIDENCES = ["documented", "seen", "guessed"];

/** Reads every row that says what the mock does and how sure that is; what it does not do comes last. */
export function parseFidelityPage(markdown: string): FidelityRow[] {
  const rows: FidelityRow[] = [];
  let section = "";
  for (const line of markdown.split("\n")) {
    section = /^## (.+)$/.exec(line)?.[1] ?? section;
    const [, behaviour, , confidence] = line.split(/(?<!\\)\|/).map((cell) => cell.trim());
    if (section === "Not simulated") break;
    if (behaviour && CONFIDENCES.includes(confidence!)) {
      rows.push({ section, behaviour, confidence: confidence! });
    }
  }
  return rows;
}
