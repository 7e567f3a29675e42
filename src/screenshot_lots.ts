/**
 * Screenshots in lots: the broker takes five sessions a request.
 *
 * @module
 */

import { checkMembers } from "./call/checks.ts";
import type { GetSessionScreenshotRequestData, GetSessionScreenshotsResponse } from "./types.ts";

/** What AWS's own clients send at most. */
const SESSIONS_PER_REQUEST = 5;

/**
 * Sends the requests five at a time, one lot after the other, and puts the answers together in their order.
 */
export async function inLots(
  requests: GetSessionScreenshotRequestData[],
  ask: (lot: GetSessionScreenshotRequestData[]) => Promise<GetSessionScreenshotsResponse>,
): Promise<GetSessionScreenshotsResponse> {
  checkMembers(requests, ["SessionId"]);
  const all: GetSessionScreenshotsResponse = { SuccessfulList: [], UnsuccessfulList: [] };
  for (let i = 0; i < requests.length; i += SESSIONS_PER_REQUEST) {
    const { RequestId, SuccessfulList, UnsuccessfulList } = await ask(
      requests.slice(i, i + SESSIONS_PER_REQUEST),
    );
    all.RequestId ??= RequestId;
    all.SuccessfulList = all.SuccessfulList.concat(SuccessfulList);
    all.UnsuccessfulList = all.UnsuccessfulList.concat(UnsuccessfulList);
  }
  return all;
}
