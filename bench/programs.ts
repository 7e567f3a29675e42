/**
 * The programs that are measured, as one JavaScript file each: Node 20 does not read TypeScript.
 *
 * @module
 */

/** Bundles a module of this folder, with all that it imports, into a file of the folder `into`. */
export async function bundled(name: string, into: string): Promise<string> {
  const output = `${into}/${name}.mjs`;
  const module = new URL(`./${name}.ts`, import.meta.url).pathname;
  const config = new URL("../tools.json", import.meta.url).pathname;
  const args = ["bundle", "--config", config, "--quiet", "--platform=deno", "--output", output, module];
  const { success, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(`Cannot bundle bench/${name}.ts: ${new TextDecoder().decode(stderr)}`);
  return output;
}

/** Does something with a folder of its own, which is gone afterwards. */
export async function inFolder<T>(act: (folder: string) => Promise<T>): Promise<T> {
  const folder = await Deno.makeTempDir({ prefix: "bench_" });
  try {
    return await act(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Runs a program to its end, and reads what it printed as JSON. */
export async function resultOf<T>([program, ...args]: readonly string[]): Promise<T> {
  const { success, stdout } = await new Deno.Command(program!, { args, stderr: "inherit" }).output();
  if (!success) throw new Error(`${program} ${args.join(" ")} failed`);
  return JSON.parse(new TextDecoder().decode(stdout));
}
