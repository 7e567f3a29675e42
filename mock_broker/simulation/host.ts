/**
 * One host: its capacity, the sessions that are on it, and what the broker knows of its agent.
 *
 * @module
 */

import type { HostDescription } from "./host_description.ts";
import { type HostMetrics, metricsAt } from "./metrics.ts";
import type { RequirementsHost, ServerProperty } from "./requirements.ts";
import type { SessionType } from "./session_states.ts";
import type { Event } from "./agenda.ts";
import { AGENT_VERSION, CPU, DCV_VERSION, OPERATING_SYSTEMS } from "./host_facts.ts";

/** Why a host takes no new session. */
export type UnavailabilityReason =
  | "SERVER_FULL"
  | "SERVER_CLOSED"
  | "UNREACHABLE_AGENT"
  | "UNHEALTHY_DCV_SERVER"
  | "EXISTING_LOGGED_IN_USER";

/** A host of the fleet. */
export class Host implements RequirementsHost {
  readonly id: string;
  /** Its place in listings. */
  readonly sequence: number;
  about: HostDescription;
  /** The agent's tags and those that the broker adds. */
  tags: ReadonlyMap<string, string>;
  /** How many hosts of this name there were before it. */
  readonly joining: number;
  /** How many durations were drawn for it. */
  durations = 0;
  readonly #clock: { readonly now: number };
  readonly #sessionsOfOwner = new Map<string, number>();
  #virtualSessions = 0;
  #consoleSessions = 0;

  /** Whether the agent's connection is up, in truth. */
  connected = true;
  /** Whether the broker takes it to be up: it notices after a while. */
  reachable = true;
  dcvHealthy = true;
  /** Gone for good, so that its agent never returns. */
  terminated = false;
  /** Grows whenever what callers see of the host may have changed, its load apart. */
  version = 0;
  open: boolean;
  loggedInUsers: readonly string[];
  /** What the broker will conclude from the agent's silence or return. */
  readonly expected: Event[] = [];

  constructor(
    { id, sequence, joining }: Pick<Host, "id" | "sequence" | "joining">,
    about: HostDescription,
    clock: { readonly now: number },
  ) {
    this.id = id;
    this.sequence = sequence;
    this.joining = joining;
    this.about = about;
    this.#clock = clock;
    this.open = !about.closed;
    this.loggedInUsers = about.loggedInUsers;
    this.tags = tagsOf(about);
  }

  /** Takes up a new description, as a host does whose agent is configured anew. */
  describe(about: HostDescription): void {
    this.about = about;
    this.tags = tagsOf(about);
    this.version++;
  }

  get virtualSessions(): number {
    return this.#virtualSessions;
  }

  get consoleSessions(): number {
    return this.#consoleSessions;
  }

  /** How many sessions take a place on the host, from placement on, whether the broker lists them or not. */
  get sessionCount(): number {
    return this.#virtualSessions + this.#consoleSessions;
  }

