/**
 * A host as a caller describes it: its options, their rules and their defaults.
 *
 * @module
 */

import * as z from "zod";
import type {
  Ec2Metadata,
  Gpu,
  LoadAverage,
  NewHost,
  OperatingSystem,
  OsFamily,
  Processor,
  Swap,
} from "../simulation/host_description.ts";
import {
  AGENT_VERSION,
  cpusOf,
  DCV_VERSION,
  gpusOf,
  instanceTypeOf,
  memoryOf,
  OPERATING_SYSTEMS,
  processorOf,
} from "./hardware.ts";
import { once } from "./once.ts";
import {
  anyText,
  dictionary,
  either,
  flag,
  list,
  numberFrom,
  object,
  oneOf,
  text,
  wholeNumber,
} from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** A host of the simulated fleet: a machine with a DCV server and a Session Manager agent. */
export interface HostOptions {
  /**
   * Server id. A host that joins anew under the same name gets another.
   *
   * @default {a random one that is made of name and address}
   */
  id?: string | undefined;
  /**
   * Short host name.
   *
   * @default {a name derived from the IP address, `ip-10-0-0-1`}
   */
  hostname?: string | undefined;
  /**
   * Private IPv4 address. A host with an address, a port or a path of its own is shown there even while the desktop
   * connector is served: there connection URLs lead.
   *
   * @default {the next free one in 10.0.0.0/16}
   */
  ip?: string | undefined;
  /**
   * The operating system.
   *
   * @default {"linux"}
   */
  os?: OsFamily | undefined;
  /** The agent's own tags; the broker adds its own, which begin with `dcv:`. */
  tags?: Readonly<Record<string, string>> | undefined;
  /**
   * The users that exist in the operating system. Sessions of other owners fail here. Users of a Windows domain are
   * listed as they are named in requests, `CORP\ana` say, in capitals or not.
   *
   * @default {any owner}
   */
  users?: readonly string[] | undefined;
  /**
   * The groups of the operating system, each with its members: whom `osgroup:` means in a permissions file.
   *
   * @default {none}
   */
  groups?: Readonly<Record<string, readonly string[]>> | undefined;
  /**
   * The agent's `max_virtual_sessions`; -1 is unlimited.
   *
   * @default {10 on Linux, 0 elsewhere}
   */
  maxVirtualSessions?: number | undefined;
  /**
   * The agent's `max_concurrent_sessions_per_user`.
   *
   * @default {1}
   */
  maxConcurrentSessionsPerUser?: number | undefined;
  /**
   * Number of CPUs.
   *
   * @default {4; on macOS 8}
   */
  cpus?: number | undefined;
  /**
   * Main memory in bytes.
   *
   * @default {that of an instance with so many CPUs: 16 GiB with 4, 64 GiB with 16}
   */
  memoryBytes?: number | undefined;
  /**
   * Graphics processors.
   *
   * @default {those of the instance type; none outside EC2}
   */
  gpus?: readonly Gpu[] | undefined;
  /**
   * The operating system as its agent reports it.
   *
   * @default {Ubuntu 22.04, Windows Server 2022 or macOS 15.1}
   */
  system?: Optional<OperatingSystem> | undefined;
  /**
   * The processor.
   *
   * @default {an Intel Xeon with x86_64 and two cores; on macOS an Apple M1 with arm64 and eight}
   */
  processor?: Optional<Processor> | undefined;
  /**
   * Version of the DCV server.
   *
   * @default {"2025.0.20103"}
   */
  dcvVersion?: string | undefined;
  /**
   * Version of the Session Manager agent.
   *
   * @default {"2025.0.902"}
   */
  agentVersion?: string | undefined;
  /**
   * Main memory in use, in bytes.
   *
   * @default {changes with the time and the sessions}
   */
  memoryUsedBytes?: number | undefined;
  /**
   * Swap space.
   *
   * @default {a quarter of the memory, in use where memory is short}
   */
  swap?: Swap | undefined;
  /**
   * Load averages.
   *
   * @default {change with the time and the sessions}
   */
  load?: LoadAverage | undefined;
  /**
   * Where the DCV server listens.
   *
   * @default {on all addresses at the port, over HTTP with the path and over QUIC}
   */
  endpoints?: readonly EndpointOptions[] | undefined;
  /**
   * The name under which gateways reach it; `false` if it reports none.
   *
   * @default {`<hostname>.dcv.internal`}
   */
  dnsName?: string | false | undefined;
  /**
   * What the instance metadata says; `false` for a host outside EC2.
   *
   * @default {an instance with a random id, of a type that has its CPUs and, unless `gpus` is empty, graphics}
   */
  ec2?: { readonly [Name in keyof Ec2Metadata]?: Ec2Metadata[Name] | undefined } | false | undefined;
  /**
   * Port of the DCV server's HTTP and QUIC endpoints.
   *
   * @default {that of the first HTTP endpoint, or 8443}
   */
  port?: number | undefined;
  /**
   * Path of the DCV web client.
   *
   * @default {"/"}
   */
  webUrlPath?: string | undefined;
  /**
   * Users who are logged in outside DCV; on Windows they make the host unavailable.
   *
   * @default {nobody}
   */
  loggedInUsers?: readonly string[] | undefined;
  /**
   * Closed for placement, as after CloseServers.
   *
   * @default {false}
   */
  closed?: boolean | undefined;
  /**
   * Whether its agent is connected at the start; the broker notices its silence after the agent's timeout.
   *
   * @default {true}
   */
  agentConnected?: boolean | undefined;
  /**
   * Whether its DCV server runs at the start.
   *
   * @default {true}
   */
  dcvHealthy?: boolean | undefined;
  /** Makes every creation on this host fail, with this as the reason: a missing licence, say. */
  creationFailure?: string | undefined;
  /**
   * Screen size of its sessions in pixels.
   *
   * @default {1920 by 1200}
   */
  resolution?: { width: number; height: number } | undefined;
}

