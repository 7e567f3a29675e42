/**
 * What it costs a program to import the client: the time of a whole process that does nothing else, against one that
 * does nothing at all, on Deno and on the oldest Node. `deno task build:npm` has to have been run.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { CLIENT } from "../scripts/npm/packages.ts";
import { DENO } from "../scripts/run.ts";
import { report } from "./report.ts";

const ROUNDS = 41;

const folder = await Deno.makeTempDir({ prefix: "client_import_" });
const empty = `${folder}/empty.mjs`;
await Deno.writeTextFile(empty, "");
try {
  const deno = [DENO, "run", "--no-config", "--no-check"];
  const node = [await executableOf("node@20.19")];
  const kept = report([
    {
      what: "on Deno, from source",
      value: await importTime(deno, await Deno.realPath("mod.ts")),
      unit: "ms",
      atMost: 3,
    },
    {
      what: "on Node 20.19, from npm",
      value: await importTime(node, await builtModule()),
      unit: "ms",
      atMost: 6,
    },
  ]);
  if (!kept) Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function builtModule(): Promise<string> {
  return await Deno.realPath(`${CLIENT.output}/esm/mod.js`).catch(() => {
    throw new Error("There is no built package: run deno task build:npm first");
  });
}

/** The fastest of each, in turn: whatever else the machine does can only make a start slower. */
async function importTime(runtime: string[], module: string): Promise<number> {
  const importing = `${folder}/importing.mjs`;
  await Deno.writeTextFile(importing, `import ${JSON.stringify(pathToFileURL(module))};`);
  let [without, having] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    without = Math.min(without, await timeOf(runtime, empty));
    having = Math.min(having, await timeOf(runtime, importing));
  }
  return Math.max(0, having - without);
}

async function timeOf(runtime: string[], module: string): Promise<number> {
  const start = performance.now();
  await run(runtime, module);
  return performance.now() - start;
}

async function run([program, ...args]: string[], module: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program!, { args: [...args, module] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** The program itself, without the time that npx takes to find it. */
async function executableOf(runtime: string): Promise<string> {
  const script = `${folder}/executable.mjs`;
  await Deno.writeTextFile(script, "console.log(process.execPath);");
  return (await run(["npx", "-y", runtime], script)).trim();
}
