/**
 * What the client adds to a web page: each entry point bundled, minified and compressed. Fails if the main entry is over
 * its budget.
 *
 * @module
 */

import { gzipSync } from "node:zlib";
import { build, stop } from "esbuild";
import denoJson from "../deno.json" with { type: "json" };

/** Bytes of the whole main entry, minified and compressed. */
const MAIN_ENTRY_BUDGET = 5_000;

const sizes: Record<string, { minified: number; gzip: number }> = {};
for (const [name, path] of Object.entries(denoJson.exports)) sizes[name] = await sizeOf(path);
await stop();
console.table(sizes);

const main = sizes["."]!.gzip;
if (main > MAIN_ENTRY_BUDGET) {
  console.error(`The main entry has ${main} bytes, more than its budget of ${MAIN_ENTRY_BUDGET}`);
  Deno.exit(1);
}

async function sizeOf(path: string): Promise<{ minified: number; gzip: number }> {
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
  const { contents } = outputFiles[0]!;
  return { minified: contents.length, gzip: gzipSync(contents, { level: 9 }).length };
}