/** An object of which each member may be left out. */
export type Optional<T> = { readonly [Name in keyof T]?: T[Name] | undefined };

/** An endpoint of a DCV server. */
export interface EndpointOptions {
  /**
   * The address that it listens on.
   *
   * @default {"0.0.0.0", all of them}
   */
  readonly ip?: string | undefined;
  /** Its port. */
  readonly port: number;
  /** Its protocol. */
  readonly protocol: "HTTP" | "QUIC";
  /**
   * The path of the DCV web client.
   *
   * @default {none}
   */
  readonly webUrlPath?: string | undefined;
}

/** What holds for a host that says nothing of it. */
const DEFAULTS = {
  os: "linux",
  maxVirtualSessions: 10,
  maxConcurrentSessionsPerUser: 1,
  port: 8443,
  webUrlPath: "/",
  region: "us-west-2b",
  resolution: { width: 1920, height: 1200 },
} as const;

/** Wider and higher than any display. */
const MOST_PIXELS = 8192;

/** How texts of fleet files can be numbered, for their JSON Schema. */
export function numbered(what: string): string {
  return `${what}; {n} is the number of the copy, from 1, and {nnn} has zeros before it`;
}

/** The rules of a host's options. */
export const hostSchema = once(() =>
  object({
    id: text().optional().describe(numbered("Server id (default random)")),
    hostname: text().optional().describe(numbered("Short host name (default made from the address)")),
    ip: z.ipv4("must be an IPv4 address").optional()
      .describe("Private IPv4 address; with count that of the first, the others follow it"),
    os: oneOf("linux", "windows", "macos").optional().describe(`Operating system (default ${DEFAULTS.os})`),
    tags: dictionary("an object of texts", anyText()).optional().describe("The agent's own tags"),
    users: list(text()).optional().describe("Users of the operating system (default any owner)"),
    groups: dictionary("an object of lists of users", list(text())).optional()
      .describe("Groups of the operating system with their members, for osgroup: in permissions files"),
    maxVirtualSessions: wholeNumber(-1).optional()
      .describe(`Most virtual sessions, -1 for no limit (default ${DEFAULTS.maxVirtualSessions} on Linux)`),
    maxConcurrentSessionsPerUser: wholeNumber(1).optional()
      .describe(`Most sessions of one user (default ${DEFAULTS.maxConcurrentSessionsPerUser})`),
    cpus: wholeNumber(1).optional().describe("Number of CPUs (default 4; on macOS 8)"),
    memoryBytes: wholeNumber(1).optional().describe(
      "Main memory in bytes (default that of an instance with so many CPUs, 16 GiB with 4)",
    ),
    gpus: list(object({ Vendor: anyText(), ModelName: anyText() })).optional()
      .describe("Graphics processors (default those of the instance type)"),
    system: object({
      name: text().optional(),
      version: text().optional(),
      kernelVersion: text().optional(),
      buildNumber: text().optional(),
    }).optional().describe("The operating system as its agent reports it (default that of its family)"),
    processor: object({
      vendor: text().optional(),
      modelName: text().optional(),
      architecture: text().optional(),
      physicalCoresPerCpu: wholeNumber(1).optional(),
    }).optional().describe("The processor (default an Intel Xeon; on macOS an Apple M1)"),
    dcvVersion: text().optional().describe(`Version of the DCV server (default ${DCV_VERSION})`),
    agentVersion: text().optional().describe(`Version of the agent (default ${AGENT_VERSION})`),
    memoryUsedBytes: wholeNumber(0).optional()
      .describe("Main memory in use in bytes (default changes with time and sessions)"),
    swap: object({ totalBytes: wholeNumber(0), usedBytes: wholeNumber(0) }).optional()
      .describe("Swap space (default a quarter of the memory)"),
    load: object({ oneMinute: load(), fiveMinutes: load(), fifteenMinutes: load() }).optional()
      .describe("Load averages (default change with time and sessions)"),
    endpoints: list(object({
      ip: text().optional(),
      port: wholeNumber(1, 65_535),
      protocol: oneOf("HTTP", "QUIC"),
      webUrlPath: anyText().optional(),
    })).optional().describe("Where the DCV server listens (default made from port and webUrlPath)"),
    dnsName: either("a name or false", text(), z.literal(false)).optional()
      .describe(numbered("Name under which gateways reach the host; false if it reports none")),
    ec2: either("an object or false", instanceSchema(), z.literal(false)).optional()
      .describe("Instance metadata; false for a host outside EC2"),
    port: wholeNumber(1, 65_535).optional().describe(`Port of the DCV server (default ${DEFAULTS.port})`),
    webUrlPath: text().optional().describe(`Path of the DCV web client (default ${DEFAULTS.webUrlPath})`),
    loggedInUsers: list(text()).optional()
      .describe("Users who are logged in outside DCV (default nobody)"),
    closed: flag().optional().describe("Closed for placement, as after CloseServers (default false)"),
    agentConnected: flag().optional().describe("false: its agent is silent from the start (default true)"),
    dcvHealthy: flag().optional().describe("false: its DCV server does not run (default true)"),
    creationFailure: text().optional()
      .describe("Makes every creation on this host fail, with this as the reason"),
    resolution: object({ width: wholeNumber(1, MOST_PIXELS), height: wholeNumber(1, MOST_PIXELS) }).optional()
      .describe("Screen size of its sessions in pixels (default 1920 by 1200)"),
  })
);

