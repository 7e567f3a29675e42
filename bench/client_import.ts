/**
 * What it costs a program to import the client: the time of a whole process that does nothing else, against one that
 * does nothing at all, on Deno and on the oldest Node. `deno task build:npm` has to have been run.
 *
 * @module
 */

import { pathToFileURL } from "node:url";
import { CLIENT } from "../scripts/npm/packages.ts";
import { DENO } from "../scripts/run.ts";
import { report, timesOfCalls } from "./report.ts";

const MEASURED = { rounds: 41, perRound: 1 };

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

async function importTime(runtime: string[], module: string): Promise<number> {
  const importing = `${folder}/importing.mjs`;
  await Deno.writeTextFile(importing, `import ${JSON.stringify(pathToFileURL(module))};`);
  const [without, with_] = await timesOfCalls(
    [() => run(runtime, empty), () => run(runtime, importing)],
    MEASURED,
  );
  return with_! - without!;
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
