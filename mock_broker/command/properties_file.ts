/**
 * The broker's own configuration file, as `--properties` names it.
 *
 * @module
 */

import { Pair, parseLines } from "dot-properties";
import { brokerProperties } from "../description/broker_properties.ts";
import { readText } from "./files.ts";

/** The text of a `session-manager-broker.properties` file that a broker can use; the error names each wrong line. */
export async function readProperties(path: string): Promise<string> {
  const text = await readText("properties file", path);
  const problems = parseLines(text, true).flatMap((line) => {
    if (!(line instanceof Pair)) return [];
    const problem = problemWith(line.key, line.value ?? "");
    return problem === undefined ? [] : [`\n  ${path}:${lineAt(text, line.range[0])}: ${problem}`];
  });
  if (problems.length > 0) throw new TypeError(`Cannot use the properties file ${path}:${problems.join("")}`);
  return text;
}

/** What is wrong with one property; names that the simulation does not know are the broker's affair. */
function problemWith(name: string, value: string): string | undefined {
  try {
    brokerProperties(`${name}=${value}`);
  } catch (error) {
    return (error as Error).message;
  }
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length;
}
