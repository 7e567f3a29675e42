/**
 * Screenshots from brokers of any age, and as bytes.
 *
 * @module
 */

import type { SessionManagerClient } from "./client.ts";
import { SessionManagerError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import type {
  GetSessionScreenshotRequestData,
  GetSessionScreenshotsResponse,
  SessionScreenshot,
  SessionScreenshotImage,
} from "./types.ts";

/**
 * Takes screenshots as {@linkcode SessionManagerClient.getSessionScreenshots} does, and again without
 * `MaxWidth` and
 * `MaxHeight` if the broker is too old to know them (before 2024.0). It then answers in its own size, 160 by 100 by
 * default.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { takeScreenshots } from "@dcvkit/session-manager/screenshots";
 *
 * const client = new SessionManagerClient({ brokerUrl: "https://broker:8443", fetch: exampleFetch });
 * const { SuccessfulList } = await takeScreenshots(client, [{ SessionId: "s-1", MaxWidth: 800 }]);
 * console.log(SuccessfulList.length); // 1
 *
 * function exampleFetch(_url: string, init: RequestInit): Promise<Response> {
 *   if (String(init.body).includes("MaxWidth")) {
 *     return Promise.resolve(Response.json({ error: 'Unrecognized field "MaxWidth"' }, { status: 400 }));
 *   }
 *   const SuccessfulList = [{ SessionScreenshot: { SessionId: "s-1", Images: [] } }];
 *   return Promise.resolve(Response.json({ SuccessfulList, UnsuccessfulList: [] }));
 * }
 * ```
 */
export async function takeScreenshots(
  client: SessionManagerClient,
  requests: GetSessionScreenshotRequestData[],
  options?: CallOptions,
): Promise<GetSessionScreenshotsResponse> {
  try {
    return await client.getSessionScreenshots(requests, options);
  } catch (error) {
    if (!isUnknownSize(error)) throw error;
    const withoutSize = requests.map(({ MaxWidth: _width, MaxHeight: _height, ...request }) => request);
    return await client.getSessionScreenshots(withoutSize, options);
  }
}

function isUnknownSize(error: unknown): boolean {
  return error instanceof SessionManagerError && error.code === "UNKNOWN_FIELD" &&
    /Max(Width|Height)/.test(error.brokerMessage ?? "");
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
  return screenshot.Images?.find((image) => image?.Primary) ?? screenshot.Images?.[0];
}

/**
 * The bytes of an image, ready for a file or a response.
 *
 * @param image An image of a screenshot.
 * @returns Its bytes.
 * @throws {TypeError} If its `Data` is not base64.
 *
 * @example
 * ```ts
 * import { imageBytes } from "@dcvkit/session-manager/screenshots";
 *
 * console.log(imageBytes({ Format: "png", Data: "iVBORw==" })); // Uint8Array [ 137, 80, 78, 71 ]
 * ```
 */
export function imageBytes(image: SessionScreenshotImage): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(image.Data), (character) => character.charCodeAt(0));
  } catch (cause) {
    throw new TypeError("Cannot read the image: its Data is not base64", { cause });
  }
}
