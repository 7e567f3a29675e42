/**
 * The settings of one history, and what follows from them and from the reference alone.
 */

import type { BrokerPropertiesInput, HostOptions, Timings } from "../../../mock_broker/mod.ts";

/** What the broker of a history is told. Times are in milliseconds. */
export interface Rules {
  seed: number;
  persistence: boolean;
  /** How long DELETED sessions stay listed. */
  retention: number;
  queueSize: number;
  queueTime: number;
  retries: number;
  /** How long an unreachable server stays listed. */
  serverDrop: number;
  /** How long its sessions do; undefined is for ever. */
  sessionDrop: number | undefined;
  /** From an agent's return until its report. */
  report: number;
  /** From a moment at which a host gets room until the broker counts it, at most. */
  roomReport: number;
}

/** How long an agent is silent before the broker notices. */
export const NOTICE = 60_000;

/** Bounds of the durations that are left to chance. */
export const PLACEMENT: [number, number] = [200, 600];
export const PREPARATION: [number, number] = [1_000, 2_500];
export const DELETION: [number, number] = [500, 1_500];

/** The longest that a creation takes when no host fails and no queue is in the way, retries included. */
export function longestCreation({ retries }: Rules): number {
  return (1 + retries) * (PLACEMENT[1] + PREPARATION[1]);
}

export function propertiesOf(rules: Rules): BrokerPropertiesInput {
  return {
    "enable-authorization": false,
    "enable-persistence": rules.persistence,
    "delete-session-duration-seconds": rules.retention / 1000,
    "create-sessions-queue-max-size": rules.queueSize,
    "create-sessions-queue-max-time-seconds": rules.queueTime / 1000,
    "create-sessions-number-of-retries-on-failure": rules.retries,
    "seconds-before-deleting-unreachable-dcv-server": rules.serverDrop / 1000,
    "seconds-before-deleting-sessions-unreachable-server": rules.sessionDrop === undefined
      ? -1
      : rules.sessionDrop / 1000,
  };
}

export function timingsOf({ report, roomReport }: Rules): Timings {
  return {
    placement: PLACEMENT,
    preparation: PREPARATION,
    deletion: DELETION,
    agentReport: [report, report],
    agentTimeout: [NOTICE, NOTICE],
    roomReport: [Math.min(roomReport, 1), roomReport],
  };
}

/** A host as the history describes it. */
export interface HostFacts {
  os: "linux" | "windows" | "macos";
  color: "red" | "blue" | undefined;
  size: number;
  cpus: number;
  /** -1 is unlimited. */
  maxVirtual: number;
  perUser: number;
  /** undefined where every owner exists. */
  users: string[] | undefined;
  failure: string | undefined;
}

export function hostOptions(hostname: string, facts: HostFacts): HostOptions {
  return {
    hostname,
    os: facts.os,
    tags: { size: String(facts.size), ...(facts.color && { color: facts.color }) },
    cpus: facts.cpus,
    maxVirtualSessions: facts.maxVirtual,
    maxConcurrentSessionsPerUser: facts.perUser,
    users: facts.users,
    creationFailure: facts.failure,
  };
}

/** Expressions, each beside what it means. */
export const REQUIREMENTS: readonly { text: string | undefined; holds: (host: HostFacts) => boolean }[] = [
  { text: undefined, holds: () => true },
  { text: "tag:color = 'red'", holds: ({ color }) => color === "red" },
  { text: "not tag:color = 'red' and server:Host.Os.Family = 'linux'", holds: isLinuxButNotRed },
  { text: "tag:size >= 2", holds: ({ size }) => size >= 2 },
  {
    text: "tag:color='blue' OR server:Host.CpuInfo.NumberOfCpus > 4",
    holds: (host) => host.color === "blue" || host.cpus > 4,
  },
  { text: "tag:absent != 'x'", holds: () => true },
  { text: "tag:color = 'green'", holds: () => false },
];

function isLinuxButNotRed({ os, color }: HostFacts): boolean {
  return os === "linux" && color !== "red";
}
