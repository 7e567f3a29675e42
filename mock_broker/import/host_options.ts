/**
 * From a server in an answer to the options of a host that looks like it.
 *
 * @module
 */

import type { Host, Server } from "@dcvkit/session-manager";
import type { HostOptions } from "../description/host.ts";

/** What a host must have room for. */
export interface Occupation {
  readonly virtualSessions: number;
  /** Most of one owner. */
  readonly ofOneOwner: number;
}

/** The options of a host; a field that the answer does not have is left to the defaults. */
export function hostOptions(server: Server, hostname: string, occupation: Occupation): HostOptions {
  const { Id, Ip, Port, WebUrlPath, Version, SessionManagerAgentVersion, DefaultDnsName } = server;
  return {
    id: Id,
    hostname,
    ip: Ip,
    tags: ownTags(server),
    ...limits(server, occupation),
    dcvVersion: Version,
    agentVersion: SessionManagerAgentVersion,
    endpoints: server.Endpoints?.map(({ IpAddress, Port, Protocol, WebUrlPath }) => ({
      ip: IpAddress,
      port: Port!,
      protocol: Protocol as "HTTP" | "QUIC",
      webUrlPath: WebUrlPath,
    })),
    dnsName: DefaultDnsName ?? false,
    port: Port === undefined ? undefined : Number(Port),
    webUrlPath: WebUrlPath,
    ...machine(server.Host),
    ...condition(server),
  };
}

/** The tags that the broker adds follow from other options. */
function ownTags({ Tags = [] }: Server): HostOptions["tags"] {
  const own = Tags.filter(({ Key }) => !Key?.startsWith("dcv:")).map(({ Key, Value }) => [Key, Value]);
  return own.length === 0 ? undefined : Object.fromEntries(own);
}

function limits({ Tags, UnavailabilityReason, ConsoleSessionCount = 0 }: Server, taken: Occupation) {
  const tag = (name: string) => {
    const value = Tags?.find(({ Key }) => Key === name)?.Value;
    return value !== undefined && /^-?\d+$/.test(value) ? Number(value) : undefined;
  };
  const isFull = UnavailabilityReason === "SERVER_FULL" && ConsoleSessionCount === 0;
  const told = tag("dcv:max-virtual-sessions");
  const perUser = tag("dcv:max-concurrent-sessions-per-user");
  const most = told ?? (isFull ? taken.virtualSessions : undefined);
  const isEnough = most === undefined
    ? taken.virtualSessions <= 10
    : most < 0 || taken.virtualSessions <= most;
  return {
    maxVirtualSessions: isEnough ? most : taken.virtualSessions,
    maxConcurrentSessionsPerUser: taken.ofOneOwner > (perUser ?? 1) ? taken.ofOneOwner : perUser,
  };
}

function machine(host: Host | undefined): HostOptions {
  if (!host) return {};
  const { Os, Memory, Swap, Aws, CpuInfo, CpuLoadAverage: Load, Gpus, LoggedInUsers } = host;
  return {
    os: familyOf(Os?.Family),
    system: Os && {
      name: Os.Name,
      version: Os.Version,
      kernelVersion: Os.KernelVersion,
      buildNumber: Os.BuildNumber,
    },
    cpus: CpuInfo?.NumberOfCpus,
    processor: CpuInfo && {
      vendor: CpuInfo.Vendor,
      modelName: CpuInfo.ModelName,
      architecture: CpuInfo.Architecture,
      physicalCoresPerCpu: CpuInfo.PhysicalCoresPerCpu,
    },
    memoryBytes: Memory?.TotalBytes,
    memoryUsedBytes: Memory?.UsedBytes,
    swap: Swap && { totalBytes: Swap.TotalBytes!, usedBytes: Swap.UsedBytes! },
    load: Load &&
      { oneMinute: Load.OneMinute!, fiveMinutes: Load.FiveMinutes!, fifteenMinutes: Load.FifteenMinutes! },
    gpus: Gpus?.map(({ Vendor, ModelName }) => ({ Vendor: Vendor!, ModelName: ModelName! })),
    ec2: Aws
      ? {
        instanceId: Aws.EC2InstanceId,
        instanceType: Aws.EC2InstanceType,
        imageId: Aws.EC2ImageId,
        region: Aws.Region,
      }
      : false,
    loggedInUsers: LoggedInUsers?.length ? LoggedInUsers.map(({ Username }) => Username!) : undefined,
  };
}

function familyOf(family: string | undefined): HostOptions["os"] {
  const name = family?.toLowerCase();
  if (name === "windows" || name === "linux") return name;
  return name === "macos" || name === "darwin" ? "macos" : undefined;
}

function condition({ UnavailabilityReason: reason }: Server): HostOptions {
  return {
    closed: reason === "SERVER_CLOSED" ? true : undefined,
    agentConnected: reason === "UNREACHABLE_AGENT" ? false : undefined,
    dcvHealthy: reason === "UNHEALTHY_DCV_SERVER" ? false : undefined,
  };
}
