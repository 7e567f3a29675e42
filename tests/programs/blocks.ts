/**
 * The fenced blocks of README, the guides and the packages' own pages, and what a comment before a block says of it:
 *
 * - `<!-- not run: why -->`;
 * - `<!-- run by: tests/..._test.ts -->`, a test of its own;
 * - `<!-- file: name -->`: the reader is told to save it under this name, so the shell blocks after it find it.
 *
 * `<!-- blocks run by: tests/... -->` holds for each block of a page that no other comment speaks of.
 *
 * @module
 */

/** A fenced block. */
export interface Block {
  /** The file that it stands in, from the root of the repository. */
  readonly page: string;
  /** The line of its first fence, from 1. */
  readonly line: number;
  readonly language: string;
  /** Whether `deno test --doc` passes over it. */
  readonly isIgnored: boolean;
  readonly text: string;
  /** Why it is not run. */
  readonly notRun?: string | undefined;
  /** The test that runs it. */
  readonly runBy?: string | undefined;
  /** The name that the reader saves it under. */
  readonly file?: string | undefined;
}

/** A comment, perhaps, and a block; blocks in lists are indented. */
const BLOCK =
  /(?:<!-- (not run|run by|file): (.*?) -->\n\n?)?^([ ]*)```([a-z]*)([^\n]*)\n([\s\S]*?)^\3```$/gm;

/** All pages with blocks that a user may try. */
export async function pages(): Promise<string[]> {
  const guides = await Array.fromAsync(Deno.readDir("docs"), ({ name }) => `docs/${name}`);
  const own = ["README.md", "mock_broker/README.md", "cli/README.md"];
  return [...own, ...guides.filter((name) => name.endsWith(".md")).sort()];
}

/** The blocks of a page, in their order. */
export async function blocksOf(page: string): Promise<Block[]> {
  const text = (await Deno.readTextFile(page)).replaceAll("\r\n", "\n");
  const forPage = /^<!-- blocks run by: (.*) -->$/m.exec(text)?.[1];
  return [...text.matchAll(BLOCK)].map((match) => {
    const [whole, mark, value, , language, info, code] = match;
    const line = text.slice(0, match.index + whole.indexOf("```")).split("\n").length;
    return {
      page,
      line,
      language: language!,
      isIgnored: info!.includes("ignore"),
      text: code!,
      notRun: mark === "not run" ? value : undefined,
      runBy: mark === "run by" ? value : mark === undefined ? forPage : undefined,
      file: mark === "file" ? value : undefined,
    };
  });
}

/** The blocks of all pages. */
export async function allBlocks(): Promise<Block[]> {
  return (await Promise.all((await pages()).map(blocksOf))).flat();
}
