/**
 * One host: its capacity, the sessions that are on it, and what the broker knows of its agent.
 *
 * @module
 */

import { hasUser, type HostDescription } from "./host_description.ts";
import { type HostMetrics, metricsAt } from "./metrics.ts";
import type { RequirementsHost, ServerProperty } from "./requirements.ts";
import type { SessionType } from "./session_states.ts";
import type { Event } from "./agenda.ts";

/** Why a host takes no new session. */
export type UnavailabilityReason =
  | "SERVER_FULL"
  | "SERVER_CLOSED"
  | "UNREACHABLE_AGENT"
  | "UNHEALTHY_DCV_SERVER"
  | "EXISTING_LOGGED_IN_USER";

/** What a session takes on a host. */
export interface Place {
  readonly type: SessionType;
  readonly owner: string;
}

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
  /** Places that are free, but count as taken until the agent reports. */
  #unreported: Place[] = [];

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
  /** Whether the broker has heard that the host takes sessions, since it last began to. */
  willingnessReported = true;
  /** The report that tells of room, where one is awaited. */
  roomReport: Event | undefined;
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

  /** Places that are free, but count as taken until the agent reports. */
  get unreported(): readonly Place[] {
    return this.#unreported;
  }

  set unreported(places: readonly Place[]) {
    this.#unreported = [...places];
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
    const { cpus, memoryBytes, memoryUsedBytes, swap, load } = this.about;
    const { sequence, sessionCount } = this;
    const measured = metricsAt(this.#clock.now, { sequence, cpus, memoryBytes, sessionCount });
    return {
      load: load
        ? { one: load.oneMinute, five: load.fiveMinutes, fifteen: load.fifteenMinutes }
        : measured.load,
      memoryUsed: memoryUsedBytes ?? measured.memoryUsed,
      swapTotal: swap?.totalBytes ?? measured.swapTotal,
      swapUsed: swap?.usedBytes ?? measured.swapUsed,
    };
  }

  /** Why the host takes no session, `undefined` when it is AVAILABLE. */
  get unavailabilityReason(): UnavailabilityReason | undefined {
    if (!this.reachable) return "UNREACHABLE_AGENT";
    if (!this.dcvHealthy) return "UNHEALTHY_DCV_SERVER";
    if (!this.open) return "SERVER_CLOSED";
    if (this.consoleSessions > 0) return "SERVER_FULL";
    if (this.about.os === "windows" && this.loggedInUsers.length > 0) return "EXISTING_LOGGED_IN_USER";
    return this.#virtualSessions > 0 && !this.#hasSlotBeside(this.#virtualSessions)
      ? "SERVER_FULL"
      : undefined;
  }

  /** Whether the broker takes the host to be willing, and to have a place for one more virtual session. */
  get hasReportedSlot(): boolean {
    return this.willingnessReported && this.#hasSlotBeside(this.#virtualSessions + this.#unreported.length);
  }

  /** Whether the broker takes the host to be willing, and to have no session. */
  get isReportedEmpty(): boolean {
    return this.willingnessReported && this.sessionCount + this.#unreported.length === 0;
  }

  /** Whether the broker counts all the room that there is. */
  get isRoomReported(): boolean {
    return this.willingnessReported && this.#unreported.length === 0;
  }

  /** Whether the host itself has room for this session, whoever may be allowed to ask for it. */
  hasRoomFor({ type, owner }: Place): boolean {
    if (type === "CONSOLE") return this.sessionCount === 0;
    if (!this.#hasSlotBeside(this.#virtualSessions) || this.consoleSessions > 0) return false;
    return this.#sessionsOf(owner) < this.about.maxConcurrentSessionsPerUser;
  }

  /** Whether the broker takes it to have room for this session. */
  hasReportedRoomFor(place: Place): boolean {
    if (place.type === "CONSOLE") return this.isReportedEmpty;
    if (!this.hasReportedSlot || !this.hasRoomFor(place)) return false;
    if (this.#unreported.some(({ type }) => type === "CONSOLE")) return false;
    const unreported = this.#unreported.filter(({ owner }) => owner === place.owner).length;
    return this.#sessionsOf(place.owner) + unreported < this.about.maxConcurrentSessionsPerUser;
  }

  #hasSlotBeside(taken: number): boolean {
    const { os, maxVirtualSessions } = this.about;
    return os === "linux" && (maxVirtualSessions < 0 || taken < maxVirtualSessions);
  }

  #sessionsOf(owner: string): number {
    return this.#sessionsOfOwner.get(owner) ?? 0;
  }

  /** Why a session fails on this host although there is room; `undefined` when it succeeds. */
  creationFailure(owner: string): string | undefined {
    const { creationFailure, hostname } = this.about;
    if (creationFailure !== undefined) return creationFailure;
    if (!hasUser(this.about, owner)) return `User ${owner} does not exist on ${hostname}`;
    return undefined;
  }

  /** Gives a place to a session. */
  occupy({ type, owner }: Place): void {
    if (type === "CONSOLE") this.#consoleSessions++;
    else {
      this.#virtualSessions++;
      this.#sessionsOfOwner.set(owner, this.#sessionsOf(owner) + 1);
    }
  }

  /** Takes back the place of a session; the broker hears of it at once, or with the agent's next report. */
  vacate({ type, owner }: Place, isReported: boolean): void {
    if (!isReported) this.#unreported.push({ type, owner });
    if (type === "CONSOLE") {
      this.#consoleSessions--;
      return;
    }
    this.#virtualSessions--;
    const left = this.#sessionsOf(owner) - 1;
    if (left > 0) this.#sessionsOfOwner.set(owner, left);
    else this.#sessionsOfOwner.delete(owner);
  }

  /** The broker hears of all the room that there is. */
  reportRoom(): void {
    this.#unreported = [];
    this.willingnessReported = true;
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
  "Version": (host) => host.about.dcvVersion,
  "SessionManagerAgentVersion": (host) => host.about.agentVersion,
  "Host.Os.Family": (host) => host.about.os,
  "Host.Os.Name": (host) => host.about.system.name,
  "Host.Os.Version": (host) => host.about.system.version,
  "Host.Os.KernelVersion": (host) => host.about.system.kernelVersion,
  "Host.Os.BuildNumber": (host) => host.about.system.buildNumber,
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
  "Host.CpuInfo.Vendor": (host) => host.about.processor.vendor,
  "Host.CpuInfo.ModelName": (host) => host.about.processor.modelName,
  "Host.CpuInfo.Architecture": (host) => host.about.processor.architecture,
  "Host.CpuInfo.NumberOfCpus": (host) => host.about.cpus,
  "Host.CpuInfo.PhysicalCoresPerCpu": (host) => host.about.processor.physicalCoresPerCpu,
};
