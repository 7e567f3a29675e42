/**
 * Puts the built modules together, a file for each entry point and for what several of them share: Node takes half a
 * millisecond for each file that a program imports.
 *
 * @module
 */

import { dirname } from "node:path";
import { build, stop } from "esbuild";
import { builtNames, JSX_IMPORT_SOURCE, type NpmPackage } from "./packages.ts";

/** Replaces what is in `esm/` but for the types. */
export async function bundleModules({ output, exports, bin }: NpmPackage): Promise<void> {
  const folder = `${output}/esm`;
  const { outputFiles } = await build({
    entryPoints: builtNames({ ...exports, ...bin }).map((path) => ({
      in: `${folder}/${path}.js`,
      out: path,
    })),
    outdir: folder,
    bundle: true,
    splitting: true,
    write: false,
    format: "esm",
    platform: "neutral",
    packages: "external",
    // `deno pack` leaves JSX as it is.
    loader: { ".js": "jsx" },
    jsx: "automatic",
    jsxImportSource: JSX_IMPORT_SOURCE,
    external: ["node:*"],
    chunkNames: "shared/[hash]",
    logLevel: "warning",
  });
  await stop();
  await keepTypes(folder);
  for (const { path, contents } of outputFiles) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, contents);
  }
}

async function keepTypes(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) await keepTypes(`${folder}/${name}`);
    else if (!name.endsWith(".d.ts")) await Deno.remove(`${folder}/${name}`);
  }
}
