/**
 * Everything that can be checked without running the code: version, format, lint, types, documentation, publishability.
 *
 * @module
 */

import { withStd } from "./jsr.ts";
import { PACKAGES } from "./npm/packages.ts";
import { DENO, exitCode, TOOLS } from "./run.ts";
import { WEB_SCRIPTS } from "./web_scripts.ts";

/** Programs for the test runners of Node, Bun and others are no TypeScript, and are checked by running them. */
const TYPED = [
  ...["mod.ts", "src", "tests", "scripts", "bench", "examples/**/*.ts"],
  ...PACKAGES.map(({ source }) => source).filter((source) => source !== "."),
];

/** With the libraries of web pages, which the rest does not have. */
const WEB_CONFIG = "mock_broker/console/browser.json";

await step("version", ["run", "-A", ...TOOLS, "scripts/check_version.ts"]);
await step("format", ["fmt", "--check"]);
await step("lint", ["lint"]);
await withStd((stdArgs) => step("types", ["check", ...TOOLS, ...stdArgs, ...TYPED]));
await step("types in web pages", ["check", "--config", WEB_CONFIG, ...WEB_SCRIPTS]);
const documentation = await Deno.realPath("scripts/check_documentation.ts");
for (const { source: cwd } of PACKAGES) {
  const modules = await entryPoints(cwd);
  await step(`documentation of ${cwd}`, ["doc", "--lint", ...modules], cwd);
  await step(`defaults in the documentation of ${cwd}`, [
    "run",
    "-A",
    "--no-config",
    documentation,
    ...modules,
  ], cwd);
  await step(`publishing ${cwd}`, ["publish", "--dry-run", "--allow-dirty"], cwd);
}
console.log("All checks passed");

async function step(name: string, args: string[], cwd = "."): Promise<void> {
  console.log(`\n== ${name}: deno ${args.join(" ")}`);
  const code = await exitCode(DENO, args, cwd);
  if (code === 0) return;
  console.error(`\nThe check failed: ${name}`);
  Deno.exit(1);
}

async function entryPoints(cwd: string): Promise<string[]> {
  const { exports } = JSON.parse(await Deno.readTextFile(`${cwd}/deno.json`));
  return Object.values(exports);
}
