/**
 * Reading the files that a command line names.
 *
 * @module
 */

import { readFile } from "node:fs/promises";

const REASONS: Record<string, string> = {
  ENOENT: "there is no such file",
  EISDIR: "it is a folder",
  EACCES: "reading it is not permitted",
};

/** The text of a file; the error says which file could not be read, and why. */
export async function readText(what: string, path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Error(`Cannot read the ${what} ${path}: ${REASONS[code] ?? message}`, { cause: error });
  }
}
