import { assertEquals } from "@std/assert";

/** What the runtimes have that this is developed on, and Node 20 has not. */
const TOO_NEW =
  /\b(Array\.fromAsync|Promise\.(withResolvers|try)|(Object|Map)\.groupBy|RegExp\.escape|Iterator\.from|Uint8Array\.from(Base64|Hex))\(/;

Deno.test("what is shipped calls nothing that the oldest Node does not have", async () => {
  const problems: string[] = [];
  for await (const path of modulesIn("src", "cli", "mock_broker")) {
    const lines = (await Deno.readTextFile(path)).split("\n");
    lines.forEach((line, index) => {
      // Examples in documentation are for readers.
      if (!/^\s*(\*|\/\/)/.test(line) && TOO_NEW.test(line)) {
        problems.push(`${path}:${index + 1}: ${line.trim()}`);
      }
    });
  }
  assertEquals(problems, []);
});

async function* modulesIn(...folders: string[]): AsyncGenerator<string> {
  for (const folder of folders) {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) yield* modulesIn(`${folder}/${name}`);
      else if (/\.(ts|tsx|js)$/.test(name)) yield `${folder}/${name}`;
    }
  }
}
