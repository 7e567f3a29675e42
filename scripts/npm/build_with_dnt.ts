/**
 * Builds a package's modules with dnt.
 *
 * @module
 */

import { CLIENT, JSX_IMPORT_SOURCE, type NpmPackage, packageJson } from "./packages.ts";

/** What the code may use: the language and the library of the oldest Node. */
const TARGET = "ES2022";
const LIB = ["ES2023", "DOM", "DOM.Iterable", "ESNext.Disposable"] as const;

/** Builds into `esm/` of the package's output folder. What it depends on of ours has to be built before. */
export async function buildWithDnt(npmPackage: NpmPackage): Promise<void> {
  // Imported here, because where JSR does not answer this module has to load all the same.
  const { build } = await import("jsr:@deno/dnt@^0.43.2");
  const { source, output, exports, bin, dependencies } = npmPackage;
  const path = (module: string) => `./${source}/${module}`;
  await build({
    entryPoints: [
      ...Object.entries(exports).map(([name, module]) => ({ name, path: path(module) })),
      ...Object.entries(bin).map(([name, module]) => ({ kind: "bin" as const, name, path: path(module) })),
    ],
    outDir: output,
    package: {
      ...packageJson(npmPackage),
      name: npmPackage.name,
      version: npmPackage.version,
      dependencies: { ...dependencies, ...unpublished(dependencies) },
      devDependencies: { "@types/node": "^20.19" },
    },
    ...(CLIENT.name in dependencies && {
      mappings: { "./mod.ts": { name: CLIENT.name, version: dependencies[CLIENT.name]! } },
    }),
    scriptModule: false,
    declaration: "inline",
    // The types are checked by `deno task check`, with options that dnt does not know; what it emits is checked by tests.
    typeCheck: false,
    skipSourceOutput: true,
    test: false,
    shims: {},
    polyfills: false,
    compilerOptions: { target: TARGET, lib: [...LIB], jsx: "react-jsx", jsxImportSource: JSX_IMPORT_SOURCE },
  });
}

/** dnt installs the dependencies, and a client of this version is not on npm yet. */
function unpublished(dependencies: Record<string, string>): Record<string, string> {
  if (!(CLIENT.name in dependencies)) return {};
  return { [CLIENT.name]: `file:../../${CLIENT.output}` };
}
