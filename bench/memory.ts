/**
 * How much memory a program holds, on each runtime.
 *
 * @module
 */

import process from "node:process";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Bytes that are in use when nothing is left to collect. */
export function bytesInUse(): number {
  const { Bun: bun } = globalThis as { Bun?: { gc(isSynchronous: boolean): void } };
  for (let i = 0; i < 3; i++) (bun ? () => bun.gc(true) : collector())();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function collector(): () => void {
  setFlagsFromString("--expose-gc");
  return runInNewContext("gc");
}
