/**
 * Pages of the site that show examples: a program each, or a recipe with its README and its files.
 *
 * @module
 */

import { linkWithinSite } from "./links.ts";

/** Ends a line of code in Markdown, and has more backquotes than code has. */
const FENCE = "````";

/** The pages, by their paths on the site. */
export async function examplePages(): Promise<Map<string, string>> {
  const pages = new Map<string, string>();
  for await (const { name, isFile } of Deno.readDir("examples")) {
    if (isFile && name.endsWith(".ts")) pages.set(`examples/${name}.md`, await programPage(name));
    else if (await isRecipe(name)) pages.set(`examples/${name}.md`, await recipePage(name));
  }
  return pages;
}

async function isRecipe(name: string): Promise<boolean> {
  return await Deno.stat(`examples/${name}/README.md`).then(() => true, () => false);
}

async function programPage(name: string): Promise<string> {
  return `# ${name}\n\n${await code(`examples/${name}`, name)}`;
}

async function recipePage(name: string): Promise<string> {
  const source = `examples/${name}/README.md`;
  const readme = linkWithinSite(await Deno.readTextFile(source), source, `examples/${name}.md`);
  const files = await Array.fromAsync(filesIn(`examples/${name}`));
  const parts = files.sort().map(async (path) =>
    `### ${path}\n\n${await code(`examples/${name}/${path}`, path)}`
  );
  return `${readme}\n## Files\n\n${(await Promise.all(parts)).join("\n")}`;
}

async function code(path: string, name: string): Promise<string> {
  const language = name.split(".").at(-1)!.replace("mjs", "js");
  return `${FENCE}${language}\n${await Deno.readTextFile(path)}${FENCE}\n`;
}

/** The files of a recipe but for its README, as paths from its folder. */
async function* filesIn(folder: string, below = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(`${folder}/${below}`)) {
    if (isDirectory) yield* filesIn(folder, `${below}${name}/`);
    else if (name !== "README.md") yield below + name;
  }
}
