/**
 * Measures every budget on Node 20, Node 24, Deno and Bun in one run, and writes the tables and plots of bench/README.md.
 * It begins with building the npm packages. With `--quick` it measures a part on two runtimes, and writes nothing.
 *
 * @module
 */

import { parseArgs } from "node:util";
import { machine } from "./machine.ts";
import { inFolder } from "./programs.ts";
import { type Figure, FIGURES_FILE, verdictOf } from "./report.ts";
import { allRuntimes } from "./runtimes.ts";
import { table } from "./tables.ts";

/** The programs, and what their tables are called. */
const PROGRAMS: Readonly<Record<string, string>> = {
  client_size: "Size of the client",
  client_import: "Import of the client",
  client_call: "A call of the client",
  tls_fetch: "`createTlsFetch()`",
  mock_broker_socket: "The mock over a socket",
  mock_broker_in_process: "The mock in process",
  mock_broker_start: "Start of the mock's command",
  mock_broker_scale: "Large fleets",
  mock_broker_capacity: "A day, simulated",
  mock_broker_growth: "Growth",
};

/** What a few minutes are enough for, and which runtimes. */
const QUICK = {
  programs: ["mock_broker_socket", "mock_broker_in_process", "mock_broker_scale"],
  args: ["--quick", "Node 24", "Deno"],
};

const README = new URL("./README.md", import.meta.url).pathname;
const PLOTS = new URL("./plots", import.meta.url).pathname;

const { values: { quick, json } } = parseArgs({
  args: Deno.args,
  options: { quick: { type: "boolean" }, json: { type: "string" } },
});
const where = machine();
const began = performance.now();
const versions = (await allRuntimes()).map(({ name, version }) => `${name} (${version})`);
console.log(`${where}\n${versions.join(", ")}`);
if (!quick) await run(["task", "build:npm"]);
const measured: Record<string, Figure[]> = {};
for (const program of quick ? QUICK.programs : Object.keys(PROGRAMS)) {
  console.log(`\n${PROGRAMS[program]}: bench/${program}.ts`);
  const args = quick ? QUICK.args : program === "mock_broker_growth" ? ["--plots", PLOTS] : [];
  measured[program] = await figuresOf(program, args);
}
if (json) await Deno.writeTextFile(json, JSON.stringify(measured));
if (!quick) await writeReadme();
const missed = Object.values(measured).flat().filter((figure) => verdictOf(figure) === "MISSED").length;
console.log(missed === 0 ? "Every budget is kept" : `${missed} budgets are missed`);
if (missed > 0) Deno.exitCode = 1;

/** Runs a program, whose figures come in a file: what it prints is for people. */
async function figuresOf(program: string, args: readonly string[]): Promise<Figure[]> {
  return await inFolder(async (folder) => {
    const file = `${folder}/figures.json`;
    await run(["run", "-A", "--config", "tools.json", `bench/${program}.ts`, ...args], {
      [FIGURES_FILE]: file,
    });
    try {
      return JSON.parse(await Deno.readTextFile(file));
    } catch {
      console.error(`bench/${program}.ts has measured nothing`);
      Deno.exitCode = 1;
      return [];
    }
  });
}

/** A program that misses a budget fails, and has measured all the same. */
async function run(args: string[], env: Record<string, string> = {}): Promise<void> {
  await new Deno.Command(Deno.execPath(), { args, env }).spawn().status;
}

async function writeReadme(): Promise<void> {
  const minutes = Math.round((performance.now() - began) / 60_000);
  const about =
    `Written by \`deno task bench\`, which took ${minutes} minutes: ${where}. ${versions.join(", ")}. ` +
    "Ratios are medians of rounds, with the smallest and the largest in brackets.";
  const sections = Object.entries(measured).map(([program, figures]) =>
    `### ${PROGRAMS[program]}\n\n${tableOf(program, figures)}`
  );
  const text = await Deno.readTextFile(README);
  const tables = `<!-- begin of the figures -->\n\n${about}\n\n${
    sections.join("\n\n")
  }\n\n<!-- end of the figures -->`;
  const marks = /<!-- begin of the figures -->.*<!-- end of the figures -->/s;
  if (!marks.test(text)) throw new Error("bench/README.md has lost the marks between which its tables stand");
  await Deno.writeTextFile(README, text.replace(marks, () => tables));
  await run(["fmt", "--quiet", README, PLOTS]);
}

/** What grows has a table and a plot for each thing that it grows with. */
function tableOf(program: string, figures: Figure[]): string {
  if (figures.length === 0) return "Nothing was measured.";
  if (program !== "mock_broker_growth") return table(figures);
  const growing = Map.groupBy(figures, ({ column }) => column!.replace(/^[\d,]+ /, ""));
  return [...growing].map(([of, figures]) => {
    const plot = `plots/${of.replaceAll(" ", "_")}.svg`;
    return `![What a call costs with growing numbers of ${of}](${plot})\n\n${table(figures)}`;
  }).join("\n\n");
}
