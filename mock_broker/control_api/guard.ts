/**
 * Who may use the control API: programs on this machine, unless more are let in, and no page of another site.
 *
 * @module
 */

import { isLoopback } from "../server/loopback.ts";
import type { ServerBindings } from "../server/server_bindings.ts";

/** Who else is let in. */
export interface ControlAccess {
  /** Whether other machines are, where the server listens for them. */
  readonly remote: boolean;
  /** Further names under which the server is reached. */
  readonly hosts: readonly string[];
}

/** Why a request is refused; `undefined` when it is not. Requests in process come from the program itself. */
export function refusal(
  request: Request,
  bindings: ServerBindings,
  access: ControlAccess,
): string | undefined {
  const { incoming, hostname = "" } = bindings;
  if (!incoming) return undefined;
  if (!access.remote && !isLoopback(incoming.socket.remoteAddress ?? "")) {
    return "The control API answers only to this machine, unless the option `control` lets others in";
  }
  const forwarding = [...request.headers.keys()].find((name) => FORWARDING.test(name));
  if (!access.remote && forwarding !== undefined) {
    return "The control API does not answer requests that were forwarded, unless the option `control` allows it: " +
      `there is a header ${forwarding}`;
  }
  const host = hostOf(request.headers.get("Host"));
  if (!isOwnName(host, hostname, access)) {
    return `The control API is not reached under this name, unless the option "control" allows it: ${host}`;
  }
  if (isFromOtherSite(request) && !isNavigation(request)) {
    return "The control API does not answer to pages of other sites";
  }
  return undefined;
}

/** What proxies and tunnels say of those whom they speak for. */
const FORWARDING = /^(forwarded|via|x-forwarded-.+|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip)$/;

/** Whether a page of another site sent this, as far as its browser says so. */
export function isFromOtherSite({ headers, url }: Request): boolean {
  const origin = headers.get("Origin");
  if (origin !== null) return origin !== new URL(url).origin;
  const site = headers.get("Sec-Fetch-Site");
  return site === "cross-site" || site === "same-site";
}

/** Whether a person followed a link to a page here: the other site sees nothing of the answer. */
function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && headers.get("Origin") === null && headers.get("Sec-Fetch-Mode") === "navigate" &&
    headers.get("Sec-Fetch-Dest") === "document";
}

/** A page that has bound its own name to this machine's address still sends its own name. */
function isOwnName(host: string, hostname: string, { remote, hosts }: ControlAccess): boolean {
  if (isLoopback(host) || host === hostname.toLowerCase() || hosts.includes(host)) return true;
  return remote && isAddress(host);
}

function isAddress(host: string): boolean {
  return /^\d+\.\d+\.\d+\.\d+$/.test(host) || host.includes(":");
}

/** The name in a Host header, without port and brackets. */
function hostOf(header: string | null): string {
  return (header ?? "").toLowerCase().replace(/:\d+$/, "").replace(/^\[(.*)\]$/, "$1");
}
