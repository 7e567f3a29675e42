/**
 * What the simulated hosts have in common: versions, operating systems, processors.
 *
 * @module
 */

import type { OsFamily } from "./host_description.ts";

/** The DCV server's version. */
export const DCV_VERSION = "2025.0.20103";

/** The Session Manager agent's version. */
export const AGENT_VERSION = "2025.0.902";

/** The processor of every host. */
export const CPU = {
  Vendor: "GenuineIntel",
  ModelName: "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz",
  Architecture: "x86_64",
  PhysicalCoresPerCpu: 2,
};

/** An operating system as agents report it: Linux with a kernel version, Windows with a build number. */
export interface OperatingSystem {
  readonly Family: OsFamily;
  readonly Name: string;
  readonly Version: string;
  readonly KernelVersion?: string;
  readonly BuildNumber?: string;
}

/** The operating system of every host of a family. */
export const OPERATING_SYSTEMS: Readonly<Record<OsFamily, OperatingSystem>> = {
  linux: { Family: "linux", Name: "Ubuntu", Version: "22.04", KernelVersion: "6.8.0-1021-aws" },
  windows: {
    Family: "windows",
    Name: "Microsoft Windows Server 2022 Datacenter",
    Version: "10.0.20348",
    BuildNumber: "20348",
  },
  macos: { Family: "macos", Name: "macOS", Version: "15.1", KernelVersion: "24.1.0" },
};
