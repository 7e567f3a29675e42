/**
 * Batches: the broker answers 200 even if every item failed, and says so in two lists.
 *
 * @module
 */

import { SessionManagerError, type SessionManagerErrorCode } from "./errors.ts";
import { codeOfMessage } from "./call/failures.ts";

/** What the answers to all batches have in common. */
export interface BatchResponse<Success, Failure extends UnsuccessfulItem> {
  /** A UUID for the broker's log. */
  RequestId?: string | undefined;
  /** What succeeded. */
  SuccessfulList: Success[];
  /** What did not. */
  UnsuccessfulList: Failure[];
}

/** What the failures of all batches have in common. */
export interface UnsuccessfulItem {
  /** `DCV_SERVER_NOT_FOUND`, say; for servers only. */
  FailureCode?: string | undefined;
  /** Free text. */
  FailureReason: string;
}

/** One item that failed. */
export interface BatchFailure<Failure extends UnsuccessfulItem = UnsuccessfulItem> {
  /** What went wrong: the broker's own code, or one for its reason. */
  readonly code: SessionManagerErrorCode;
  /** The broker's words. */
  readonly reason: string;
  /** The entry of the `UnsuccessfulList`, which says what was asked for. */
  readonly item: Failure;
}

/**
 * Some items of a batch failed. Its `code` is that of the first one.
 *
 * @example
 * ```ts
 * import { BatchError } from "@dcvkit/session-manager";
 *
 * const failure = { SessionId: "s-1", FailureReason: "The requested dcvSession does not exist" };
 * const error = new BatchError("deleteSessions", [failure]);
 *
 * console.log(error.code); // "SESSION_NOT_FOUND"
 * console.log(error.failures[0]?.item.SessionId); // "s-1"
 * ```
 */
export class BatchError<Failure extends UnsuccessfulItem = UnsuccessfulItem> extends SessionManagerError {
  /** The name of the class, as for every error. */
  override get name(): string {
    return "BatchError";
  }

  /** The items that failed. */
  declare readonly failures: BatchFailure<Failure>[];

  /** Takes the client's method, and an `UnsuccessfulList`. */
  constructor(operation: string, items: Failure[]) {
    const failures = items.map(toFailure);
    const { code = "INVALID_RESPONSE", reason = "no reason" } = failures[0] ?? {};
    super(operation, code, `${failures.length} failed: ${reason}`, { brokerMessage: reason });
    Object.assign(this, { failures });
  }
}

/**
 * The items that succeeded, if all did; throws a {@linkcode BatchError} otherwise. It takes the answer of any
 * of the six batch operations.
 *
 * @example
 * ```ts
 * import { allSuccessful, BatchError } from "@dcvkit/session-manager";
 *
 * const response = {
 *   SuccessfulList: [],
 *   UnsuccessfulList: [{ SessionId: "s-1", FailureReason: "The requested dcvSession does not exist" }],
 * };
 *
 * try {
 *   allSuccessful(response, "deleteSessions");
 * } catch (error) {
 *   if (!(error instanceof BatchError)) throw error;
 *   console.log(error.failures[0]?.code); // "SESSION_NOT_FOUND"
 * }
 * ```
 */
export function allSuccessful<Success, Failure extends UnsuccessfulItem>(
  response: BatchResponse<Success, Failure>,
  operation = "the batch",
): Success[] {
  if (response.UnsuccessfulList?.length) throw new BatchError(operation, response.UnsuccessfulList);
  return response.SuccessfulList ?? [];
}

function toFailure<Failure extends UnsuccessfulItem>(item: Failure): BatchFailure<Failure> {
  const reason = `${item.FailureReason ?? ""}`;
  return { code: `${item.FailureCode ?? ""}` || codeOfMessage(reason) || "REQUEST_FAILED", reason, item };
}
