/**
 * Batches: the broker answers 200 even if every item failed, and says so in two lists.
 *
 * @module
 */

import { SessionManagerError, type SessionManagerErrorCode } from "./errors.ts";
import { codeOfMessage } from "./failures.ts";

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
 * Some items of a batch failed. Its `code` is theirs if it is one and the same, and `BATCH_FAILED` otherwise.
 */
export class BatchError<Failure extends UnsuccessfulItem = UnsuccessfulItem> extends SessionManagerError {
  static {
    this.prototype.name = "BatchError";
  }

  /** The items that failed. */
  readonly failures: BatchFailure<Failure>[];

  /** Takes an answer with at least one failure in it. */
  constructor(response: BatchResponse<unknown, Failure>, operation?: string) {
    const { SuccessfulList, UnsuccessfulList, RequestId: requestId } = response;
    const failures = UnsuccessfulList.map(toFailure);
    const codes = new Set(failures.map(({ code }) => code));
    const reasons = new Set(failures.map(({ reason }) => reason));
    const count = `${failures.length} of ${failures.length + (SuccessfulList ?? []).length} failed`;
    super(`Cannot complete ${operation ?? "the batch"}, ${count}: ${[...reasons].slice(0, 3).join("; ")}`, {
      code: codes.size === 1 ? failures[0]!.code : "BATCH_FAILED",
      operation,
      requestId,
      brokerMessage: reasons.size === 1 ? failures[0]!.reason : undefined,
    });
    this.failures = failures;
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
 *   console.log(error.failures[0].code); // "SESSION_NOT_FOUND"
 * }
 * ```
 */
export function allSuccessful<Success, Failure extends UnsuccessfulItem>(
  response: BatchResponse<Success, Failure>,
  operation?: string,
): Success[] {
  if (response.UnsuccessfulList?.length) throw new BatchError(response, operation);
  return response.SuccessfulList ?? [];
}

function toFailure<Failure extends UnsuccessfulItem>(item: Failure): BatchFailure<Failure> {
  const reason = item.FailureReason ?? "no reason given";
  return { code: item.FailureCode ?? codeOfMessage(reason) ?? "REQUEST_FAILED", reason, item };
}
