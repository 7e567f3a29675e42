/**
 * Holds docs/fidelity.md to what it says: each row is complete, and the test that it names is there.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";

const PAGE = new URL("../../docs/fidelity.md", import.meta.url);
const CONFIDENCE = ["documented", "seen", "guessed"];

interface Row {
  cells: string[];
  lastColumn: string;
}

/** The rows of every table of four columns, with the heading of its last column. */
async function rowsOfPage(): Promise<Row[]> {
  const rows: Row[] = [];
  let header: string[] = [];
  for (const line of (await Deno.readTextFile(PAGE)).split("\n")) {
    if (!line.startsWith("|")) header = [];
    else if (header.length === 0) header = cellsOf(line);
    else if (header.length !== 2 && !/^[|\s:-]+$/.test(line)) {
      rows.push({ cells: cellsOf(line), lastColumn: header.at(-1)! });
    }
  }
  return rows;
}

function cellsOf(line: string): string[] {
  return line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
}

/** The names of the tests in a file, as they stand in its source. */
async function testsIn(file: string): Promise<string[]> {
  const source = await Deno.readTextFile(new URL(file, import.meta.url));
  return [...source.matchAll(/^Deno\.test\(\s*("(?:[^"\\]|\\.)*")/gm)].map(([, name]) => JSON.parse(name!));
}

Deno.test("each row of the fidelity page says what, from where, how sure, and what holds it or why not", async () => {
  const rows = await rowsOfPage();
  assert(rows.length > 100);
  for (const { cells, lastColumn } of rows) {
    assertEquals(cells.length, 4, cells.join(" | "));
    assert(cells.every((cell) => cell !== ""), cells.join(" | "));
    assert(CONFIDENCE.includes(cells[2]!), cells.join(" | "));
    assert(["Test", "Why not"].includes(lastColumn), lastColumn);
  }
});

Deno.test("what has no source is marked as guessed", async () => {
  for (const { cells: [what, source, confidence], lastColumn } of await rowsOfPage()) {
    if (source === "—" && lastColumn === "Test") assertEquals(confidence, "guessed", what);
  }
});

Deno.test("each test that the fidelity page names exists", async () => {
  const tests = new Map<string, string[]>();
  const missing: string[] = [];
  for (const { cells, lastColumn } of await rowsOfPage()) {
    if (lastColumn !== "Test") continue;
    const [, file, name] = /^`(\w+_test\.ts): (.+)`$/.exec(cells[3]!) ?? [];
    assert(file && name, `Not a file and a test: ${cells[3]}`);
    if (!tests.has(file)) tests.set(file, await testsIn(file));
    if (!tests.get(file)!.includes(name)) missing.push(cells[3]!);
  }
  assertEquals(missing, []);
});
