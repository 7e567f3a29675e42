import { assertEquals } from "@std/assert";
import { allBlocks, type Block } from "./blocks.ts";

/** What is no program: data, what is printed, diagrams. */
const DATA = ["", "text", "yaml", "json", "xml", "mermaid"];

/** Run by shell_blocks_test.ts, and by deno test --doc and tests/packages/typescript_blocks_test.ts. */
const IS_RUN: Readonly<Record<string, (block: Block) => boolean>> = {
  sh: ({ isIgnored }) => !isIgnored,
  ts: ({ isIgnored }) => !isIgnored,
};

Deno.test("each block of README and the guides is run, or says why not", async () => {
  const silent = (await allBlocks()).filter(({ language }) => !DATA.includes(language))
    .filter(({ notRun, runBy, file }) => notRun === undefined && runBy === undefined && file === undefined)
    .filter((block) => !IS_RUN[block.language]?.(block));
  assertEquals(silent.map(({ page, line }) => `${page}:${line}`), []);
});

Deno.test("a test that a block names is there, and speaks of its page", async () => {
  const wrong: string[] = [];
  for (const { page, line, runBy } of await allBlocks()) {
    if (runBy === undefined) continue;
    const test = await Deno.readTextFile(runBy).catch(() => "");
    if (!test.includes(page)) wrong.push(`${page}:${line}: ${runBy}`);
  }
  assertEquals(wrong, []);
});

Deno.test("the tests that reasons name are there", async () => {
  const wrong: string[] = [];
  for (const { page, line, notRun = "" } of await allBlocks()) {
    for (const [path] of notRun.matchAll(/\b(?:tests|examples)\/[\w/.]+\w/g)) {
      await Deno.stat(path).catch(() => wrong.push(`${page}:${line}: ${path}`));
    }
  }
  assertEquals(wrong, []);
});
