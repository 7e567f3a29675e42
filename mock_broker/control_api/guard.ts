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
  const host = hostOf(request.headers.get("Host"));
  if (!isOwnName(host, hostname, access)) {
    return `The control API is not reached under this name, unless the option "control" allows it: ${host}`;
  }
  const origin = request.headers.get("Origin");
  if (origin !== null && origin !== new URL(request.url).origin) {
    return "The control API does not answer to pages of other sites";
  }
  return undefined;
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
