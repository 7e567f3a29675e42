/**
 * Screenshots: the broker takes five sessions a request, and only since 2024.0 a size.
 *
 * @module
 */

import type {
  GetSessionScreenshotRequestData,
  GetSessionScreenshotsResponse,
  SessionScreenshot,
  SessionScreenshotImage,
} from "./types.ts";

/** What AWS's own clients send at most. */
const SESSIONS_PER_REQUEST = 5;

/**
 * Sends the requests five at a time, one lot after the other, and puts the answers together in their order.
 */
export async function inLots(
  requests: GetSessionScreenshotRequestData[],
  ask: (lot: GetSessionScreenshotRequestData[]) => Promise<GetSessionScreenshotsResponse>,
): Promise<GetSessionScreenshotsResponse> {
  const all: GetSessionScreenshotsResponse = { SuccessfulList: [], UnsuccessfulList: [] };
  for (let i = 0; i < requests.length; i += SESSIONS_PER_REQUEST) {
    const { RequestId, SuccessfulList, UnsuccessfulList } = await ask(
      requests.slice(i, i + SESSIONS_PER_REQUEST),
    );
    all.RequestId ??= RequestId;
    all.SuccessfulList.push(...SuccessfulList);
    all.UnsuccessfulList.push(...UnsuccessfulList);
  }
  return all;
}

/**
 * The image of a session's primary display, or of its first one if none is called primary.
 *
 * @example
 * ```ts
 * import { primaryImage } from "@dcvkit/session-manager/screenshots";
 *
 * const image = primaryImage({
 *   SessionId: "s-1",
 *   Images: [{ Format: "png", Data: "iVBORw==", Primary: true }],
 * });
 * console.log(image?.Format); // "png"
 * ```
 */
export function primaryImage(screenshot: SessionScreenshot): SessionScreenshotImage | undefined {
  return screenshot.Images.find(({ Primary }) => Primary) ?? screenshot.Images[0];
}

/**
 * The bytes of an image, ready for a file or a response.
 *
 * @example
 * ```ts
 * import { imageBytes } from "@dcvkit/session-manager/screenshots";
 *
 * console.log(imageBytes({ Format: "png", Data: "iVBORw==" })); // Uint8Array [ 137, 80, 78, 71 ]
 * ```
 */
export function imageBytes(image: SessionScreenshotImage): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(image.Data), (character) => character.charCodeAt(0));
}
