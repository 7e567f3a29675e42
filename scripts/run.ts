/**
 * Other programs, as the scripts run them: with the terminal passed through.
 *
 * @module
 */

/** This same Deno. */
export const DENO: string = Deno.execPath();

/**
 * The configuration of what is not shipped: tests, scripts and benchmarks, with their dependencies. `deno task` loads
 * whatever the configuration in its folder names, and users should not have to load these.
 */
export const TOOLS: readonly string[] = ["--config", "tools.json"];

/** On Windows npm is a batch file, which is not found without its extension. */
export const NPM: string = Deno.build.os === "windows" ? "npm.cmd" : "npm";

/** Runs a program and gives its exit code. */
export async function exitCode(program: string, args: string[], cwd = "."): Promise<number> {
  return (await new Deno.Command(program, { args, cwd, stdin: "null" }).spawn().status).code;
}

/** Runs a program that must succeed. */
export async function run(program: string, args: string[], cwd = "."): Promise<void> {
  const code = await exitCode(program, args, cwd);
  if (code !== 0) throw new Error(`Exit status ${code} of ${program} ${args.join(" ")}`);
}
