/**
 * Turns what others say (the broker in prose, each runtime's `fetch` in its own way) into codes. It is the
 * only place that knows such words; the sources of the broker's are its guide and the programs that parse
 * them.
 *
 * @module
 */

import { SessionManagerError, type SessionManagerErrorCode } from "./errors.ts";

const BROKER_MESSAGES: [RegExp, SessionManagerErrorCode][] = [
  [/no dcv server found/i, "NO_DCV_SERVER_FOUND"],
  [/dcv server not found/i, "DCV_SERVER_NOT_FOUND"],
  [/n(either|ot) in READY/i, "SESSION_NOT_READY"],
  [/session.*(does not exist|not found)/is, "SESSION_NOT_FOUND"],
  [/unrecognized field/i, "UNKNOWN_FIELD"],
  [/no authorization header/i, "UNAUTHORIZED"],
];

const STATUSES: Record<number, SessionManagerErrorCode> = {
  400: "INVALID_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  429: "THROTTLED",
};

/** The code for a message of the broker, if it is a known one. */
export function codeOfMessage(message: string | undefined): SessionManagerErrorCode | undefined {
  return BROKER_MESSAGES.find(([words]) => words.test(message ?? ""))?.[1];
}

/** The code for an answer with an error status. */
export function codeOfAnswer(
  operation: string,
  status: number,
  message: string | undefined,
): SessionManagerErrorCode {
  const code = codeOfMessage(message) ?? STATUSES[status] ?? (status < 500 ? "HTTP_ERROR" : "BROKER_ERROR");
  if (operation === "getAccessToken" && status >= 400 && status < 500 && status !== 429) {
    return "AUTHENTICATION_FAILED";
  }
  return code === "NOT_FOUND" && message && operation === "getSessionConnectionData"
    ? "SESSION_NOT_FOUND"
    : code;
}

const NETWORK_FAILURES: [RegExp, SessionManagerErrorCode, string][] = [
  [
    /ECONNREFUSED|connection ?refused/i,
    "CONNECTION_REFUSED",
    "nothing accepts connections there; check brokerUrl and that the broker runs",
  ],
  [
    /ENOTFOUND|EAI_AGAIN|dns error|failed to lookup/i,
    "HOST_NOT_FOUND",
    "the host name cannot be resolved; check brokerUrl",
  ],
  [
    /cert|self.signed|unknown ?issuer|unknown ?ca|altname|tls|ssl/i,
    "UNTRUSTED_CERTIFICATE",
    "its TLS certificate is not accepted; pass fetch: createTlsFetch({ ca }) with the broker's CA, " +
    "and serverName if the certificate names another host",
  ],
  [
    /ECONNRESET|EPIPE|UND_ERR_SOCKET|reset|broken pipe|closed|terminated|error reading/i,
    "CONNECTION_LOST",
    "the connection was lost before the answer was complete",
  ],
];

/** One shape for what `fetch` or the reading of a body throws on Node, Deno, Bun and in browsers. */
export function networkError(operation: string, url: string, cause: unknown): SessionManagerError {
  const words = wordsOf(cause);
  const [, code, finding] = NETWORK_FAILURES.find(([pattern]) => pattern.test(words)) ??
    [null, "NETWORK_ERROR", words.trim()];
  const message = `Cannot call ${operation} at ${new URL(url).origin}: ${finding}`;
  return new SessionManagerError(message, { code, operation, cause });
}

/**
 * Codes and messages down the chain of causes, since the telling one is at a different depth on each runtime,
 * without URLs: a host may be called anything.
 */
function wordsOf(cause: unknown): string {
  let words = "";
  for (let error = cause; error instanceof Error && words.length < 2000; error = error.cause) {
    words += `${"code" in error ? error.code : ""} ${error.message} `;
  }
  return (words || String(cause)).replaceAll(/https?:[^\s)]+/g, "");
}
