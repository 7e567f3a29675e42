/**
 * Reads an answer: a JSON object, or the error that it stands for.
 *
 * @module
 */

import { isToken } from "./credentials.ts";
import { SessionManagerError } from "./errors.ts";
import { codeOfAnswer } from "./failures.ts";
import { parseRetryAfter } from "./retry.ts";

/** Enough to tell what answered instead of the broker, and not too much for a log. */
const BODY_EXCERPT = 1_000;
const MESSAGE_EXCERPT = 200;

/** What follows the name of a token or secret in JSON (escaped or not) or in a form, and JWTs anywhere. */
const NAMED_SECRETS = /((?:token|secret|password)(?:\\*"\s*:\s*\\*"|=))[^"&\s\\]+|eyJ[\w-]+\.[\w.-]+/gi;

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly text: string;
}

/** What an answer is to. */
export interface Question {
  readonly operation: string;
  readonly url: string;
  /** What must not show in an error, besides the access token. */
  readonly secrets?: string[] | undefined;
  /** Whether the body of the answer does not matter. */
  readonly ignoreBody?: boolean | undefined;
  /** The member of the answer that must be a token. */
  readonly tokenMember?: string | undefined;
}

/** The object that an answer holds; throws if it holds none, or if its status is not one of success. */
export function readAnswer(answer: Answer, question: Question, token: string | undefined): object {
  const { status, text } = answer;
  const { operation, url, secrets = [], tokenMember, ignoreBody } = question;
  const parsed = parseObject(text);
  const success = status >= 200 && status < 300;
  if (success && ignoreBody) return {};
  if (success && parsed && (!tokenMember || isToken(parsed[tokenMember]))) return parsed;

  const excerpt = (words: string) =>
    withoutSecrets(words, [...secrets, token], success).slice(0, BODY_EXCERPT);
  const words = parsed && messageOf(parsed);
  const brokerMessage = words && excerpt(words);
  const body = excerpt(text);
  const found = brokerMessage ?? JSON.stringify(body.slice(0, MESSAGE_EXCERPT));
  const expected = success ? ` without ${tokenMember ?? "a JSON object"}, is it the broker?` : "";
  throw new SessionManagerError(
    `Cannot call ${operation}: ${new URL(url).origin} answered ${status}${expected}: ${found}`,
    {
      code: success ? "INVALID_RESPONSE" : codeOfAnswer(operation, status, brokerMessage),
      operation,
      status,
      brokerMessage,
      requestId: stringOf(parsed?.RequestId),
      body,
      retryAfter: parseRetryAfter(answer.retryAfter),
    },
  );
}

/**
 * The text without these secrets, and without what looks like someone else's: in an answer of success that
 * makes no sense, any long run of characters may be a token.
 */
function withoutSecrets(text: string, secrets: (string | undefined)[], success: boolean): string {
  for (const secret of secrets) if (secret) text = text.replaceAll(secret, "[hidden]");
  text = text.replaceAll(NAMED_SECRETS, "$1[hidden]");
  return success ? text.replaceAll(/[\w+=~-]{40,}/g, "[hidden]") : text;
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value = JSON.parse(text);
    if (value && typeof value === "object" && !Array.isArray(value)) return value;
  } catch { /* Not JSON, and so not an object */ }
}

/**
 * The broker says `error`; others in its place say `message`, and OAuth servers add an `error_description`.
 */
function messageOf(body: Record<string, unknown>): string | undefined {
  const words = [body.error, body.error_description ?? body.message].filter((word) => stringOf(word));
  return words.join(": ") || undefined;
}

function stringOf(value: unknown): string | undefined {
  return typeof value === "string" && value ? value : undefined;
}
