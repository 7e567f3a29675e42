import { assertEquals } from "@std/assert";

const PROGRAMS = ["portal.mjs", "playwright.config.mjs", "portal.spec.mjs"];

Deno.test("the guide to end-to-end tests shows the programs in its folder, each to the letter", async () => {
  const guide = await Deno.readTextFile("docs/end_to_end.md");
  const shown = [...guide.matchAll(/```js ignore\n(.*?)```/gs)].map(([, program]) => program);
  const kept = await Promise.all(PROGRAMS.map((name) => Deno.readTextFile(`examples/playwright/${name}`)));
  assertEquals(shown, kept);
});
