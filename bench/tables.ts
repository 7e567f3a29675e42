/**
 * Figures as tables in Markdown, what was measured on several runtimes side by side.
 *
 * @module
 */

import { budgetOf, type Figure, readable, spreadOf, verdictOf } from "./report.ts";

/** Programs that put the runtime before what they measured. */
const RUNTIME_FIRST = /^(Deno|Bun|Node \d+)[:,] (.*)$/;

/** A column for figures that stand alone. */
const ALONE = "measured";

/** The table of some figures, in the order in which they were measured. */
export function table(figures: readonly Figure[]): string {
  const placed = figures.map((figure) => {
    const [, runtime, what = figure.what] = RUNTIME_FIRST.exec(figure.what) ?? [];
    return { ...figure, what, column: figure.column ?? runtime ?? ALONE };
  });
  const columns = [...new Set(placed.map(({ column }) => column))];
  const hasBudgets = placed.some((figure) => budgetOf(figure) !== "");
  const rows = Map.groupBy(placed, ({ what, unit }) => unit === "times" ? what : `${what}, ${unit}`);
  return [
    ["what", ...(hasBudgets ? ["budget"] : []), ...columns],
    ["---", ...(hasBudgets ? ["---"] : []), ...columns.map(() => "---")],
    ...[...rows].map(([what, row]) => [
      what,
      ...(hasBudgets ? [budgetsOf(row)] : []),
      ...columns.map((column) => row.filter((figure) => figure.column === column).map(cell).join(", ")),
    ]),
  ].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

/** Budgets may differ from runtime to runtime. */
function budgetsOf(row: readonly Figure[]): string {
  const budgets = row.map((figure) => budgetOf(figure).replace(/ times$/, "")).filter((text) => text !== "");
  return [...new Set(budgets)].join(", ");
}

function cell(figure: Figure): string {
  const value = readable(figure.value);
  const spread = spreadOf(figure);
  const measured = verdictOf(figure) === "MISSED" ? `**${value}, missed**` : value;
  return spread === "" ? measured : `${measured} (${spread})`;
}
