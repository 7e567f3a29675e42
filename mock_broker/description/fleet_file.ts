/**
 * Fleet files: the world of a mock broker as YAML or JSON, for `dcv-mock-broker --fleet` and for programs.
 *
 * @module
 */

import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, visit } from "yaml";
import { copiesOf } from "./fleet_file/copies.ts";
import { type FileProblem, locate } from "./fleet_file/locate.ts";
import { fleetFileSchema } from "./fleet_file/schema.ts";
import { type Copies, tryOut, valuesOf } from "./fleet_file/try_out.ts";
import { yamlDocument } from "./fleet_file/yaml_document.ts";
import type { MockBrokerOptions } from "./options.ts";
import { type Problem, problemsOf } from "./problems.ts";

export { READY_FLEETS } from "./ready_fleets.ts";
export type { FileProblem } from "./fleet_file/locate.ts";

/** Most values that aliases may stand for: more is a mistake, or meant to do harm. */
const MOST_COPIES = 1_000_000;

/**
 * A fleet file that cannot be used; the message names every problem with its line.
 *
 * @example
 * ```ts
 * import { FleetFileError, parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
 *
 * try {
 *   parseFleetFile("servers:\n  - os: plan9\n", "lab.yaml");
 * } catch (error) {
 *   if (!(error instanceof FleetFileError)) throw error;
 *   console.log(error.problems[0]?.line); // 2
 * }
 * ```
 */
export class FleetFileError extends TypeError {
  /** Class name, for whoever prints the error. */
  override readonly name: string = "FleetFileError";
  /** All that is wrong, in the order of the file. */
  readonly problems: readonly FileProblem[];

  /** Makes the error for the problems of a file. */
  constructor(file: string, problems: readonly FileProblem[]) {
    const lines = problems.map(({ line, column, path, message }) =>
      `\n  ${file}:${line}:${column}: ${path === "" ? "" : `${path}: `}${message}`
    );
    super(`Cannot use the fleet file ${file}:${lines.join("")}`);
    this.problems = problems;
  }
}

/**
 * Reads the text of a fleet file, YAML 1.2 or JSON. Nothing is read from disk: the caller brings the text.
 *
 * Keys are those of {@linkcode MockBrokerOptions}. An entry of `servers` or `sessions` may have a `count`: it stands
 * for that many, with `{n}` in its texts for the number of each.
 *
 * @example Usage
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 * import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
 *
 * const broker = new MockBroker(parseFleetFile(`
 *   servers:
 *     - count: 3
 *       hostname: gpu-{nn}
 *       tags: { ram: 64gb }
 *   sessions:
 *     - { owner: ana, server: gpu-01 }
 * `));
 * broker.hosts.loseAgent("gpu-03");
 * ```
 *
 * @param text The file's text.
 * @param name What errors call the file; a path lets terminals and editors jump to the line.
 * @throws {FleetFileError} If the text is neither YAML nor JSON, or if a broker cannot be made of it; it names every
 * problem with line and column.
 */
export function parseFleetFile(text: string, name = "fleet file"): MockBrokerOptions {
  const lines = new LineCounter();
  const document = yamlDocument(text, lines);
  if (document.errors.length > 0) throw new FleetFileError(name, syntaxProblems(document, lines));
  const refuse = (problems: Problem[]) => {
    const located = problems.map((problem) => locate(problem, document, lines));
    throw new FleetFileError(name, located.sort((a, b) => a.line - b.line || a.column - b.column));
  };
  const result = fleetFileSchema().safeParse(contentsOf(document, lines, name) ?? {}, { reportInput: true });
  if (!result.success) return refuse(problemsOf(result.error.issues));
  const { $schema: _, servers, sessions, clients, faults, ...rest } = result.data;
  const lists: Copies = {
    servers: servers && copiesOf(servers),
    sessions: sessions && copiesOf(sessions),
    clients: clients?.map((value, entry) => ({ value, entry })),
    faults: faults?.map((value, entry) => ({ value, entry })),
  };
  const problems = tryOut(lists);
  if (problems.length > 0) return refuse(problems);
  return { ...rest, ...valuesOf(lists) };
}

/** The values of a document, with what its aliases stand for. */
function contentsOf(document: Document, lines: LineCounter, name: string): unknown {
  try {
    return document.toJS({ maxAliasCount: MOST_COPIES });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if (error.message.startsWith("Merge sources")) {
      throw new FleetFileError(name, [problemAt(offendingMerge(document), WRONG_MERGE, lines)]);
    }
    if (!(error instanceof ReferenceError)) throw error;
    const message = error.message.startsWith("Excessive")
      ? `Aliases stand for more than ${MOST_COPIES.toLocaleString("en")} values`
      : error.message;
    throw new FleetFileError(name, [problemAt(offendingAlias(document, error.message), message, lines)]);
  }
}

const WRONG_MERGE = "What << takes over must be a mapping, an alias of one, or a list of these";

/** Where the first merge key is that has something else. */
function offendingMerge(document: Document): number {
  let offset = 0;
  visit(document, {
    Pair(_, { key, value }) {
      if (!isScalar(key) || key.value !== "<<" && String(key.value) !== "Symbol(<<)") return undefined;
      const sources = isSeq(value) ? value.items : [value];
      const isRight = sources.every((source) => isMap(isAlias(source) ? source.resolve(document) : source));
      if (isRight) return undefined;
      offset = key.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return offset;
}

/** Where the alias is that the error is about: the one that it names, or the last, where most has come together. */
function offendingAlias(document: Document, message: string): number {
  let offset = 0;
  visit(document, {
    Alias(_, { source, range }) {
      if (message.startsWith("Excessive") || message.endsWith(`: ${source}`)) offset = range?.[0] ?? offset;
    },
  });
  return offset;
}

function syntaxProblems({ errors }: Document, lines: LineCounter): FileProblem[] {
  const tooDeep = errors.find(({ message }) => message.includes("call stack"));
  if (tooDeep) return [problemAt(tooDeep.pos[0], "Nested too deep", lines)];
  return errors.map(({ message, pos: [offset] }) => problemAt(offset, message, lines));
}

function problemAt(offset: number, message: string, lines: LineCounter): FileProblem {
  const { line, col } = lines.linePos(offset);
  return { line, column: col, path: "", message };
}
