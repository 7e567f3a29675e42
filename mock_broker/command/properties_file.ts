/**
 * The broker's own configuration file, as `--properties` names it.
 *
 * @module
 */

import { Pair, parseLines } from "dot-properties";
import { effectOf, problemWithProperty } from "../description/broker_properties.ts";
import { readText } from "./files.ts";

/**
 * The text of a `session-manager-broker.properties` file that a broker can use; the error names each wrong line.
 * Properties that change nothing here are counted and named.
 */
export async function readProperties(path: string, warn: (text: string) => void): Promise<string> {
  // Java reads such a file as Latin-1, and newer ones are written in UTF-8.
  const text = await readText("properties file", path, "latin1");
  const pairs = parseLines(text, true).filter((line) => line instanceof Pair);
  const problems = pairs.flatMap((pair) => {
    const problem = problemWithProperty(pair.key, pair.value ?? "");
    return problem === undefined ? [] : [`\n  ${path}:${lineAt(text, pair.range[0])}: ${problem}`];
  });
  if (problems.length > 0) throw new TypeError(`Cannot use the properties file ${path}:${problems.join("")}`);
  const named = (effect: string) =>
    [...new Set(pairs.map(({ key }) => key))].filter((key) => effectOf(key) === effect);
  tell(named("unknown"), `unknown to the broker`);
  tell(named("idle"), `without effect in a simulation`);
  return text;

  function tell(names: readonly string[], what: string) {
    if (names.length === 0) return;
    const properties = names.length === 1 ? "1 property is" : `${names.length} properties are`;
    warn(`In ${path}, ${properties} ${what}: ${names.join(", ")}`);
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
