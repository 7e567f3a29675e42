/**
 * What the client adds to a web page: each entry point bundled, minified and compressed. Fails if the main entry is over
 * its budget.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { build, stop } from "esbuild";
import denoJson from "../deno.json" with { type: "json" };
import { type Figure, report } from "./report.ts";

/** Bytes of the whole main entry. */
const MAIN_ENTRY_BUDGET = 6_000;

const figures: Figure[] = [];
for (const [name, path] of Object.entries(denoJson.exports)) {
  const budget = name === "." ? { atMost: MAIN_ENTRY_BUDGET } : {};
  figures.push({ what: name, value: await sizeOf(path), unit: "bytes", ...budget });
}
await stop();
if (!report(figures)) Deno.exit(1);

async function sizeOf(path: string): Promise<number> {
  const { outputFiles } = await build({
    entryPoints: [path],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    // Only ./tls needs Node's modules, and they do not count.
    external: ["node:*"],
  });
  return gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
}
