import { build, stop } from "esbuild";
import { walkPortal } from "../programs/portal_walk.ts";
import { Installation, RUNTIMES } from "./installation.ts";

Deno.test("the portal runs from the same source on Bun and every Node, with the packages from npm", async (t) => {
  await using installation = await Installation.create("hono", "@hono/node-server");
  const outfile = `${installation.folder}/portal.mjs`;
  await build({
    entryPoints: ["examples/portal/main.ts"],
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    jsx: "automatic",
    target: "node20",
    format: "esm",
    logLevel: "warning",
  });
  await stop();
  for (const [runtime, command] of Object.entries(RUNTIMES)) {
    await t.step(runtime, async () => {
      // npx would not pass on the signal that ends the portal.
      const executable = (await installation.run([...command, "-p", "process.execPath"])).trim();
      await walkPortal({ command: [executable, "portal.mjs"], cwd: installation.folder });
    });
  }
});
