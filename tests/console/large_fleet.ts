/**
 * A fleet of 1,000 hosts with 10,000 sessions.
 *
 * @module
 */

import type { MockBrokerOptions } from "@dcvkit/mock-broker";

/** Ten sessions on each host. */
export const LARGE_FLEET: MockBrokerOptions = {
  servers: range(1_000).map((n) => ({ hostname: `host-${n}`, maxVirtualSessions: 12 })),
  sessions: range(10_000).map((n) => ({ owner: `user-${n}`, server: `host-${digits(Number(n) % 1_000)}` })),
};

function range(length: number): string[] {
  return Array.from({ length }, (_, n) => digits(n));
}

function digits(n: number): string {
  return String(n).padStart(4, "0");
}
