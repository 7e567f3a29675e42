/** @jsxImportSource hono/jsx */
/**
 * How full hosts are.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { HostSnapshot } from "../control/host_snapshot.ts";
import { lookOf } from "./icons.tsx";

/** Sessions on a host, and the most that it takes now; `Infinity` if there is no bound. */
export function capacityOf(host: HostSnapshot): { used: number; most: number } {
  const { os, maxVirtualSessions, reason } = host;
  const used = host.sessions.length;
  // One console session fills a host that would take many virtual ones.
  if (reason === "SERVER_FULL") return { used, most: used };
  if (os !== "linux") return { used, most: 1 };
  return { used, most: maxVirtualSessions < 0 ? Infinity : maxVirtualSessions };
}

/** The share of a host's capacity that is in use. */
export function shareInUse(host: HostSnapshot): number {
  const { used, most } = capacityOf(host);
  return most === 0 || most === Infinity ? Number(used > 0) : Math.min(1, used / most);
}

/** The state of a host in one word: what it is in truth, or else what the broker makes of it. */
export function stateOf({ availability, reason, terminated }: HostSnapshot): string {
  return terminated ? "TERMINATED" : reason ?? availability;
}

/** A bar with the numbers beside it. */
export function Capacity({ host }: { host: HostSnapshot }): JSX.Element {
  const { used, most } = capacityOf(host);
  return (
    <span class="capacity">
      <svg viewBox="0 0 50 8" aria-hidden="true">
        <rect class="track" width="50" height="8" rx="2" />
        <rect class={lookOf(stateOf(host)).tone} width={50 * shareInUse(host)} height="8" rx="2" />
      </svg>
      <span>{most === Infinity ? `${used}, no limit` : `${used} of ${most}`}</span>
    </span>
  );
}
