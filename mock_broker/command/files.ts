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

/** In which encoding a text is taken that is not UTF-8 and does not say what it is. */
export type OtherEncoding = "latin1";

/**
 * The text of a file, as the programs of Windows, Java and Unix write them: UTF-8, or UTF-16 as its byte order mark or
 * its zero bytes say. The mark is left out, and lines end as in Unix.
 *
 * @throws {Error} If the file cannot be read, or is no text; it says which file, and why.
 */
export async function readText(what: string, path: string, other?: OtherEncoding): Promise<string> {
  let bytes: Uint8Array;
  try {
    bytes = await readFile(path);
  } catch (error) {
    const { code = "", message } = error as NodeJS.ErrnoException;
    throw new Error(`Cannot read the ${what} ${path}: ${REASONS[code] ?? message}`, { cause: error });
  }
  try {
    return decode(bytes, other).replace(/\r\n?/g, "\n");
  } catch (cause) {
    throw new Error(`Cannot read the ${what} ${path}: it is neither UTF-8 nor UTF-16`, { cause });
  }
}

function decode(bytes: Uint8Array, other: OtherEncoding | undefined): string {
  try {
    return new TextDecoder(unicodeOf(bytes), { fatal: true }).decode(bytes);
  } catch (error) {
    if (other === undefined) throw error;
    return new TextDecoder(other).decode(bytes);
  }
}

/** Texts begin with a character of ASCII in each file that is read here, so that a zero byte tells its width. */
function unicodeOf([first, second]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" {
  if (first === 0xff && second === 0xfe || second === 0) return "utf-16le";
  if (first === 0xfe && second === 0xff || first === 0) return "utf-16be";
  return "utf-8";
}
