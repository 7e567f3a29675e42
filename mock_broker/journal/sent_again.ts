/**
 * Requests that were sent again out of the journal.
 *
 * @module
 */

import type { JournalEntry } from "./entry.ts";

/** The header that tells them from those of programs; its value is the id of the entry that was sent again. */
export const SENT_AGAIN = "mock-sent-again";

/** The entry that was sent again; `undefined` where a program has sent the request. */
export function sentAgainFrom({ headers }: JournalEntry): number | undefined {
  const id = Number(headers[SENT_AGAIN]);
  return Number.isSafeInteger(id) && id > 0 ? id : undefined;
}

/** Whether a request had a body that nobody has read. Of a request for a token the body is never kept. */
export function lostBody({ operation, headers, request }: JournalEntry): boolean {
  const hadBody = Number(headers["content-length"] ?? 0) > 0 || headers["transfer-encoding"] !== undefined;
  return request === undefined && operation !== "token" && hadBody;
}
