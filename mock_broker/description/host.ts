/**
 * What a caller may say of a host, and what is assumed of one that says nothing.
 *
 * @module
 */

import type { Ec2Metadata, NewHost, OsFamily } from "../simulation/host_description.ts";

/** A host of the simulated fleet: a machine with a DCV server and a Session Manager agent. */
export interface HostOptions {
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
   * @default {4}
   */
  cpus?: number | undefined;
  /**
   * Main memory in bytes.
   *
   * @default {16 GiB}
   */
  memoryBytes?: number | undefined;
  /**
   * Graphics processors.
   *
   * @default {none}
   */
  gpus?: readonly { Vendor: string; ModelName: string }[] | undefined;
  /**
   * The name under which gateways reach it; `false` if it reports none.
   *
   * @default {`<hostname>.dcv.internal`}
   */
  dnsName?: string | false | undefined;
  /**
   * What the instance metadata says; `false` for a host outside EC2.
   *
   * @default {an instance with a random id}
   */
  ec2?: Partial<Ec2Metadata> | false | undefined;
  /**
   * Port of the DCV server's HTTP and QUIC endpoints.
   *
   * @default {8443}
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

/** The host name, and the address that it is made from where none is given. */
export function nameAndAddress(options: HostOptions, ordinal: number): { hostname: string; ip: string } {
  const ip = options.ip ?? `10.0.${Math.floor(ordinal / 250)}.${ordinal % 250 + 1}`;
  return { ip, hostname: options.hostname ?? `ip-${ip.replaceAll(".", "-")}` };
}

/** Whether the options say where the host is. */
export function hasOwnAddress({ ip, port, webUrlPath }: HostOptions): boolean {
  return ip !== undefined || port !== undefined || webUrlPath !== undefined;
}

/** The host that the options describe, with the defaults for what they leave open. `ordinal` is the host's place in the fleet, from 0. */
export function describeHost(options: HostOptions, ordinal: number): NewHost {
  const os = oneOf("os", options.os ?? "linux", ["linux", "windows", "macos"]);
  const { hostname, ip } = nameAndAddress(options, ordinal);
  return {
    os,
    ip,
    hasOwnAddress: hasOwnAddress(options),
    hasOwnName: typeof options.dnsName === "string",
    hostname: nonEmpty("hostname", hostname),
    // Joined for the speed of listings: see Chance.uuid().
    dnsName: options.dnsName === false ? undefined : options.dnsName ?? [hostname, "dcv.internal"].join("."),
    tags: texts("tags", options.tags ?? {}),
    users: options.users && new Set(options.users),
    groups: options.groups ?? {},
    maxVirtualSessions: os === "linux"
      ? integer("maxVirtualSessions", options.maxVirtualSessions ?? 10, -1)
      : 0,
    maxConcurrentSessionsPerUser: integer(
      "maxConcurrentSessionsPerUser",
      options.maxConcurrentSessionsPerUser ?? 1,
      1,
    ),
    cpus: integer("cpus", options.cpus ?? 4, 1),
    memoryBytes: integer("memoryBytes", options.memoryBytes ?? 16 * 1024 ** 3, 1),
    gpus: options.gpus ?? [],
    ec2: options.ec2 === false ? undefined : {
      instanceId: options.ec2?.instanceId,
      instanceType: options.ec2?.instanceType ?? "g4dn.xlarge",
      imageId: options.ec2?.imageId,
      region: options.ec2?.region ?? "us-west-2b",
    },
    port: integer("port", options.port ?? 8443, 1, 65_535),
    webUrlPath: nonEmpty("webUrlPath", options.webUrlPath ?? "/"),
    loggedInUsers: options.loggedInUsers ?? [],
    closed: options.closed ?? false,
    creationFailure: options.creationFailure,
    resolution: {
      width: integer("resolution.width", options.resolution?.width ?? 1920, 1, 8192),
      height: integer("resolution.height", options.resolution?.height ?? 1200, 1, 8192),
    },
  };
}

function integer(name: string, value: number, least: number, most: number = Number.MAX_SAFE_INTEGER): number {
  if (Number.isSafeInteger(value) && value >= least && value <= most) return value;
  throw new TypeError(
    `Option "${name}" of a server must be a whole number from ${least} to ${most}: ${value}`,
  );
}

function nonEmpty(name: string, value: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new TypeError(`Option "${name}" of a server must be a text that is not empty: ${value}`);
}

function oneOf<T extends string>(name: string, value: T, allowed: readonly T[]): T {
  if (allowed.includes(value)) return value;
  throw new TypeError(`Option "${name}" of a server must be one of ${allowed.join(", ")}: ${value}`);
}

function texts(name: string, values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  for (const [key, value] of Object.entries(values)) {
    if (typeof value !== "string") {
      throw new TypeError(`Option "${name}" of a server must hold texts: ${key} is ${typeof value}`);
    }
  }
  return { ...values };
}
