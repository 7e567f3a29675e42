/**
 * Runs dnt with the options in the file that is named.
 *
 * @module
 */

/**
 * One version, so that the same sources make the same packages. A variable, so that `deno check` does not load it: it is
 * not there where JSR does not answer.
 */
const DNT: string = "jsr:@deno/dnt@0.43.2";

const { build }: { build(options: unknown): Promise<void> } = await import(DNT);
await build(JSON.parse(await Deno.readTextFile(Deno.args[0]!)));
