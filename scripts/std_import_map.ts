/**
 * Decides where the tests get `@std/...` from: JSR when it answers, otherwise the stand-ins in `tests/std/`.
 * Many company networks mirror npm but not JSR, and the test command has to be the same on both.
 *
 * @module
 */

import denoJson from "../deno.json" with { type: "json" };
import { jsrAnswers } from "./jsr.ts";

/** Runs `use` with the arguments that `deno test` or `deno check` needs to find `@std/...` here. */
export async function withStd<T>(use: (importMapArgs: string[]) => Promise<T>): Promise<T> {
  if (await jsrAnswers()) return await use([]);
  console.log("JSR does not answer: @std/... comes from tests/std/");
  const path = await Deno.makeTempFile({ prefix: "import_map_", suffix: ".json" });
  try {
    await Deno.writeTextFile(path, JSON.stringify({ imports: await importsWithStandIns() }));
    return await use([`--import-map=${path}`]);
  } finally {
    await Deno.remove(path);
  }
}

/** An import map on the command line replaces the one in deno.json, so its other entries are carried over. */
async function importsWithStandIns(): Promise<Record<string, string>> {
  const base = new URL("../tests/std/import_map.json", import.meta.url);
  const standIns: { imports: Record<string, string> } = JSON.parse(await Deno.readTextFile(base));
  const local = Object.entries(standIns.imports).map(([name, path]) => [name, new URL(path, base).href]);
  const others = Object.entries(denoJson.imports).filter(([, target]) => !target.startsWith("jsr:"));
  return Object.fromEntries([...others.map(modulesOf), ...others, ...local]);
}

/** In deno.json a package's name stands for its modules too, in an import map it does not. */
function modulesOf([name, target]: [string, string]): [string, string] {
  return [name.replace(/\/?$/, "/"), target.replace(/^npm:\/?(.+?)\/?$/, "npm:/$1/")];
}
