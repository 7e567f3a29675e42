import { Installation, RUNTIMES } from "./installation.ts";

/** Fake timers of each kind, and how their runners are called. */
const FAKE_TIMERS: Readonly<Record<string, readonly string[]>> = {
  "vitest.test.js": ["npx", "vitest", "run", "vitest.test.js"],
  "jest.test.mjs": [
    "node",
    "--experimental-vm-modules",
    "node_modules/jest/bin/jest.js",
    "--testMatch",
    "**/jest.test.mjs",
  ],
  "node.test.mjs": [...RUNTIMES["Node 22"], "--test", "node.test.mjs"],
};

Deno.test("fake timers of vitest, jest, node:test and sinon move a running clock", async (t) => {
  await using installation = await Installation.create("vitest", "jest", "@jest/globals", "sinon");
  await installation.write("walk.mjs", await Deno.readTextFile("tests/packages/fake_timers/walk.mjs"));
  for (const [name, command] of Object.entries(FAKE_TIMERS)) {
    await t.step(name, async () => {
      await installation.write(name, await Deno.readTextFile(`tests/packages/fake_timers/${name}`));
      await installation.run(command);
    });
  }
});
