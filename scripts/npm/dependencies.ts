/**
 * A package's dependencies, in the versions of `deno.lock`, for what is built of them.
 *
 * @module
 */

import { DENO, run } from "../run.ts";
import { type NpmPackage, PACKAGES } from "./packages.ts";

/** What is read of a dependency's package.json. */
interface About {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly type?: string;
  readonly exports?: unknown;
}

/** The dependencies from elsewhere, in the `node_modules` of a folder of their own. */
export class Dependencies implements AsyncDisposable {
  private constructor(
    readonly folder: string,
    /** Those that `require()` cannot load where it knows no ESM. */
    readonly onlyEsm: readonly string[],
  ) {}

  /** Installs them. */
  static async install({ dependencies }: NpmPackage): Promise<Dependencies> {
    const folder = await Deno.makeTempDir({ prefix: "dependencies_" });
    const ours = PACKAGES.map(({ name }) => name);
    const theirs = Object.entries(dependencies).filter(([name]) => !ours.includes(name));
    if (theirs.length === 0) return new Dependencies(folder, []);
    const imports = Object.fromEntries(theirs.map(([name, range]) => [name, `npm:${name}@${range}`]));
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ nodeModulesDir: "auto", imports }));
    await Deno.copyFile("deno.lock", `${folder}/deno.lock`);
    // Not frozen, for the lock file names other configurations; but what it does not know is not taken.
    await run(DENO, ["install", "--quiet", "--frozen=false"], folder);
    await assertLocked(`${folder}/deno.lock`);
    const abouts = await Promise.all(theirs.map(([name]) => about(`${folder}/node_modules/${name}`)));
    return new Dependencies(folder, abouts.filter(isOnlyEsm).map(({ name }) => name));
  }

  /** The licenses of the packages that these files, named from the folder, come from. */
  async licenses(files: readonly string[]): Promise<string> {
    const packages = new Set(files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)![0]));
    const texts = await Promise.all([...packages].map((path) => licenseOf(`${this.folder}/${path}`)));
    return texts.sort().join(`\n${"-".repeat(80)}\n\n`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

async function assertLocked(path: string): Promise<void> {
  const [known, used] = await Promise.all(["deno.lock", path].map(async (path) => {
    return Object.keys(JSON.parse(await Deno.readTextFile(path)).npm);
  }));
  const strange = used!.filter((id) => !known!.includes(id));
  if (strange.length > 0) throw new Error(`deno.lock does not know ${strange.join(", ")}`);
}

async function about(folder: string): Promise<About> {
  return JSON.parse(await Deno.readTextFile(`${folder}/package.json`));
}

function isOnlyEsm({ type, exports }: About): boolean {
  return type === "module" && !JSON.stringify(exports ?? {}).includes('"require"');
}

async function licenseOf(folder: string): Promise<string> {
  const { name, version, license } = await about(folder);
  const files = await Array.fromAsync(Deno.readDir(folder), (entry) => entry.name);
  const file = files.find((file) => /^licen[cs]e/i.test(file));
  if (file === undefined) throw new Error(`${name} ${version} comes without the text of its license`);
  return `${name} ${version}, ${license}\n\n${(await Deno.readTextFile(`${folder}/${file}`)).trim()}\n`;
}
