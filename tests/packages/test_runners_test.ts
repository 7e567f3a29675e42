import { Installation, RUNTIMES } from "./installation.ts";

/** The tests that docs/testing.md shows, and how their runners are called. A runner fails if it finds no test. */
const RUNNERS: Readonly<Record<string, readonly string[]>> = {
  "desktop.bun.test.js": [...RUNTIMES["Bun"], "test", "./desktop.bun.test.js"],
  "desktop.node.test.mjs": [...RUNTIMES["Node 20.19"], "--test", "desktop.node.test.mjs"],
  "desktop.vitest.test.js": ["npx", "vitest", "run", "desktop.vitest.test.js"],
};

Deno.test("the guide's tests pass under their runners, with the packages from npm", async (t) => {
  await using installation = await Installation.create("vitest");
  for (const [name, command] of Object.entries(RUNNERS)) {
    await t.step(name, async () => {
      await installation.write(name, await Deno.readTextFile(`examples/testing/${name}`));
      await installation.run(command);
    });
  }
});
