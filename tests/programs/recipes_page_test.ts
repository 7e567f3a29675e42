import { assertEquals } from "@std/assert";

/** Folders of examples that have a guide of their own in place of a README. */
const WITH_A_GUIDE = ["portal", "testing"];

async function recipes(): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir("examples"));
  const folders = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  return folders.filter((name) => !WITH_A_GUIDE.includes(name)).sort();
}

Deno.test("docs/recipes.md links every recipe", async () => {
  const page = await Deno.readTextFile("docs/recipes.md");
  const linked = [...page.matchAll(/\.\.\/examples\/(\w+)\/README\.md/g)].map(([, name]) => name!);
  assertEquals(linked.sort(), await recipes());
});

Deno.test("every recipe is followed by a test", async () => {
  const entries = await Array.fromAsync(Deno.readDir("tests/recipes"));
  const texts = await Promise.all(entries.map(({ name }) => Deno.readTextFile(`tests/recipes/${name}`)));
  const tests = texts.join("\n");
  const followed = (name: string) => tests.includes(`"${name}"`) || tests.includes(`${name}: {`);
  assertEquals((await recipes()).filter((name) => !followed(name)), []);
});

Deno.test("a recipe names its packages in ranges of this version, and all else in ranges", async () => {
  const { version } = JSON.parse(await Deno.readTextFile("deno.json"));
  for (const name of await recipes()) {
    const text = await Deno.readTextFile(`examples/${name}/package.json`).catch(() => "{}");
    const { dependencies = {}, devDependencies = {} } = JSON.parse(text);
    for (const [dependency, range] of Object.entries({ ...dependencies, ...devDependencies })) {
      const isOurs = dependency.startsWith("@dcvkit/");
      assertEquals(
        isOurs ? range : /^\^\d+(\.\d+)+$/.test(String(range)),
        isOurs ? `^${version}` : true,
        name,
      );
    }
  }
});
