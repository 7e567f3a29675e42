/**
 * Turns what others say (the broker in prose, each runtime's `fetch` in its own way) into codes. It is the
 * only place that knows such words; the sources of the broker's are its guide and the programs that parse
 * them.
 *
 * @module
 */

import { SessionManagerError, type SessionManagerErrorCode } from "../errors.ts";
import { EXCERPT } from "./excerpt.ts";

/** The first entry whose expression fits gives the code. */
type Words = { [Code in SessionManagerErrorCode]?: RegExp };

const BROKER_WORDS: Words = {
  NO_DCV_SERVER_FOUND: /no dcv server found/i,
  DCV_SERVER_NOT_FOUND: /dcv server not found/i,
  SESSION_NOT_READY: /n(either|ot) in READY/,
  SESSION_NOT_FOUND: /session.*(does not exist|not found)/is,
  UNKNOWN_FIELD: /unrecognized field/i,
  UNAUTHORIZED: /no authorization header/i,
};

/** Codes where the runtime gives one, and what Deno and Bun say otherwise. */
const NETWORK_WORDS: Words = {
  CONNECTION_REFUSED: /refused/i,
  HOST_NOT_FOUND: /ENOTFOUND|EAI_AGAIN|dns error/,
  UNTRUSTED_CERTIFICATE: /cert|self.signed|issuer|alert/i,
};

/** TLS with a port that has none. Bun's words say so already, and those of createTlsFetch(). */
const NOT_TLS = /^(?!.*speak TLS).*(wrong.version|InvalidContentType)/is;

function find(words: Words, text: string): SessionManagerErrorCode | undefined {
  return Object.keys(words).find((code) => words[code]!.test(text));
}

/** The code for a message of the broker, if it is a known one. Some expressions take long for long texts. */
export function codeOfMessage(message = ""): SessionManagerErrorCode | undefined {
  return find(BROKER_WORDS, message.slice(0, EXCERPT));
}

/** One shape for what `fetch` or the reading of a body throws on Node, Deno, Bun and in browsers. */
export function networkError(operation: string, url: string, cause: unknown): SessionManagerError {
  // Deno puts the URL into the message, and a host may be called anything
  const words = wordsOf(cause).replace(url, "");
  const code = find(NETWORK_WORDS, words) ?? "NETWORK_ERROR";
  const advice = code === "UNTRUSTED_CERTIFICATE"
    ? ", see createTlsFetch()"
    : NOT_TLS.test(words)
    ? ", the server does not speak TLS"
    : "";
  const finding = `no answer from ${url.split("?")[0]}: ${words}${advice}`;
  return new SessionManagerError(operation, code, finding, { cause });
}

/** Codes and messages of an error and its causes: the telling one is at a different depth on each runtime. */
function wordsOf(error: unknown): string {
  const { code = "", message = "", cause } = Object(error);
  return `${code} ${message} ${cause ? wordsOf(cause) : ""}`.trim();
}
