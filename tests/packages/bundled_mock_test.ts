import { assertEquals } from "@std/assert";
import { build, stop } from "esbuild";
import { Installation } from "./installation.ts";

/** Prints the scripts that web pages get. */
const PROGRAM = `
import { MockBroker } from "@dcvkit/mock-broker";

const broker = new MockBroker();
const scripts = [
  \`\${broker.url}/_mock/console/script.js\`,
  \`\${broker.desktopUrl}/dcv/dcv.js\`,
  \`\${broker.desktopUrl}/dcv/dcv.umd.js\`,
];
for (const url of scripts) console.log(await (await broker.fetch(url)).text());
`;

Deno.test("the scripts of web pages are the same from a bundle that keeps names, minified", async () => {
  await using installation = await Installation.create();
  await installation.write("program.mjs", PROGRAM);
  await build({
    entryPoints: [`${installation.folder}/program.mjs`],
    outfile: `${installation.folder}/bundle.mjs`,
    bundle: true,
    minify: true,
    keepNames: true,
    platform: "node",
    format: "esm",
    // Some dependencies are CommonJS.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
  await stop();

  const scripts = await installation.run(["node", "program.mjs"]);
  assertEquals(scripts.includes("EventSource"), true);
  assertEquals(await installation.run(["node", "bundle.mjs"]), scripts);
});
