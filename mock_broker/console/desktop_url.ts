/**
 * The way to a desktop.
 *
 * @module
 */

import type * as wire from "@dcvkit/session-manager";

/** The URL that opens a session in a browser, as the guide's page on `GetSessionConnectionData` gives it. */
export function desktopUrl({ Session, ConnectionToken }: wire.GetSessionConnectionDataResponse): string {
  const { Id = "", Server } = Session ?? {};
  const endpoint = Server?.Endpoints?.find(({ Protocol }) => Protocol === "HTTP");
  const ip = Server?.Ip ?? "";
  const host = ip.includes(":") ? `[${ip}]` : ip;
  const url = new URL(`https://${host}:${endpoint?.Port ?? Server?.Port ?? 8443}`);
  url.pathname = endpoint?.WebUrlPath ?? Server?.WebUrlPath ?? "/";
  url.searchParams.set("authToken", ConnectionToken ?? "");
  url.hash = encodeURIComponent(Id);
  return url.href;
}
