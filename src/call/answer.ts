/**
 * Reads an answer: the JSON object that was asked for, or the error that it stands for.
 *
 * @module
 */

import { isToken } from "../credentials.ts";
import { SessionManagerError, type SessionManagerErrorCode } from "../errors.ts";
import type { Body } from "./body.ts";
import { excerpt } from "./excerpt.ts";
import { codeOfMessage } from "./failures.ts";
import type { FetchResponse } from "./fetch.ts";
import { GET_ACCESS_TOKEN, HEALTH, type Operation } from "./operations.ts";
import { parseRetryAfter } from "../retry.ts";

/** What of a call matters to its answer. */
interface Asked {
  readonly operation: Operation;
  readonly url: string;
  /** What must not show in an error, besides what was in the header. */
  readonly secrets?: readonly string[] | undefined;
}

type Json = Record<string, unknown>;

const STATUSES: Record<number, SessionManagerErrorCode> = {
  400: "INVALID_REQUEST",
  401: "UNAUTHORIZED",
  403: "FORBIDDEN",
  404: "NOT_FOUND",
  408: "TIMEOUT",
  429: "THROTTLED",
};

/**
 * The object that an answer holds, with all of its lists; throws if its status is not one of success, or if it
 * does not answer what was asked. None of the secrets shows in the error.
 */
export function readAnswer(
  { ok, status, headers }: FetchResponse,
  { text, value = parse(text!), cut }: Body,
  { operation, url, secrets = [] }: Asked,
  authorization: string | undefined,
): object {
  const object = isObject(value) ? value : undefined;
  const lack = cut ? "an end within maxAnswerSize" : lackOf(object, operation);
  if (ok && !lack) return object ?? {};

  const hidden = [...secrets, ...(authorization ?? "").split(" ").slice(1)];
  const quote = (words: unknown) => typeof words === "string" ? excerpt(words, hidden) : undefined;
  const brokerMessage = quote(messageOf(object));
  const body = quote(text ?? JSON.stringify(value));
  throw new SessionManagerError(
    operation.operation,
    operation === GET_ACCESS_TOKEN && (ok ? brokerMessage : status < 408)
      ? "AUTHENTICATION_FAILED"
      : codeOfMessage(brokerMessage) ?? STATUSES[status] ??
        (ok ? "INVALID_RESPONSE" : status < 500 ? "HTTP_ERROR" : "BROKER_ERROR"),
    `${url.split("?")[0]} answered ${status}${ok ? ` without ${lack}` : ""}: ${
      brokerMessage ?? JSON.stringify(body)
    }`,
    {
      status,
      brokerMessage,
      requestId: quote(object?.RequestId),
      body,
      retryAfter: parseRetryAfter(headers.get("retry-after")),
    },
  );
}

/** What an answer lacks. Lists that it leaves out are added on the way. */
function lackOf(object: Json | undefined, operation: Operation): string | undefined {
  const { lists = ["SuccessfulList", "UnsuccessfulList"], token } = operation;
  if (operation === HEALTH) return undefined;
  if (!object) return "a JSON object";
  if (token) return isToken(object[token]) ? undefined : token;
  // The broker may leave out what is empty, but then there is something else of it, and no word of an error
  if (
    lists[0] && !lists.some((list) => object[list]) &&
    (messageOf(object) || !["NextToken", "RequestId", ...lists].some((member) => member in object))
  ) {
    return lists.join(" or ");
  }
  return lists.find((list) => {
    const items = object[list] ??= [];
    return !Array.isArray(items) || !items.every(isObject);
  }) ?? (typeof (object.NextToken ?? "") === "string" ? undefined : "a NextToken");
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch { /* Not JSON */ }
}

function isObject(value: unknown): value is Json {
  return !!value && typeof value === "object" && !Array.isArray(value);
}

/**
 * The broker says `error`; others in its place say `message`, and OAuth servers add an `error_description`.
 */
function messageOf({ error, error_description, message }: Json = {}): string | undefined {
  return [error, error_description, message].filter((words) => typeof words === "string").join(": ") ||
    undefined;
}
