/**
 * What a host is: its system, its hardware, its agent's configuration.
 *
 * @module
 */

import type { Stream } from "./chance.ts";

/** The operating systems that DCV servers run on. Windows and macOS hosts take console sessions only. */
export type OsFamily = "linux" | "windows" | "macos";

/** A graphics processor, spelled as in the API. */
export interface Gpu {
  /** `Vendor` in the API. */
  readonly Vendor: string;
  /** `ModelName` in the API. */
  readonly ModelName: string;
}

/** An operating system as an agent reports it. */
export interface OperatingSystem {
  /** `Name` in the API. */
  readonly name: string;
  /** `Version` in the API. */
  readonly version: string;
  /** `KernelVersion` in the API, which Windows has not. */
  readonly kernelVersion: string | undefined;
  /** `BuildNumber` in the API, which Windows alone has. */
  readonly buildNumber: string | undefined;
}

/** A processor as an agent reports it. */
export interface Processor {
  /** `Vendor` in the API. */
  readonly vendor: string;
  /** `ModelName` in the API. */
  readonly modelName: string;
  /** `Architecture` in the API. */
  readonly architecture: string;
  /** `PhysicalCoresPerCpu` in the API. */
  readonly physicalCoresPerCpu: number;
}

/** Space for memory that is swapped out, in bytes. */
export interface Swap {
  /** `TotalBytes` in the API. */
  readonly totalBytes: number;
  /** `UsedBytes` in the API. */
  readonly usedBytes: number;
}

/** Load averages of the processors. */
export interface LoadAverage {
  /** `OneMinute` in the API. */
  readonly oneMinute: number;
  /** `FiveMinutes` in the API. */
  readonly fiveMinutes: number;
  /** `FifteenMinutes` in the API. */
  readonly fifteenMinutes: number;
}

/** Where a DCV server listens. */
export interface Endpoint {
  /** `IpAddress` in the API: the address that it listens on. */
  readonly ip: string;
  /** `Port` in the API. */
  readonly port: number;
  /** `Protocol` in the API. */
  readonly protocol: "HTTP" | "QUIC";
  /** `WebUrlPath` in the API. */
  readonly webUrlPath: string | undefined;
}

/** What the instance metadata of a host on EC2 says. */
export interface Ec2Metadata {
  /** `EC2InstanceId` in the API. */
  readonly instanceId: string;
  /** `EC2InstanceType` in the API. */
  readonly instanceType: string;
  /** `EC2ImageId` in the API. */
  readonly imageId: string;
  /** `Region` in the API: in the documentation's sample an availability zone. */
  readonly region: string;
}

/** A host with every detail settled. */
export interface HostDescription {
  readonly hostname: string;
  readonly ip: string;
  /** Whether its address, port or path was chosen, so that it is shown there whatever else is served. */
  readonly hasOwnAddress: boolean;
  /** Whether its DNS name was chosen. */
  readonly hasOwnName: boolean;
  readonly os: OsFamily;
  readonly tags: Readonly<Record<string, string>>;
  /** `undefined` where any owner exists. */
  readonly users: ReadonlySet<string> | undefined;
  /** The members of each group. */
  readonly groups: Readonly<Record<string, readonly string[]>>;
  readonly maxVirtualSessions: number;
  readonly maxConcurrentSessionsPerUser: number;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly gpus: readonly Gpu[];
  readonly system: OperatingSystem;
  readonly processor: Processor;
  readonly dcvVersion: string;
  readonly agentVersion: string;
  /** What does not change with the time and the sessions, where that was chosen. */
  readonly memoryUsedBytes: number | undefined;
  readonly swap: Swap | undefined;
  readonly load: LoadAverage | undefined;
  /** `undefined` where they follow from the port and the path. */
  readonly endpoints: readonly Endpoint[] | undefined;
  readonly dnsName: string | undefined;
  /** `undefined` outside EC2. */
  readonly ec2: Ec2Metadata | undefined;
  readonly port: number;
  readonly webUrlPath: string;
  readonly loggedInUsers: readonly string[];
  readonly closed: boolean;
  readonly creationFailure: string | undefined;
  readonly resolution: { readonly width: number; readonly height: number };
}

/** Whether a user exists in the host's operating system. Windows takes `CORP\Ana` and `corp\ana` for one. */
export function hasUser({ os, users }: HostDescription, user: string): boolean {
  if (!users || users.has(user)) return true;
  return os === "windows" && [...users].some((known) => known.toLowerCase() === user.toLowerCase());
}

/** A host that is about to join: chance draws the ids of its instance where they are left open. */
export interface NewHost extends Omit<HostDescription, "ec2"> {
  /** Its server id, where that was chosen. */
  readonly id: string | undefined;
  /** `undefined` outside EC2. */
  readonly ec2: NewInstance | undefined;
}

/** An instance whose ids may be left open. */
export interface NewInstance extends Omit<Ec2Metadata, "instanceId" | "imageId"> {
  readonly instanceId: string | undefined;
  readonly imageId: string | undefined;
}

/** The host with the ids that chance draws. */
export function withDrawnIds({ id: _, ec2, ...about }: NewHost, chance: Stream): HostDescription {
  if (!ec2) return { ...about, ec2 };
  const { instanceId = `i-0${chance.hex(16)}`, imageId = `ami-0${chance.hex(16)}` } = ec2;
  return { ...about, ec2: { ...ec2, instanceId, imageId } };
}
