/**
 * The runtimes that are measured side by side. npm has them all.
 *
 * @module
 */

/** A runtime, and how a program is run on it. */
export interface Runtime {
  readonly name: string;
  readonly version: string;
  /** What stands before the program. */
  readonly command: readonly string[];
}

/** It takes installed npm packages from where npm put them. */
const DENO = [Deno.execPath(), "run", "--quiet", "--no-config", "--node-modules-dir=manual", "--allow-all"];

/** npm's name of each runtime. */
const PACKAGES: Readonly<Record<string, string>> = {
  "Node 20": "node@20",
  "Node 24": "node@24",
  "Bun": "bun@^1.4",
};

/** What a runtime says of itself. */
const QUESTION =
  "console.log(JSON.stringify([process.execPath, process.versions.bun ?? process.versions.node]))";

/** Those that the arguments of the program name, or all of them. */
export async function askedRuntimes(): Promise<Runtime[]> {
  const names = Deno.args.filter((arg) => !arg.startsWith("--"));
  return names.length > 0 ? await Promise.all(names.map(runtime)) : await allRuntimes();
}

/** All of them. */
export async function allRuntimes(): Promise<Runtime[]> {
  return await Promise.all(["Node 20", "Node 24", "Deno", "Bun"].map(runtime));
}

/** The one with this name. */
export async function runtime(name: string): Promise<Runtime> {
  if (name === "Deno") return { name, version: Deno.version.deno, command: DENO };
  const args = ["-y", PACKAGES[name]!, "-e", QUESTION];
  const { success, stdout, stderr } = await new Deno.Command("npx", { args }).output();
  if (!success) throw new Error(`Cannot run ${name}: ${new TextDecoder().decode(stderr)}`);
  // The program itself, without the time that npx takes to find it.
  const [path, version] = JSON.parse(new TextDecoder().decode(stdout));
  return { name, version, command: [path] };
}
