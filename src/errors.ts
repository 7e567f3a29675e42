/**
 * Every error that a caller may catch. Match on {@linkcode SessionManagerError.code}, never on the words of a
 * message: those are the broker's or ours and may change.
 *
 * @module
 */

import type { OtherString, Session } from "./types.ts";

/**
 * What went wrong.
 *
 * - `CONNECTION_REFUSED`, `HOST_NOT_FOUND`: the request never reached the broker
 * - `UNTRUSTED_CERTIFICATE`: nor did it, because the broker's certificate did not convince this runtime
 * - `NETWORK_ERROR`: the connection was lost, or something else; the broker may or may not have received the request
 * - `TIMEOUT`: an attempt, a listing or a wait took longer than its `timeout`; 408 counts as one
 * - `INVALID_RESPONSE`: the answer is not the JSON object that it should be, lacks the list that was asked for, or is
 *   larger than `maxAnswerSize`
 * - `AUTHENTICATION_FAILED`: no access token could be had with these credentials
 * - `UNAUTHORIZED` (401), `FORBIDDEN` (403): the broker refuses the access token, even a fresh one
 * - `INVALID_REQUEST` (400), `UNKNOWN_FIELD` (400, a field that is newer than the broker), `NOT_FOUND` (404),
 *   `THROTTLED` (429), `BROKER_ERROR` (5xx), `HTTP_ERROR` (any other status)
 * - `SESSION_NOT_FOUND`, `SESSION_NOT_READY`, `NO_DCV_SERVER_FOUND`, `DCV_SERVER_NOT_FOUND`: what the broker says of
 *   one session or server
 * - `REQUEST_FAILED`: the broker gives a reason that this version does not know
 * - `STATE_UNREACHABLE`: a session will not get to the state that was waited for
 * - `REPEATED_NEXT_TOKEN`: a listing would go round in circles
 *
 * A failure code that the broker gives for an item of a batch is passed on as it is.
 */
export type SessionManagerErrorCode =
  | "CONNECTION_REFUSED"
  | "HOST_NOT_FOUND"
  | "UNTRUSTED_CERTIFICATE"
  | "NETWORK_ERROR"
  | "TIMEOUT"
  | "INVALID_RESPONSE"
  | "AUTHENTICATION_FAILED"
  | "UNAUTHORIZED"
  | "FORBIDDEN"
  | "INVALID_REQUEST"
  | "UNKNOWN_FIELD"
  | "NOT_FOUND"
  | "THROTTLED"
  | "BROKER_ERROR"
  | "HTTP_ERROR"
  | "SESSION_NOT_FOUND"
  | "SESSION_NOT_READY"
  | "NO_DCV_SERVER_FOUND"
  | "DCV_SERVER_NOT_FOUND"
  | "REQUEST_FAILED"
  | "STATE_UNREACHABLE"
  | "REPEATED_NEXT_TOKEN"
  | OtherString;

/** What is known about a {@linkcode SessionManagerError} besides its message. */
export interface SessionManagerErrorDetails extends ErrorOptions {
  /** The HTTP status, if there was an answer. */
  status?: number | undefined;
  /** The broker's own words. */
  brokerMessage?: string | undefined;
  /** The broker's id of the request. */
  requestId?: string | undefined;
  /** The beginning of the answer, 400 characters at most, without tokens; the parser's words, if Bun read no more. */
  body?: string | undefined;
  /** How long the broker asks to wait, in milliseconds. */
  retryAfter?: number | undefined;
  /** The session that was created or waited for, as it was seen last. */
  session?: Session | undefined;
}

/**
 * What the client throws when a call fails, as opposed to a `TypeError` for bad input and the signal's own
 * reason for an abort. It never holds a secret.
 *
 * @example
 * ```ts
 * import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   fetch: () => Promise.resolve(Response.json({ error: "No authorization header" }, { status: 401 })),
 * });
 *
 * try {
 *   await client.describeSessions();
 * } catch (error) {
 *   if (!(error instanceof SessionManagerError)) throw error;
 *   console.log(error.code); // "UNAUTHORIZED"
 *   console.log(error.brokerMessage); // "No authorization header"
 * }
 * ```
 */
export class SessionManagerError extends Error {
  /** What went wrong. */
  declare readonly code: SessionManagerErrorCode;
  /** The client's method, `describeSessions` for instance. */
  declare readonly operation: string;
  /** The HTTP status, if there was an answer. */
  declare readonly status?: number | undefined;
  /** The broker's own words. */
  declare readonly brokerMessage?: string | undefined;
  /** The broker's id of the request. */
  declare readonly requestId?: string | undefined;
  /** The beginning of the answer, 400 characters at most, without tokens. */
  declare readonly body?: string | undefined;
  /** How long the broker asks to wait, in milliseconds. */
  declare readonly retryAfter?: number | undefined;
  /** The session that was created or waited for, as it was seen last. */
  declare readonly session?: Session | undefined;

  /** The name of the class, as for every error. */
  override get name(): string {
    return "SessionManagerError";
  }

  /** Takes the client's method, what went wrong, the same in words, and what else is known. */
  constructor(
    operation: string,
    code: SessionManagerErrorCode,
    finding: string,
    details?: SessionManagerErrorDetails,
  ) {
    super(`Cannot complete ${operation}: ${finding}`, details);
    Object.assign(this, { code, operation }, details);
  }
}
