/**
 * What is measured in `bench/`: nothing lies there that no task runs.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import denoJson from "../../deno.json" with { type: "json" };

const BENCH = new URL("../../bench/", import.meta.url);

const sources = new Map<string, string>();
for await (const path of modulesIn("")) sources.set(path, await Deno.readTextFile(new URL(path, BENCH)));

async function* modulesIn(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, BENCH))) {
    if (isDirectory) yield* modulesIn(`${folder}${name}/`);
    else if (name.endsWith(".ts")) yield folder + name;
  }
}

/** Modules that a text names, as imports do, and as bench/main.ts does with the programs that it runs. */
function namedIn(text: string): string[] {
  return [...sources.keys()].filter((path) => {
    const name = path.replace(/\.ts$/, "").split("/").at(-1)!;
    return new RegExp(`(?<![\\w.])${name}(?=\\.ts"|\\.ts$|": |: "|"[,)])`, "m").test(text);
  });
}

Deno.test("each module of bench/ is run by a task, or is part of one that is", () => {
  const tasks = Object.values(denoJson.tasks).map(({ command }) => command);
  const run = tasks.filter((command) => command.includes("bench/"));
  assert(run.length > 2);
  const reached = new Set(namedIn(run.join("\n")));
  for (const path of reached) for (const named of namedIn(sources.get(path)!)) reached.add(named);
  assertEquals([...sources.keys()].filter((path) => !reached.has(path)), []);
});

Deno.test("bench/README.md tells of each program that deno task bench runs, and has the marks for its tables", async () => {
  const page = await Deno.readTextFile(new URL("README.md", BENCH));
  const [, list] = /const PROGRAMS[^{]*{([^}]*)}/.exec(sources.get("main.ts")!)!;
  const programs = [...list!.matchAll(/(\w+): "/g)].map(([, name]) => name!);
  assert(programs.length > 5);
  assertEquals(programs.filter((name) => !page.includes(`| \`${name}\``)), []);
  assert(/<!-- begin of the figures -->.*<!-- end of the figures -->/s.test(page));
});
