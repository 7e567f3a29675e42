/**
 * Builds the npm packages into `npm/`: a folder and a tarball of each.
 *
 * `--builder dnt` is what releases are made with; it needs JSR. `--builder pack` needs nothing but Deno. Without the
 * option it is dnt where JSR answers.
 *
 * @module
 */

import { basename } from "node:path/posix";
import { parseArgs } from "node:util";
import { jsrAnswers } from "./jsr.ts";
import { buildWithDnt } from "./npm/build_with_dnt.ts";
import { buildWithPack } from "./npm/build_with_pack.ts";
import { bundleCommands } from "./npm/bundle_commands.ts";
import { bundleModules } from "./npm/bundle.ts";
import { bundleTypes } from "./npm/bundle_types.ts";
import { buildCommonJs } from "./npm/common_js.ts";
import { referToDisposable } from "./npm/declarations.ts";
import { type NpmPackage, packageJson, PACKAGES } from "./npm/packages.ts";
import { withAbsoluteLinks } from "./npm/repository.ts";
import { NPM, run } from "./run.ts";

const OUTPUT = "npm";

const BUILDERS: Readonly<Record<string, (npmPackage: NpmPackage) => Promise<void>>> = {
  dnt: buildWithDnt,
  pack: buildWithPack,
};

const { values } = parseArgs({ args: Deno.args, options: { builder: { type: "string" } } });
const build = BUILDERS[values.builder ?? await defaultBuilder()];
if (!build) throw new Error(`--builder is ${Object.keys(BUILDERS).join(" or ")}, not ${values.builder}`);
await emptyFolder(OUTPUT);
for (const npmPackage of PACKAGES) {
  await Deno.mkdir(npmPackage.output);
  await build(npmPackage);
  await bundleModules(npmPackage);
  await bundleTypes(npmPackage);
  await referToDisposable(`${npmPackage.output}/esm`);
  await buildCommonJs(npmPackage);
  await bundleCommands(npmPackage);
  await complete(npmPackage);
  await run(NPM, ["pack", "--silent", "--pack-destination", ".."], npmPackage.output);
}

async function defaultBuilder(): Promise<string> {
  if (await jsrAnswers()) return "dnt";
  console.log("JSR, where dnt is, does not answer: building with deno pack, which is for development only");
  return "pack";
}

/** What is not code, and is the same whatever built the code. */
async function complete(npmPackage: NpmPackage): Promise<void> {
  const { source, output, assets } = npmPackage;
  for (const file of assets) await Deno.copyFile(`${source}/${file}`, `${output}/${basename(file)}`);
  for (const file of ["LICENSE", "CHANGELOG.md"]) await Deno.copyFile(file, `${output}/${file}`);
  const readme = await Deno.readTextFile(`${source}/README.md`);
  await Deno.writeTextFile(`${output}/README.md`, withAbsoluteLinks(readme, npmPackage));
  await Deno.writeTextFile(`${output}/package.json`, JSON.stringify(packageJson(npmPackage), null, 2) + "\n");
}

async function emptyFolder(path: string): Promise<void> {
  await Deno.mkdir(path, { recursive: true });
  await Deno.remove(path, { recursive: true });
  await Deno.mkdir(path);
}
