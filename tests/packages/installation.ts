/**
 * A folder outside the repository in which the packages are installed from their tarballs, as a user would.
 *
 * @module
 */

import { PACKAGES, tarball } from "../../scripts/npm/packages.ts";

/** Long enough to download a runtime; a program that does not end by itself is ended then, and the test fails. */
const PATIENCE_MS = 240_000;

/** Each of many installations would ask again for what was downloaded before. */
const NPM_SETTINGS = {
  npm_config_audit: "false",
  npm_config_fund: "false",
  npm_config_prefer_offline: "true",
};

const BATCH_FILE = Deno.build.os === "windows" ? ".cmd" : "";

/** How the runtimes are called; npm has them all. The first Node is the oldest that package.json allows. */
export const RUNTIMES = {
  "Bun": ["npx", "-y", "bun@^1.4"],
  "Node 20.19": ["npx", "-y", "node@20.19"],
  "Node 22": ["npx", "-y", "node@22"],
  "Node 24": ["npx", "-y", "node@24"],
} as const;

/** A project with both packages in its `node_modules`. */
export class Installation implements AsyncDisposable {
  private constructor(readonly folder: string) {}

  /** Installs both packages, and what else is named from npm. */
  static async create(...others: string[]): Promise<Installation> {
    const installation = new Installation(await Deno.makeTempDir({ prefix: "installation_" }));
    await installation.write("package.json", JSON.stringify({ private: true, type: "module" }));
    const root = Deno.cwd();
    const tarballs = PACKAGES.map((npmPackage) => `${root}/${tarball(npmPackage)}`);
    await installation.run(["npm", "install", ...tarballs, ...others]);
    return installation;
  }

  /** Writes a file of the project. */
  async write(name: string, text: string): Promise<void> {
    await Deno.writeTextFile(`${this.folder}/${name}`, text);
  }

  /** Runs a program in the project; it must succeed, and what it printed is the result. */
  run(command: readonly string[]): Promise<string> {
    return runIn(this.folder, command);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Runs a program in a folder; it must succeed, and what it printed is the result. */
export async function runIn(cwd: string, [program, ...args]: readonly string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(executable(program!), {
    args,
    cwd,
    env: { NO_COLOR: "1", ...NPM_SETTINGS },
    signal: AbortSignal.timeout(PATIENCE_MS),
  }).output();
  const decoder = new TextDecoder();
  const output = decoder.decode(stdout);
  if (!success) throw new Error(`${program} ${args.join(" ")}\n${output}\n${decoder.decode(stderr)}`);
  return output;
}

function executable(program: string): string {
  return program === "npm" || program === "npx" ? program + BATCH_FILE : program;
}