  get metrics(): HostMetrics {
    const { cpus, memoryBytes } = this.about;
    return metricsAt(this.#clock.now, {
      sequence: this.sequence,
      cpus,
      memoryBytes,
      sessionCount: this.sessionCount,
    });
  }

  /** Why the host takes no session, `undefined` when it is AVAILABLE. */
  get unavailabilityReason(): UnavailabilityReason | undefined {
    if (!this.reachable) return "UNREACHABLE_AGENT";
    if (!this.dcvHealthy) return "UNHEALTHY_DCV_SERVER";
    if (!this.open) return "SERVER_CLOSED";
    if (this.consoleSessions > 0) return "SERVER_FULL";
    if (this.about.os === "windows" && this.loggedInUsers.length > 0) return "EXISTING_LOGGED_IN_USER";
    return this.#virtualSessions > 0 && !this.hasVirtualSlot ? "SERVER_FULL" : undefined;
  }

  /** Whether one more virtual session fits, if it took any session at all. */
  get hasVirtualSlot(): boolean {
    const { os, maxVirtualSessions } = this.about;
    return os === "linux" && (maxVirtualSessions < 0 || this.#virtualSessions < maxVirtualSessions);
  }

  /** Whether there is room for this session, whoever may be allowed to ask for it. */
  hasRoomFor(type: SessionType, owner: string): boolean {
    if (type === "CONSOLE") return this.sessionCount === 0;
    if (!this.hasVirtualSlot || this.consoleSessions > 0) return false;
    return (this.#sessionsOfOwner.get(owner) ?? 0) < this.about.maxConcurrentSessionsPerUser;
  }

  /** Why a session fails on this host although there is room; `undefined` when it succeeds. */
  creationFailure(owner: string): string | undefined {
    const { users, creationFailure, hostname } = this.about;
    if (creationFailure !== undefined) return creationFailure;
    if (users && !users.has(owner)) return `User ${owner} does not exist on ${hostname}`;
    return undefined;
  }

  /** Gives a place to a session. */
  occupy(type: SessionType, owner: string): void {
    if (type === "CONSOLE") this.#consoleSessions++;
    else {
      this.#virtualSessions++;
      this.#sessionsOfOwner.set(owner, (this.#sessionsOfOwner.get(owner) ?? 0) + 1);
    }
  }

  /** Takes back the place of a session. */
  vacate(type: SessionType, owner: string): void {
    if (type === "CONSOLE") {
      this.#consoleSessions--;
      return;
    }
    this.#virtualSessions--;
    const left = this.#sessionsOfOwner.get(owner)! - 1;
    if (left > 0) this.#sessionsOfOwner.set(owner, left);
    else this.#sessionsOfOwner.delete(owner);
  }

  tag(key: string): string | undefined {
    return this.tags.get(key);
  }

  property(path: ServerProperty): string | number | undefined {
    return PROPERTIES[path](this);
  }
}

function tagsOf(about: HostDescription): ReadonlyMap<string, string> {
  const { tags, os, maxVirtualSessions, maxConcurrentSessionsPerUser } = about;
  return new Map([
    ...Object.entries(tags),
    ["dcv:os-family", os],
    ["dcv:max-virtual-sessions", String(maxVirtualSessions)],
    ["dcv:max-concurrent-sessions-per-user", String(maxConcurrentSessionsPerUser)],
  ]);
}

/** What requirement expressions can ask of a host, by the name that they use. */
const PROPERTIES: Readonly<Record<ServerProperty, (host: Host) => string | number | undefined>> = {
  "Id": (host) => host.id,
  "Hostname": (host) => host.about.hostname,
  "Version": () => DCV_VERSION,
  "SessionManagerAgentVersion": () => AGENT_VERSION,
  "Host.Os.Family": (host) => host.about.os,
  "Host.Os.Name": (host) => OPERATING_SYSTEMS[host.about.os].Name,
  "Host.Os.Version": (host) => OPERATING_SYSTEMS[host.about.os].Version,
  "Host.Os.KernelVersion": (host) => OPERATING_SYSTEMS[host.about.os].KernelVersion,
  "Host.Os.BuildNumber": (host) => OPERATING_SYSTEMS[host.about.os].BuildNumber,
  "Host.Memory.TotalBytes": (host) => host.about.memoryBytes,
  "Host.Memory.UsedBytes": (host) => host.metrics.memoryUsed,
  "Host.Swap.TotalBytes": (host) => host.metrics.swapTotal,
  "Host.Swap.UsedBytes": (host) => host.metrics.swapUsed,
  "Host.CpuLoadAverage.OneMinute": (host) => host.metrics.load.one,
  "Host.CpuLoadAverage.FiveMinutes": (host) => host.metrics.load.five,
  "Host.CpuLoadAverage.FifteenMinutes": (host) => host.metrics.load.fifteen,
  "Host.Aws.Region": (host) => host.about.ec2?.region,
  "Host.Aws.Ec2InstanceType": (host) => host.about.ec2?.instanceType,
  "Host.Aws.Ec2InstanceId": (host) => host.about.ec2?.instanceId,
  "Host.Aws.Ec2ImageId": (host) => host.about.ec2?.imageId,
  "Host.CpuInfo.Vendor": () => CPU.Vendor,
  "Host.CpuInfo.ModelName": () => CPU.ModelName,
  "Host.CpuInfo.Architecture": () => CPU.Architecture,
  "Host.CpuInfo.NumberOfCpus": (host) => host.about.cpus,
  "Host.CpuInfo.PhysicalCoresPerCpu": () => CPU.PhysicalCoresPerCpu,
};
