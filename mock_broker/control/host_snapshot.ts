/**
 * A host as it is in truth, whatever the broker knows of it.
 *
 * @module
 */

import type { Host, UnavailabilityReason } from "../simulation/host.ts";
import type { OsFamily } from "../simulation/host_description.ts";
import type { World } from "../simulation/world.ts";

/** A host of a mock broker, as it was when it was asked for. */
export interface HostSnapshot {
  /** The server id, `Server.Id` in the API. */
  readonly id: string;
  /** Short host name. */
  readonly hostname: string;
  /** Private IPv4 address. */
  readonly ip: string;
  /** The operating system. */
  readonly os: OsFamily;
  /** The agent's own tags and those that the broker adds. */
  readonly tags: Readonly<Record<string, string>>;
  /** Whether it takes sessions, as far as the broker knows. */
  readonly availability: "AVAILABLE" | "UNAVAILABLE";
  /** Why it is UNAVAILABLE. */
  readonly reason?: UnavailabilityReason;
  /** Whether DescribeServers lists it. */
  readonly listed: boolean;
  /** Whether it is open for placement. */
  readonly open: boolean;
  /** Whether its agent is connected, although the broker may not have noticed. */
  readonly agentConnected: boolean;
  /** Whether its DCV server runs. */
  readonly dcvHealthy: boolean;
  /** Gone for good. */
  readonly terminated: boolean;
  /** Users who are logged in outside DCV. */
  readonly loggedInUsers: readonly string[];
  /** Whether the broker counts all the room that there is: it does once the agent has reported. */
  readonly roomReported: boolean;
  /** Most virtual sessions; -1 is unlimited. */
  readonly maxVirtualSessions: number;
  /** The ids of the sessions that take a place on it, whether the broker lists them or not. */
  readonly sessions: readonly string[];
  /** Number of CPUs. */
  readonly cpus: number;
  /** Main memory in bytes. */
  readonly memoryBytes: number;
}

/** Shows a host. */
export function hostSnapshot(host: Host, { fleet }: World): HostSnapshot {
  const { hostname, ip, os, maxVirtualSessions, cpus, memoryBytes } = host.about;
  const reason = host.unavailabilityReason;
  return {
    id: host.id,
    hostname,
    ip,
    os,
    tags: Object.fromEntries(host.tags),
    availability: reason ? "UNAVAILABLE" : "AVAILABLE",
    ...(reason && { reason }),
    listed: fleet.withId(host.id) === host,
    open: host.open,
    agentConnected: host.connected,
    dcvHealthy: host.dcvHealthy,
    terminated: host.terminated,
    loggedInUsers: [...host.loggedInUsers],
    roomReported: host.isRoomReported,
    maxVirtualSessions,
    sessions: [...fleet.sessionsOn(host)].map(({ id }) => id),
    cpus,
    memoryBytes,
  };
}
