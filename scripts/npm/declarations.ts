/**
 * What the emitted `.d.ts` files need in other people's projects.
 *
 * @module
 */

/** `using` is younger than the targets of most projects; JSR takes no such line in the source. */
const DISPOSABLE_LIB = '/// <reference lib="esnext.disposable" />\n';

/** Lets the types of disposable objects be found whatever `lib` a project has. */
export async function referToDisposable(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) await referToDisposable(path);
    if (!name.endsWith(".d.ts")) continue;
    const text = await Deno.readTextFile(path);
    if (/Disposable|Symbol\.(asyncD|d)ispose/.test(text)) {
      await Deno.writeTextFile(path, DISPOSABLE_LIB + text);
    }
  }
}
