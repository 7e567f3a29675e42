/**
 * What calls cost with 100 to 1,000,000 sessions, 10 to 10,000 hosts, and growing numbers of journal entries, pages and
 * worlds, in process, on Node 24. Its plots go to the folder that `--plots` names.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { Growth } from "./mock_broker_growth_measured.ts";
import { plot } from "./plot.ts";
import { bundled, inFolder, resultOf } from "./programs.ts";
import { type Figure, report } from "./report.ts";
import { runtime } from "./runtimes.ts";

const { values: { plots } } = parseArgs({ args: Deno.args, options: { plots: { type: "string" } } });
const growths = await inFolder(async (folder) => {
  const { command } = await runtime("Node 24");
  const program = await bundled("mock_broker_growth_measured", folder);
  return await resultOf<Growth[]>([...command, "--max-old-space-size=8000", program]);
});
report(growths.flatMap(figuresOf));
for (const growth of plots === undefined ? [] : growths) {
  await Deno.mkdir(plots!, { recursive: true });
  await Deno.writeTextFile(`${plots}/${growth.of.split(",")[0]!.replaceAll(" ", "_")}.svg`, plot(growth));
}

function figuresOf({ of, sizes, curves }: Growth): Figure[] {
  return curves.flatMap(({ what, costs }) =>
    costs.map((value, i) => ({
      what,
      column: `${sizes[i]!.toLocaleString("en")} ${of.split(",")[0]}`,
      value,
      unit: "µs",
    }))
  );
}
