/**
 * The TypeScript of README and the guides on the oldest Node, with the packages from npm. `deno test --doc` checks its
 * types and runs it on Deno.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { stop, transform } from "esbuild";
import { allBlocks } from "../programs/blocks.ts";
import { Installation, RUNTIMES } from "./installation.ts";

Deno.test("the TypeScript blocks of README and the guides run as they are printed, on Node 20", async () => {
  await using installation = await Installation.create();
  // npx looks for the runtime each time that it is called.
  const node = (await installation.run([...RUNTIMES["Node 20.19"], "-p", "process.execPath"])).trim();
  const blocks = (await allBlocks()).filter(({ language, isIgnored, notRun }) =>
    language === "ts" && !isIgnored && notRun === undefined
  );
  const failures: string[] = [];
  for (const { page, line, text } of blocks) {
    const { code } = await transform(text, { loader: "ts", format: "esm", target: "node20" });
    await installation.write("block.mjs", code);
    await installation.run([node, "block.mjs"]).catch((error) =>
      failures.push(`${page}:${line}: ${error.message}`)
    );
  }
  await stop();
  assertEquals(failures, []);
});
