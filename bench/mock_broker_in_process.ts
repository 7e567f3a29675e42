/**
 * What a call costs without a socket: `describeSessions`, 20 sessions a page, token and journal, on each runtime,
 * against writing the answer to JSON once. Arguments name the runtimes.
 *
 * @module
 */

import { bundled, inFolder, resultOf } from "./programs.ts";
import { type Figure, median, ratioOfRounds, report } from "./report.ts";
import { askedRuntimes } from "./runtimes.ts";

const figures = await inFolder(async (folder) => {
  const program = await bundled("mock_broker_in_process_measured", folder);
  const figures: Figure[] = [];
  for (const { name: column, command } of await askedRuntimes()) {
    const [calls, writes] = await resultOf<number[][]>([...command, program]);
    figures.push(
      ratioOfRounds("a call in process: to one JSON.stringify of its answer", calls!, writes!, {
        column,
        atMost: 3,
      }),
      { what: "a call in process: its time", column, value: median(calls!) * 1000, unit: "µs" },
    );
  }
  return figures;
});
if (!report(figures)) Deno.exitCode = 1;
