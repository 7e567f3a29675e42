/**
 * The fleet of a mock broker that is told nothing about one.
 *
 * @module
 */

import type { HostOptions } from "./host.ts";

/** A small fleet that takes any owner. */
export const DEFAULT_FLEET: readonly HostOptions[] = [
  { os: "linux", tags: { team: "research", ram: "16gb" } },
  { os: "linux", tags: { team: "research", ram: "64gb" }, cpus: 16, memoryBytes: 64 * 1024 ** 3 },
  { os: "linux", tags: { team: "design", ram: "64gb" }, gpus: [{ Vendor: "NVIDIA", ModelName: "Tesla T4" }] },
  { os: "linux", tags: { team: "design", ram: "16gb" } },
  { os: "windows", tags: { team: "design", ram: "16gb" } },
  { os: "windows", tags: { team: "office", ram: "16gb" } },
];
