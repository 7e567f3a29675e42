/**
 * Puts a command together with the libraries that it needs at each start: Node takes longer to find and load their many
 * files than the command takes for all else. What it needs only now and then stays where it is.
 *
 * @module
 */

import { dirname } from "node:path";
import { build, type Plugin, stop } from "esbuild";
import { Dependencies } from "./dependencies.ts";
import { builtNames, type NpmPackage } from "./packages.ts";

/** Libraries of which a command loads a part at each start. */
const NEEDED_AT_START = /^(zod|hono|@hono\/node-server)(\/|$)/;

/** Replaces the modules of a package's commands. */
export async function bundleCommands(npmPackage: NpmPackage): Promise<void> {
  const { bin, output, dependencies } = npmPackage;
  if (
    Object.keys(bin).length === 0 || !Object.keys(dependencies).some((name) => NEEDED_AT_START.test(name))
  ) {
    return;
  }
  await using installed = await Dependencies.install(npmPackage);
  const folder = await Deno.realPath(`${output}/esm`);
  const { outputFiles, metafile } = await build({
    entryPoints: builtNames(bin).map((path) => ({ in: `${folder}/${path}.js`, out: path })),
    outdir: folder,
    absWorkingDir: installed.folder,
    // Comments would name folders of this machine.
    minifyWhitespace: true,
    minifySyntax: true,
    nodePaths: [`${installed.folder}/node_modules`],
    bundle: true,
    splitting: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    plugins: [onlyWhatIsNeededAtStart],
    chunkNames: "command/[hash]",
    legalComments: "none",
    logLevel: "warning",
  });
  await stop();
  for (const { path, contents } of outputFiles) {
    await Deno.mkdir(dirname(path), { recursive: true });
    await Deno.writeFile(path, contents);
  }
  const inputs = Object.keys(metafile.inputs).filter((path) => path.includes("node_modules/"));
  await Deno.writeTextFile(`${folder}/command/LICENSES.txt`, await installed.licenses(inputs));
  await removeUnused(folder, npmPackage);
}

const onlyWhatIsNeededAtStart: Plugin = {
  name: "only-what-is-needed-at-start",
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ kind, path }) => {
      return kind === "entry-point" || NEEDED_AT_START.test(path) ? undefined : { path, external: true };
    });
  },
};

/** What the other entry points do not share with each other was the command's. */
async function removeUnused(folder: string, { exports }: NpmPackage): Promise<void> {
  const { metafile } = await build({
    entryPoints: builtNames(exports).map((path) => `${folder}/${path}.js`),
    absWorkingDir: folder,
    outdir: "unused",
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    packages: "external",
    external: ["node:*"],
  });
  await stop();
  for await (const { name } of Deno.readDir(`${folder}/shared`)) {
    if (name.endsWith(".js") && !(`shared/${name}` in metafile.inputs)) {
      await Deno.remove(`${folder}/shared/${name}`);
    }
  }
}
