/**
 * Page tokens: opaque to callers, and complete in themselves, so that the broker keeps nothing between pages.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { RequestError } from "../../server/request_error.ts";

/** What a page token continues. */
export type Listing = "sessions" | "servers";

/** A token for the page after the item with this sequence number. */
export function pageToken(listing: Listing, after: number): string {
  return Buffer.from(`${listing}:${after}`).toString("base64url");
}

/** The sequence number after which the page begins; -1, before all, without a token. */
export function pageStart(listing: Listing, token: string | null | undefined): number {
  if (token === null || token === undefined || token === "") return -1;
  const after = Number(/:(\d{1,15})$/.exec(Buffer.from(token, "base64url").toString())?.[1] ?? NaN);
  if (pageToken(listing, after) === token) return after;
  throw new RequestError(400, "Invalid NextToken");
}
