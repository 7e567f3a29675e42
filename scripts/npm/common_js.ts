/**
 * Makes the CommonJS half of a package, `cjs/`, for what loads no ESM with `require()`: Jest above all.
 *
 * @module
 */

import { dirname, relative } from "node:path/posix";
import { build, type BuildOptions, type Plugin, stop } from "esbuild";
import { Dependencies } from "./dependencies.ts";
import { builtNames, type NpmPackage } from "./packages.ts";

const COMMON_JS = {
  bundle: true,
  format: "cjs",
  platform: "node",
  // Jest has no import() without a flag.
  supported: { "dynamic-import": false },
  logLevel: "warning",
} satisfies BuildOptions;

/** Makes `cjs/` of `esm/`, file by file, so that the two compress well together. */
export async function buildCommonJs(npmPackage: NpmPackage): Promise<void> {
  if (Object.keys(npmPackage.exports).length === 0) return;
  const root = await Deno.realPath(npmPackage.output);
  await using dependencies = await Dependencies.install(npmPackage);
  const { modules, imported } = await reach(root, npmPackage);
  const onlyEsm = dependencies.onlyEsm.filter((name) => imported.has(name));
  // The types, too: which kind of module they describe, and how esbuild reads imports, the nearest package.json says.
  await copyFiles(`${root}/esm`, `${root}/cjs`, (path) => path.endsWith(".d.ts") || modules.includes(path));
  await Deno.writeTextFile(`${root}/cjs/package.json`, '{ "type": "commonjs" }\n');
  await build({
    ...COMMON_JS,
    entryPoints: modules.map((path) => `${root}/cjs/${path}`),
    outbase: `${root}/cjs`,
    outdir: `${root}/cjs`,
    allowOverwrite: true,
    absWorkingDir: `${root}/cjs`,
    plugins: [keepImports(`${root}/cjs`, onlyEsm)],
  });
  if (onlyEsm.length > 0) await addDependencies(root, onlyEsm, dependencies);
  await stop();
}

/** The modules that the entry points reach, and what these import of others. What only commands use is not among it. */
async function reach(
  root: string,
  { exports }: NpmPackage,
): Promise<{ modules: string[]; imported: Set<string> }> {
  const { metafile } = await build({
    entryPoints: builtNames(exports).map((path) => `${root}/esm/${path}.js`),
    absWorkingDir: `${root}/esm`,
    outdir: "unused",
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    packages: "external",
    external: ["node:*"],
  });
  const imports = Object.values(metafile.inputs).flatMap((input) => input.imports);
  return {
    modules: Object.keys(metafile.inputs),
    imported: new Set(imports.filter(({ external }) => external).map(({ path }) => path)),
  };
}

/** Leaves every file a file of its own. Dependencies that are ESM only lie in `cjs/dependencies/`. */
function keepImports(folder: string, onlyEsm: readonly string[]): Plugin {
  return {
    name: "keep-imports",
    setup({ onResolve }) {
      onResolve({ filter: /.*/ }, ({ kind, path, importer }) => {
        if (kind === "entry-point") return undefined;
        if (!onlyEsm.includes(path)) return { path, external: true };
        const way = relative(dirname(importer), `${folder}/dependencies/${path}.js`);
        return { path: way.startsWith(".") ? way : `./${way}`, external: true };
      });
    },
  };
}

/** Makes CommonJS of the dependencies that are ESM only, and passes on their licenses. */
async function addDependencies(root: string, names: string[], dependencies: Dependencies): Promise<void> {
  const { metafile } = await build({
    ...COMMON_JS,
    entryPoints: names,
    outdir: `${root}/cjs/dependencies`,
    absWorkingDir: dependencies.folder,
    platform: "neutral",
    mainFields: ["module", "main"],
    minify: true,
    metafile: true,
    legalComments: "none",
  });
  const licenses = await dependencies.licenses(Object.keys(metafile.inputs));
  await Deno.writeTextFile(`${root}/cjs/dependencies/LICENSES.txt`, licenses);
}

/** Copies those files of a folder whose paths, from there, are `wanted`. */
async function copyFiles(
  source: string,
  target: string,
  wanted: (path: string) => boolean,
  below = "",
): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(`${source}/${below}`)) {
    const path = below + name;
    if (isDirectory) await copyFiles(source, target, wanted, `${path}/`);
    else if (wanted(path)) {
      await Deno.mkdir(dirname(`${target}/${path}`), { recursive: true });
      await Deno.copyFile(`${source}/${path}`, `${target}/${path}`);
    }
  }
}
