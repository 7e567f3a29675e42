/**
 * Builds a package's modules with `deno pack`, which needs nothing from JSR.
 *
 * @module
 */

import { DENO, run } from "../run.ts";
import type { NpmPackage } from "./packages.ts";

/** Builds into `esm/` of the package's output folder. */
export async function buildWithPack({ source, output, bin }: NpmPackage): Promise<void> {
  const folder = await Deno.realPath(output);
  const tarball = `${folder}/packed.tgz`;
  await run(DENO, ["pack", "--quiet", "--allow-dirty", "--no-source-maps", "--output", tarball], source);
  await run("tar", ["-xzf", "packed.tgz"], folder);
  await Deno.remove(tarball);
  await Deno.rename(`${folder}/package`, `${folder}/esm`);
  for (const module of Object.values(bin)) {
    await runWithNode(`${folder}/esm/${module.replace(/\.ts$/, ".js")}`);
  }
}

/** The first line of a command's module names Deno in the source. */
async function runWithNode(path: string): Promise<void> {
  const text = await Deno.readTextFile(path);
  await Deno.writeTextFile(path, text.replace(/^#!.*\n/, "#!/usr/bin/env node\n"));
}
