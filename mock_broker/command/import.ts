/**
 * `--import`: a fleet file made of a broker's answers in files.
 *
 * @module
 */

import { importFleet, type ImportOptions } from "../import/import_fleet.ts";
import { readText } from "./files.ts";

/** The text of a fleet file for the answers in these files. */
export async function importedFleet(paths: readonly string[], { anonymize }: ImportOptions): Promise<string> {
  const answers = await Promise.all(paths.map((path) => readText("file of answers", path)));
  try {
    return importFleet(answers, { anonymize });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const named = error.message.replace(/answers\[(\d+)\]/, (_, index) => paths[Number(index)]!);
    throw new TypeError(named, { cause: error });
  }
}
