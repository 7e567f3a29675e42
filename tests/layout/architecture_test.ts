/**
 * ARCHITECTURE.md, which must not send a newcomer to what is no longer there.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

const PAGE = await Deno.readTextFile(new URL("../../ARCHITECTURE.md", import.meta.url));

Deno.test("every file that ARCHITECTURE.md names is there", async () => {
  const files = await Array.fromAsync(filesIn("../../"));
  const named = [...PAGE.matchAll(/`([\w./]+\.(?:tsx?|md))`/g)].map(([, path]) => path!);
  assert(named.length > 40);
  assertEquals(named.filter((path) => !files.some((file) => `/${file}`.endsWith(`/${path}`))), []);
});

Deno.test("ARCHITECTURE.md tells of every room of the mock", async () => {
  const entries = await Array.fromAsync(Deno.readDir(new URL("../../mock_broker/", import.meta.url)));
  const rooms = entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
  assertEquals(rooms.filter((room) => !PAGE.includes(`| \`${room}/\``)), []);
});

/** The files of the repository, as paths from its root. */
async function* filesIn(folder: string, path = ""): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, import.meta.url))) {
    if (!isDirectory) yield path + name;
    else if (!IGNORED.test(name)) yield* filesIn(`${folder}${name}/`, `${path}${name}/`);
  }
}

const IGNORED = /^(\.git|node_modules|npm|site|coverage)$/;
