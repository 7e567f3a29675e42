/**
 * Reduces the built `.d.ts` files to what the entry points show: a file for each module that has a part in it, with that
 * part. What else the modules declare is nobody's business, and may speak of Node's types.
 *
 * @module
 */

import { isAbsolute } from "node:path";
import { rollup } from "rollup";
import { dts } from "rollup-plugin-dts";
import { builtNames, type NpmPackage } from "./packages.ts";

/**
 * The plugin without its last step, which lets entry points import from each other what a file of its own holds: a few
 * types that need nothing would then bring along all others, and the types of web pages with them.
 */
const { generateBundle: _lastStep, ...types } = dts();

/** Replaces the types in `esm/`. */
export async function bundleTypes({ name, output, exports }: NpmPackage): Promise<void> {
  const folder = await Deno.realPath(`${output}/esm`);
  // A package that is only a command shows none.
  if (Object.keys(exports).length === 0) return await removeTypes(folder);
  const bundle = await rollup({
    input: Object.fromEntries(builtNames(exports).map((path) => [path, `${folder}/${path}.d.ts`])),
    plugins: [types],
    external: (id) => !id.startsWith(".") && !isAbsolute(id),
    onLog: (_level, log) => {
      throw new Error(`${name}: ${log.message}`);
    },
  });
  const { output: files } = await bundle.generate({
    preserveModules: true,
    preserveModulesRoot: folder,
    entryFileNames: ({ name }) => `${name.replace(/\.d$/, "")}.d.ts`,
  });
  await removeTypes(folder);
  for (const file of files) {
    if (file.type === "chunk") await writeTypes(`${folder}/${file.fileName}`, file.code);
  }
}

/**
 * `deno pack` leaves private members out, dnt leaves a mark that a class has some: without it the types are the same
 * whoever built them, and an object with the public members can take the place of one of the class in tests.
 */
async function writeTypes(path: string, code: string): Promise<void> {
  await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
  await Deno.writeTextFile(path, code.replaceAll(/^ *#private;\n/gm, ""));
}

async function removeTypes(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await removeTypes(path);
    else if (name.endsWith(".d.ts")) await Deno.remove(path);
  }
}
