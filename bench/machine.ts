/**
 * The machine that figures are from.
 *
 * @module
 */

import { availableParallelism, cpus, loadavg, release, totalmem, type } from "node:os";

/** What it is, and how busy it was when this was asked. */
export function machine(): string {
  const memory = Math.round(totalmem() / 1024 ** 3);
  const model = cpus()[0]?.model.trim() || "processor of an unknown model";
  const load = loadavg()[0]!.toFixed(1);
  return `${availableParallelism()} cores of ${model}, ${memory} GiB, ${type()} ${release()}; load before: ${load}`;
}
