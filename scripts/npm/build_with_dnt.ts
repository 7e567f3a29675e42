/**
 * Builds a package's modules with dnt. dnt comes from JSR and is no entry of `tools.lock`, so it runs in a Deno of its own.
 *
 * @module
 */

import { withOwnLock } from "../jsr.ts";
import { DENO, run, TOOLS } from "../run.ts";
import { type NpmPackage, packageJson, PACKAGES } from "./packages.ts";
import { JSX_IMPORT_SOURCE } from "./packages.ts";

/** What the code may use: the language and the library of the oldest Node. */
const TARGET = "ES2022";
const LIB = ["ES2023", "DOM", "DOM.Iterable", "ESNext.Disposable"];

/** Builds into `esm/` of the package's output folder. What it depends on of ours has to be built before. */
export async function buildWithDnt(npmPackage: NpmPackage): Promise<void> {
  const options = await Deno.makeTempFile({ prefix: "dnt_", suffix: ".json" });
  try {
    await Deno.writeTextFile(options, JSON.stringify(await buildOptions(npmPackage)));
    await withOwnLock((lockArgs) =>
      run(DENO, ["run", "-A", ...TOOLS, ...lockArgs, "scripts/npm/run_dnt.ts", options])
    );
  } finally {
    await Deno.remove(options);
  }
}

/** As dnt takes them. */
async function buildOptions(npmPackage: NpmPackage): Promise<Record<string, unknown>> {
  const { source, output, exports, bin, dependencies } = npmPackage;
  const used = await modulesOfOthers(npmPackage);
  const path = (module: string) => `./${source}/${module}`;
  return {
    entryPoints: [
      ...Object.entries(exports).map(([name, module]) => ({ name, path: path(module) })),
      ...Object.entries(bin).map(([name, module]) => ({ kind: "bin", name, path: path(module) })),
    ],
    outDir: output,
    package: {
      ...packageJson(npmPackage),
      // dnt installs the dependencies, and packages of this version are not on npm yet.
      dependencies: { ...dependencies, ...Object.fromEntries(used.map(({ of }) => [of.name, built(of)])) },
      devDependencies: { "@types/node": "^20.19" },
    },
    mappings: Object.fromEntries(used.map(({ module, of, subPath }) => {
      return [module, { name: of.name, version: of.version, ...(subPath !== "" && { subPath }) }];
    })),
    scriptModule: false,
    declaration: "inline",
    declarationMap: false,
    // The types are checked by `deno task check`, with options that dnt does not know; what it emits is checked by tests.
    typeCheck: false,
    skipSourceOutput: true,
    test: false,
    shims: {},
    polyfills: false,
    compilerOptions: { target: TARGET, lib: LIB, jsx: "react-jsx", jsxImportSource: JSX_IMPORT_SOURCE },
  };
}

function built({ output }: NpmPackage): string {
  return `file:../../${output}`;
}

/** Modules of the other packages that this one imports, be it for their types: dnt would copy them. */
async function modulesOfOthers(npmPackage: NpmPackage) {
  const imported = await importsOf(npmPackage);
  return PACKAGES.filter((other) => other !== npmPackage).flatMap((other) =>
    Object.entries(other.exports)
      .map(([path, module]) => ({ module: join(other, module), of: other, subPath: path.slice("./".length) }))
      .filter(({ module }) => imported.has(module))
  );
}

/** A module in what `deno info --json` tells. */
interface InfoModule {
  readonly specifier: string;
  readonly dependencies?: readonly { code?: { specifier?: string }; type?: { specifier?: string } }[];
}

/**
 * What a package's own modules import, from the root of the repository. What only the modules of other packages import
 * is not among it: dnt stops at these, and refuses to map what it does not reach.
 */
async function importsOf(npmPackage: NpmPackage): Promise<Set<string>> {
  const root = new URL("../../", import.meta.url).href;
  const imported = new Set<string>();
  for (const entryPoint of [...Object.values(npmPackage.exports), ...Object.values(npmPackage.bin)]) {
    const args = ["info", "--json", join(npmPackage, entryPoint)];
    const { success, stdout } = await new Deno.Command(DENO, { args }).output();
    if (!success) throw new Error(`Cannot read the modules of ${npmPackage.name}`);
    const { modules }: { modules: InfoModule[] } = JSON.parse(new TextDecoder().decode(stdout));
    const own = modules.filter(({ specifier }) =>
      specifier.startsWith(new URL(`${npmPackage.source}/`, root).href)
    );
    for (const { code, type } of own.flatMap(({ dependencies = [] }) => dependencies)) {
      for (const { specifier } of [code ?? {}, type ?? {}]) {
        if (specifier?.startsWith(root)) imported.add(`./${specifier.slice(root.length)}`);
      }
    }
  }
  return imported;
}

function join({ source }: NpmPackage, module: string): string {
  return source === "." ? module : `./${source}/${module.slice("./".length)}`;
}
