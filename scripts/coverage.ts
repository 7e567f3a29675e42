/**
 * Runs all tests and says which share of the lines they execute, programs that they start included. Fails if that is
 * less than 99 % outside the console, whose page runs in a browser. Arguments are passed on to `deno test`, to look at
 * some tests only.
 *
 * @module
 */

import { withStd } from "./jsr.ts";
import { DENO, TOOLS } from "./run.ts";

const AT_LEAST = 0.99;

/** What is shipped and runs in Deno: not what runs in browsers, nor what is for Bun. */
const INCLUDED = "/(src|mock_broker|cli)/";
const EXCLUDED = "/(mock_broker/console|src/tls/bun.ts|node_modules|tests)";

/** Needs the npm packages. */
const IGNORED = "--ignore=tests/packages,tests/recipes";

const folder = await Deno.makeTempDir({ prefix: "coverage_" });
try {
  const some = Deno.args.some((arg) => !arg.startsWith("-"));
  const tests = some ? Deno.args : ["tests", IGNORED, ...Deno.args];
  const passed = await withStd((stdArgs) => {
    const args = ["test", ...TOOLS, "-A", "--parallel", "--coverage-raw-data-only", ...stdArgs, ...tests];
    // In the environment, so that programs of the tests write there, too
    return succeeds(args, { DENO_COVERAGE_DIR: folder });
  });
  const share = reported(await lcov(folder));
  console.log(`${percent(share)} of all lines; at least ${percent(AT_LEAST)}`);
  if (!passed || share < AT_LEAST) Deno.exitCode = 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function succeeds(args: string[], env: Record<string, string>): Promise<boolean> {
  return (await new Deno.Command(DENO, { args, env, stdin: "null" }).spawn().status).success;
}

async function lcov(folder: string): Promise<string> {
  const args = ["coverage", folder, "--lcov", `--include=${INCLUDED}`, `--exclude=${EXCLUDED}`];
  const { stdout } = await new Deno.Command(DENO, { args, stdin: "null", stderr: "inherit" }).output();
  return new TextDecoder().decode(stdout);
}

/** Prints each file with lines that no test executes, and gives the share of those that some test does. */
function reported(lcov: string): number {
  let [found, hit] = [0, 0];
  for (const record of lcov.split("end_of_record")) {
    const path = /^SF:(.*)$/m.exec(record)?.[1];
    if (path === undefined) continue;
    const lines = [...record.matchAll(/^DA:(\d+),(\d+)/gm)];
    const missed = lines.filter(([, , count]) => count === "0").map(([, line]) => line);
    found += lines.length;
    hit += lines.length - missed.length;
    if (missed.length > 0) console.log(`${path.slice(Deno.cwd().length + 1)}: ${missed.join(", ")}`);
  }
  return found === 0 ? 0 : hit / found;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)} %`;
}
