/**
 * The layout that ARCHITECTURE.md draws: which room may import which.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { circlesIn, type Import, importsFrom } from "./module_graph.ts";

/** The rooms of the mock, the lowest first. A room knows those on lines above its own, and none beside it. */
const MOCK_BROKER: readonly (readonly string[])[] = [
  ["simulation"],
  ["description", "screenshots"],
  ["journal", "capacity"],
  ["control", "server"],
  ["connectors", "console"],
  ["import"],
  ["control_api"],
  ["mock_broker.ts"],
  ["mod.ts", "command"],
  ["cli.ts"],
];

/** Every entry point of every package: what none of them leads to is not shipped. */
const ENTRY_POINTS = (await Promise.all((await packages()).map(entryPoints))).flat();

const IMPORTS = (await Promise.all(ENTRY_POINTS.map(importsFrom))).flat();

Deno.test("no module leads back to itself, not even by types", () => {
  assertEquals(circlesIn(IMPORTS), []);
});

Deno.test("a room of the mock imports only from rooms below it", () => {
  const wrong = withinMock(IMPORTS).filter(({ from, to }) => {
    const [above, below] = [roomOf(from), roomOf(to)];
    return above !== below && heightOf(above) <= heightOf(below);
  });
  assertEquals(wrong.map(show), []);
});

Deno.test("every module of the mock stands in a room", () => {
  const rooms = new Set(withinMock(IMPORTS).flatMap(({ from, to }) => [roomOf(from), roomOf(to)]));
  assertEquals([...rooms].filter((room) => heightOf(room) < 0), []);
});

/** The one thing that the mock has of the client at run time: what a permissions file grants is worked out once. */
const SHARED = "mock_broker/simulation/granted_permissions.ts imports src/permissions.ts";

Deno.test("the client imports no other package, and the mock types of the client and its reading of permissions", () => {
  const wrong = IMPORTS.filter(({ from, to, typesOnly }) => {
    const [importing, imported] = [packageOf(from), packageOf(to)];
    if (importing === imported || importing === "cli") return false;
    return !(importing === "mock_broker" && imported === "client" &&
      (typesOnly || show({ from, to }) === SHARED));
  });
  assertEquals(wrong.map(show), []);
});

/** The folders with a configuration of their own: packages, and what has only tools. */
async function packages(): Promise<string[]> {
  const { workspace } = await readJson("deno.json");
  return [".", ...workspace];
}

async function entryPoints(folder: string): Promise<string[]> {
  const { exports = {} } = await readJson(`${folder}/deno.json`);
  return Object.values<string>(exports).map((path) => `${folder}/${path}`);
}

async function readJson(path: string) {
  return JSON.parse(await Deno.readTextFile(new URL(`../../${path}`, import.meta.url)));
}

function withinMock(imports: readonly Import[]): Import[] {
  return imports.filter(({ from, to }) =>
    packageOf(from) === "mock_broker" && packageOf(to) === "mock_broker"
  );
}

function packageOf(path: string): string {
  return /^(mock_broker|cli)\//.exec(path)?.[1] ?? "client";
}

function roomOf(path: string): string {
  return path.split("/")[1]!;
}

/** The line on which a room stands; -1 for one that is not in the list. */
function heightOf(room: string): number {
  return MOCK_BROKER.findIndex((line) => line.includes(room));
}

function show({ from, to }: Pick<Import, "from" | "to">): string {
  return `${from} imports ${to}`;
}
