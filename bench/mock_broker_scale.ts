/**
 * What a page of sessions costs with 100,000 of them on 1,000 hosts, against 100 on 10, and what it costs to create one
 * more, in process, on each runtime; the same with 1,000,000 on 10,000 hosts, on one. Arguments name the runtimes; with
 * `--quick` there is no million.
 *
 * @module
 */

import { CREATIONS, PAGES } from "./fleet.ts";
import type { Scale, Times } from "./mock_broker_scale_measured.ts";
import { bundled, inFolder, resultOf } from "./programs.ts";
import { type Figure, median, ratioOfRounds, report } from "./report.ts";
import { askedRuntimes, runtime } from "./runtimes.ts";

const isQuick = Deno.args.includes("--quick");
const figures = await inFolder(async (folder) => {
  const program = await bundled("mock_broker_scale_measured", folder);
  const measured = async (command: readonly string[], size: string) =>
    await resultOf<Scale>([...command, program, size]);
  const figures: Figure[] = [];
  for (const { name, command } of await askedRuntimes()) {
    figures.push(...figuresOf(name, await measured(command, "1000,100000")));
  }
  if (!isQuick) {
    const { name, command } = await runtime("Node 24");
    const million = await measured([...command, "--max-old-space-size=8000"], "10000,1000000");
    figures.push(...pageFigures(`1,000,000 on ${name}`, million.pages));
  }
  return figures;
});
if (!report(figures)) Deno.exitCode = 1;

function figuresOf(column: string, { pages, creations, bytesPerSession }: Scale): Figure[] {
  return [
    ...pageFigures(column, pages),
    ...CREATIONS.map(({ what, atMost }, i) => ratio(what, creations[i]!, { column, atMost })),
    ...timeFigure("creating, no requirements: on 1,000 hosts", creations[0]!, column),
    { what: "memory of a session at rest", column, value: bytesPerSession, unit: "bytes", atMost: 1536 },
  ];
}

function pageFigures(column: string, pages: readonly Times[]): Figure[] {
  return [
    ...PAGES.map(({ what }, i) => ratio(what, pages[i]!, { column, atMost: 2 })),
    ...timeFigure("first page: on the large fleet", pages[0]!, column),
  ];
}

function ratio(what: string, [small, large]: Times, more: Partial<Figure>): Figure {
  return ratioOfRounds(`${what}: large fleet to small fleet`, large, small, more);
}

function timeFigure(what: string, [, large]: Times, column: string): Figure[] {
  return [{ what, column, value: median(large) * 1000, unit: "µs" }];
}
