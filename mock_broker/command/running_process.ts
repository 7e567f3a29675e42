/**
 * Telling whether a process that wrote something down is still running: its number alone may be another's by now.
 *
 * @module
 */

import { execFile } from "node:child_process";
import { readFile, readlink } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";

/** Where process ids mean what they mean here: this machine since its start, and on Linux this container. */
export async function placeOfProcesses(): Promise<string> {
  if (process.platform !== "linux") return hostname();
  const [boot, namespace] = await Promise.all([
    readFile("/proc/sys/kernel/random/boot_id", "utf8"),
    readlink("/proc/self/ns/pid"),
  ]);
  return `${boot.trim()} ${namespace}`;
}

/**
 * When a process here was started, in whatever the system tells it; an empty text if it does not tell.
 * `undefined` if there is no such process.
 */
export async function startOfProcess(id: number): Promise<string | undefined> {
  if (process.platform === "linux") return await startOnLinux(id);
  if (!isThere(id)) return undefined;
  return process.platform === "win32" ? "" : await startAsListed(id);
}

/** The fields after the name, which stands in parentheses and may hold anything: the state is the first of them. */
async function startOnLinux(id: number): Promise<string | undefined> {
  const text = await readFile(`/proc/${id}/stat`, "utf8").catch(() => undefined);
  const fields = text?.slice(text.lastIndexOf(")") + 2).split(" ");
  // One that has ended stays listed until its parent asks how.
  return fields === undefined || fields[0] === "Z" || fields[0] === "X" ? undefined : fields[19];
}

function isThere(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== "ESRCH";
  }
}

function startAsListed(id: number): Promise<string> {
  return new Promise((resolve) =>
    execFile("ps", ["-o", "lstart=", "-p", `${id}`], (error, output) => resolve(error ? "" : output.trim()))
  );
}
