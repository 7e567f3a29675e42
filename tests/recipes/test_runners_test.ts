import { assertEquals } from "@std/assert";
import { RUNTIMES } from "../packages/installation.ts";
import { BUILT, Recipe } from "./recipe.ts";

// docs/testing.md shows the tests in these folders.
for (const name of ["bun", "jest_esm", "node_test", "vitest"]) {
  Deno.test(`examples/${name} passes in an empty folder`, async () => {
    await using recipe = await Recipe.copy(name);
    await recipe.follow();
  });
}

for (const version of ["29", "30"]) {
  Deno.test(`examples/jest passes with Jest ${version} on every Node, without configuration, and ends by itself`, async (t) => {
    await using recipe = await Recipe.copy("jest", { jest: `^${version}` });
    await recipe.follow();
    for (const node of ["Node 20.19", "Node 24"] as const) {
      await t.step(node, async () => {
        await recipe.run([...RUNTIMES[node], "node_modules/jest/bin/jest.js"]);
      });
    }
  });
}

Deno.test("examples/deno passes with the packages from npm", async () => {
  await using recipe = await Recipe.copy("deno");
  // JSR may not have them yet.
  await recipe.change("deno.json", (text) => {
    const { tasks, imports } = JSON.parse(text);
    assertEquals(Object.keys(imports).every((name) => name in BUILT), true);
    return JSON.stringify({ tasks, nodeModulesDir: "manual" });
  });
  await recipe.write("package.json", JSON.stringify({ dependencies: { ...BUILT, "@types/node": "^24" } }));
  await recipe.run(["npm", "install"]);
  await recipe.follow();
});
