/**
 * Where in a file a problem is.
 *
 * @module
 */

import { type Document, isMap, isPair, isScalar, type LineCounter, type Node } from "yaml";
import { type Path, pathText, type Problem } from "../problems.ts";

/** Something wrong with a file. */
export interface FileProblem {
  /** Line, from 1. */
  readonly line: number;
  /** Column, from 1. */
  readonly column: number;
  /** Where in the file's structure, such as `servers[0].cpus`; empty for the file as a whole. */
  readonly path: string;
  /** The rule, and what was found. */
  readonly message: string;
}

/** Finds the line of a problem: that of the value, or of what should hold it. */
export function locate({ path, message }: Problem, document: Document, lines: LineCounter): FileProblem {
  const offset = startOf(document.contents, path);
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), path: pathText(path), message };
}

/** Where the last step of the path is that exists: a key rather than its value, for that is what a reader looks for. */
function startOf(root: Node | null, path: Path): number {
  let offset = root?.range?.[0] ?? 0;
  let node: unknown = root;
  for (const step of path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : (node as { items?: unknown[] } | undefined)?.items?.[Number(step)];
    if (pair === undefined) break;
    const [start, next] = isPair(pair) ? [pair.key, pair.value] : [pair, pair];
    offset = (start as Node).range?.[0] ?? offset;
    node = next;
  }
  return offset;
}
