/**
 * Runs all tests and the examples in the documentation, or only what the arguments name:
 * `deno task test tests/client --filter token`.
 *
 * @module
 */

import { DENO, exitCode, TOOLS } from "./run.ts";
import { withStd } from "./jsr.ts";

/** Where examples stand in comments and guides; those marked `ignore` only show. */
const DOCUMENTED = ["mod.ts", "src", "mock_broker", "docs", "README.md", "mock_broker/README.md"];

/** What needs the npm packages: `deno task test:matrix` and `deno task test:recipes` run it once they are built. */
const ALL_TESTS = ["tests", "--ignore=tests/packages,tests/recipes"];

const args = Deno.args.length > 0 ? Deno.args : ALL_TESTS;
const codes = await withStd(async (stdArgs) => {
  const test = ["test", ...TOOLS, "-A", "--parallel", ...stdArgs];
  const codes = [await exitCode(DENO, [...test, ...args])];
  if (Deno.args.length === 0) codes.push(await exitCode(DENO, [...test, "--doc", ...DOCUMENTED]));
  return codes;
});
Deno.exit(Math.max(...codes));
