/**
 * A recipe of `examples/` in an empty folder, as a user would copy it, with the packages from their tarballs.
 *
 * @module
 */

import { PACKAGES, tarball } from "../../scripts/npm/packages.ts";
import { runIn, RUNTIMES } from "../packages/installation.ts";

/** What programs are called where they do not lie in the path. */
const PROGRAMS: Readonly<Record<string, readonly string[]>> = {
  bun: RUNTIMES["Bun"],
  deno: [Deno.execPath()],
};

/** What a package.json says, as far as it is changed here. */
interface PackageJson {
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** The packages may be on no registry yet: they come from where they were built. */
export const BUILT: Readonly<Record<string, string>> = Object.fromEntries(
  PACKAGES.map((npmPackage) => [npmPackage.name, `file:${Deno.cwd()}/${tarball(npmPackage)}`]),
);

/** A copy of a recipe. */
export class Recipe implements AsyncDisposable {
  private constructor(readonly name: string, readonly folder: string) {}

  /** Copies it; other versions of what it depends on can be named. */
  static async copy(name: string, versions: Readonly<Record<string, string>> = {}): Promise<Recipe> {
    const folder = await Deno.makeTempDir({ prefix: `recipe_${name}_` });
    await copyFolder(`examples/${name}`, folder);
    const recipe = new Recipe(name, folder);
    if (await recipe.has("package.json")) {
      await recipe.change("package.json", (text) => withVersions(text, versions));
    }
    return recipe;
  }

  /** Whether it has such a file. */
  async has(path: string): Promise<boolean> {
    return await Deno.stat(`${this.folder}/${path}`).then(() => true, () => false);
  }

  /** Writes a file of the copy. */
  async write(path: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/${path}`, text);
  }

  /** Changes a file of the copy. */
  async change(path: string, change: (text: string) => string): Promise<void> {
    await Deno.writeTextFile(
      `${this.folder}/${path}`,
      change(await Deno.readTextFile(`${this.folder}/${path}`)),
    );
  }

  /** Runs a program in the copy; it must succeed, and what it printed is the result. */
  run([program, ...args]: readonly string[]): Promise<string> {
    return runIn(this.folder, [...PROGRAMS[program!] ?? [program!], ...args]);
  }

  /** Runs the commands that its README begins with; what they printed is the result. */
  async follow(): Promise<string> {
    const readme = await Deno.readTextFile(`${this.folder}/README.md`);
    const [, block] = /```sh\n(.*?)```/s.exec(readme)!;
    let printed = "";
    for (const line of block!.trim().split("\n")) printed += await this.run(line.split(" "));
    return printed;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

function withVersions(text: string, versions: Readonly<Record<string, string>>): string {
  const about: PackageJson = JSON.parse(text);
  const replace = (dependencies: Record<string, string> = {}) =>
    Object.fromEntries(
      Object.entries(dependencies).map(([name, range]) => [name, versions[name] ?? BUILT[name] ?? range]),
    );
  return JSON.stringify({
    ...about,
    dependencies: replace(about.dependencies),
    devDependencies: replace(about.devDependencies),
    // What they need of each other, too.
    overrides: BUILT,
  });
}

async function copyFolder(source: string, target: string): Promise<void> {
  await Deno.mkdir(target, { recursive: true });
  for await (const { name, isDirectory } of Deno.readDir(source)) {
    if (name === "node_modules") continue;
    if (isDirectory) await copyFolder(`${source}/${name}`, `${target}/${name}`);
    else await Deno.copyFile(`${source}/${name}`, `${target}/${name}`);
  }
}
