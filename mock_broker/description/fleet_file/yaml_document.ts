/**
 * YAML text as a document with positions.
 *
 * @module
 */

import process from "node:process";
import { type Document, type LineCounter, parseDocument } from "yaml";

/** Reads YAML 1.2 or JSON; what is wrong with it is in the document's `errors`. */
export function yamlDocument(text: string, lineCounter: LineCounter): Document.Parsed {
  return withoutEnvironment(() => parseDocument(text, { lineCounter, merge: true, prettyErrors: false }));
}

/**
 * With each token the parser looks for `LOG_TOKENS` in the environment, which serves its own developers, and for which
 * Deno asks leave. Nothing else runs meanwhile, so that nobody misses the environment.
 */
function withoutEnvironment<T>(read: () => T): T {
  const { env } = process;
  process.env = {};
  try {
    return read();
  } finally {
    process.env = env;
  }
}
