/**
 * Reads an answer: a JSON object, or the error that it stands for.
 *
 * @module
 */

import { TOKEN } from "../credentials.ts";
import { SessionManagerError } from "../errors.ts";
import { codeOfAnswer } from "./failures.ts";
import type { FetchResponse } from "./fetch.ts";
import { parseRetryAfter } from "../retry.ts";

/** Enough to tell what answered instead of the broker, and not too much for a log. */
const EXCERPT = 400;

/**
 * What follows the name of a token or secret, in JSON (escaped or not) or in a form, and any run as long as a
 * token.
 */
const SECRETS = /(?<=(token|secret|password)(\W*":\W*"|=))[^"&\s\\]+|[\w+=~-]{40,}/gi;

/** What an answer is to. */
export interface Question {
  readonly operation: string;
  readonly url: string;
  /** What must not show in an error, besides what is in the header. */
  readonly secret?: string | undefined;
  /** The member of the answer that must be a token. */
  readonly tokenMember?: string | undefined;
}

/** The object that an answer holds; throws if it holds none, or if its status is not one of success. */
export function readAnswer(
  { ok, status, headers }: FetchResponse,
  text: string,
  { operation, url, secret, tokenMember }: Question,
  authorization: string | undefined,
): object {
  const object = parseObject(text);
  const wanted = object && (!tokenMember || TOKEN.test(object[tokenMember] as string ?? ""));
  if (ok && (wanted || operation === "health")) return object ?? {};

  const safe = withoutSecrets(text, [authorization?.split(" ")[1], secret]);
  const body = safe.slice(0, EXCERPT);
  const brokerMessage = messageOf(parseObject(safe));
  const code = ok ? "INVALID_RESPONSE" : codeOfAnswer(operation, status, brokerMessage);
  const lack = ok ? ` without ${tokenMember ?? "a JSON object"}` : "";
  const words = brokerMessage ?? JSON.stringify(body);
  throw new SessionManagerError(operation, code, `${url.split("?")[0]} answered ${status}${lack}: ${words}`, {
    status,
    brokerMessage,
    requestId: object?.RequestId as string | undefined,
    body,
    retryAfter: parseRetryAfter(headers.get("retry-after")),
  });
}

function withoutSecrets(text: string, secrets: (string | undefined)[]): string {
  for (const secret of secrets) if (secret) text = text.replaceAll(secret, "[hidden]");
  return text.replaceAll(SECRETS, "[hidden]");
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    if (Object(value) === value && !Array.isArray(value)) return value;
  } catch { /* Not JSON, and so not an object */ }
}

/**
 * The broker says `error`; others in its place say `message`, and OAuth servers add an `error_description`.
 */
function messageOf({ error, error_description, message }: Record<string, unknown> = {}): string | undefined {
  return [error, error_description, message].filter((words) => typeof words === "string").join(": ") ||
    undefined;
}