export type HostOptionsMatch = Expect<SameType<z.input<ReturnType<typeof hostSchema>>, HostOptions>>;

function instanceSchema() {
  return object({
    instanceId: text().optional().describe(numbered("EC2InstanceId (default random)")),
    instanceType: text().optional().describe(
      "EC2InstanceType (default g4dn or m5 in the size of its CPUs; on macOS mac2.metal)",
    ),
    imageId: text().optional().describe("EC2ImageId (default random)"),
    region: text().optional().describe(`Region (default ${DEFAULTS.region})`),
  });
}

function load() {
  return numberFrom(0, 1_000_000);
}

/** The host name, and the address that it is made from where none is given. */
export function nameAndAddress(options: HostOptions, ordinal: number): { hostname: string; ip: string } {
  const ip = options.ip ?? `10.0.${Math.floor(ordinal / 250)}.${ordinal % 250 + 1}`;
  return { ip, hostname: options.hostname ?? `ip-${ip.replaceAll(".", "-")}` };
}

/** Whether the options say where the host is. */
export function hasOwnAddress({ ip, port, webUrlPath, endpoints }: HostOptions): boolean {
  return ip !== undefined || port !== undefined || webUrlPath !== undefined || endpoints !== undefined;
}

/** The host that checked options describe. `ordinal` is its place in the fleet, from 0. */
export function describeHost(options: HostOptions, ordinal: number): NewHost {
  const { hostname, ip } = nameAndAddress(options, ordinal);
  const { os = DEFAULTS.os, maxVirtualSessions = DEFAULTS.maxVirtualSessions, ec2, users } = options;
  const cpus = options.cpus ?? cpusOf(os);
  const web = options.endpoints?.find(({ protocol }) => protocol === "HTTP");
  const instanceType = ec2 === false
    ? undefined
    : ec2?.instanceType ?? instanceTypeOf(os, cpus, options.gpus);
  return {
    id: options.id,
    os,
    ip,
    hasOwnAddress: hasOwnAddress(options),
    hasOwnName: typeof options.dnsName === "string",
    hostname,
    // Joined for the speed of listings: see Stream.uuid().
    dnsName: options.dnsName === false ? undefined : options.dnsName ?? [hostname, "dcv.internal"].join("."),
    tags: { ...options.tags },
    users: users && new Set(users),
    groups: options.groups ?? {},
    maxVirtualSessions: os === "linux" ? maxVirtualSessions : 0,
    maxConcurrentSessionsPerUser: options.maxConcurrentSessionsPerUser ??
      DEFAULTS.maxConcurrentSessionsPerUser,
    cpus,
    memoryBytes: options.memoryBytes ?? memoryOf(os, cpus),
    gpus: options.gpus ?? gpusOf(instanceType),
    system: { ...OPERATING_SYSTEMS[os], ...given(options.system) },
    processor: { ...processorOf(os), ...given(options.processor) },
    dcvVersion: options.dcvVersion ?? DCV_VERSION,
    agentVersion: options.agentVersion ?? AGENT_VERSION,
    memoryUsedBytes: options.memoryUsedBytes,
    swap: options.swap,
    load: options.load,
    endpoints: options.endpoints?.map(({ ip = "0.0.0.0", port, protocol, webUrlPath }) => (
      { ip, port, protocol, webUrlPath }
    )),
    ec2: instanceType === undefined || ec2 === false ? undefined : {
      instanceId: ec2?.instanceId,
      instanceType,
      imageId: ec2?.imageId,
      region: ec2?.region ?? DEFAULTS.region,
    },
    port: options.port ?? web?.port ?? DEFAULTS.port,
    webUrlPath: options.webUrlPath ?? web?.webUrlPath ?? DEFAULTS.webUrlPath,
    loggedInUsers: options.loggedInUsers ?? [],
    closed: options.closed ?? false,
    creationFailure: options.creationFailure,
    resolution: options.resolution ?? DEFAULTS.resolution,
  };
}

/** What is not left open. */
export function given<T extends object>(options: T = {} as T): { [Name in keyof T]-?: NonNullable<T[Name]> } {
  const entries = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Name in keyof T]-?: NonNullable<T[Name]> };
}
