/**
 * What is assumed of a host's system and hardware, so that what is assumed agrees with what is known.
 *
 * @module
 */

import type { Gpu, OperatingSystem, OsFamily, Processor } from "../simulation/host_description.ts";

/** The DCV server's version. */
export const DCV_VERSION = "2025.0.20103";

/** The Session Manager agent's version. */
export const AGENT_VERSION = "2025.0.902";

/** The operating system of a host of each family: Windows has a build number, the others a kernel version. */
export const OPERATING_SYSTEMS: Readonly<Record<OsFamily, OperatingSystem>> = {
  linux: { name: "Ubuntu", version: "22.04", kernelVersion: "6.8.0-1021-aws", buildNumber: undefined },
  windows: {
    name: "Microsoft Windows Server 2022 Datacenter",
    version: "10.0.20348",
    kernelVersion: undefined,
    buildNumber: "20348",
  },
  macos: { name: "macOS", version: "15.1", kernelVersion: "24.1.0", buildNumber: undefined },
};

const INTEL: Processor = {
  vendor: "GenuineIntel",
  modelName: "Intel(R) Xeon(R) Platinum 8259CL CPU @ 2.50GHz",
  architecture: "x86_64",
  physicalCoresPerCpu: 2,
};
const APPLE: Processor = {
  vendor: "Apple",
  modelName: "Apple M1",
  architecture: "arm64",
  physicalCoresPerCpu: 8,
};

/** The processor of a host. DCV's packages for macOS are for arm64 only. */
export function processorOf(os: OsFamily): Processor {
  return os === "macos" ? APPLE : INTEL;
}

/** Number of CPUs: that of an instance of the assumed type. */
export function cpusOf(os: OsFamily): number {
  return os === "macos" ? 8 : 4;
}

/** Instances with four CPUs and 16 GiB for each step, with a graphics processor (g4dn) and without (m5). */
const SIZES: Readonly<Record<number, string>> = {
  4: "xlarge",
  8: "2xlarge",
  16: "4xlarge",
  32: "8xlarge",
  64: "16xlarge",
};

const GIB = 1024 ** 3;

/** Main memory in bytes: that of an instance of the assumed type. */
export function memoryOf(os: OsFamily, cpus: number): number {
  return os !== "macos" && SIZES[cpus] ? cpus * 4 * GIB : 16 * GIB;
}

/** The instance type of a host of which no other is known: one that has as many CPUs, and graphics if it has. */
export function instanceTypeOf(os: OsFamily, cpus: number, gpus: readonly Gpu[] | undefined): string {
  if (os === "macos") return "mac2.metal";
  const family = gpus?.length === 0 ? "m5" : "g4dn";
  return [family, SIZES[cpus] ?? "xlarge"].join(".");
}

/** The graphics processors of instance types, by how the type begins. */
const GPUS: readonly (readonly [type: RegExp, gpu: Gpu])[] = [
  [/^g4dn\./, { Vendor: "NVIDIA", ModelName: "Tesla T4" }],
  [/^g4ad\./, { Vendor: "AMD", ModelName: "Radeon Pro V520" }],
  [/^g5g\./, { Vendor: "NVIDIA", ModelName: "T4G" }],
  [/^g5\./, { Vendor: "NVIDIA", ModelName: "A10G" }],
  [/^gr?6\./, { Vendor: "NVIDIA", ModelName: "L4" }],
  [/^g6e\./, { Vendor: "NVIDIA", ModelName: "L40S" }],
  [/^g3s?\./, { Vendor: "NVIDIA", ModelName: "Tesla M60" }],
  [/^p3(dn)?\./, { Vendor: "NVIDIA", ModelName: "Tesla V100" }],
  [/^mac2\./, { Vendor: "Apple", ModelName: "Apple M1" }],
];

/** The graphics processor that an instance of this type has; none outside EC2, and with types that are not known. */
export function gpusOf(instanceType: string | undefined): readonly Gpu[] {
  const [, gpu] = GPUS.find(([type]) => instanceType !== undefined && type.test(instanceType)) ?? [];
  return gpu ? [gpu] : [];
}
