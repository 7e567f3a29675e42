/**
 * One process at a time for a file. A process that was killed does not keep the others out.
 *
 * @module
 */

import { randomUUID } from "node:crypto";
import { link, readFile, rename, rm, stat, utimes } from "node:fs/promises";
import process from "node:process";
import { createOnce } from "./create_once.ts";
import { placeOfProcesses, startOfProcess } from "./running_process.ts";

/** A holder that cannot be looked at, in another container say, shows within this time that it is alive. */
const PATIENCE_MS = 5_000;

/** Who has a lock, as the file beside the locked one tells it. */
interface Holder {
  /** Tells one lock from the next of the same process. */
  readonly id: string;
  readonly pid: number;
  readonly place: string;
  readonly start: string;
}

/** A lock that this process has. Its file must be touched once a second: {@linkcode FileLock.beat}. */
export class FileLock {
  readonly #path: string;
  readonly #text: string;

  private constructor(path: string, text: string) {
    this.#path = path;
    this.#text = text;
  }

  /**
   * Takes the lock of a file.
   *
   * @param wait Called before it is found out, for a few seconds, whether the holder is alive.
   * @throws {Error} If a living process has it, or if no file can be written beside the locked one.
   */
  static async take(lockedPath: string, wait: (lockPath: string) => void): Promise<FileLock> {
    const path = `${lockedPath}.lock`;
    const text = await ownText();
    for (;;) {
      await createOnce(path, text, 0o600);
      const found = await textOf(path);
      if (found === text) return new FileLock(path, text);
      if (found === undefined) continue;
      await refuseIfAlive(path, found, () => wait(path));
      await removeIfStill(path, found);
    }
  }

  /** Shows that this process is alive; false if another one has the lock now, having taken it for dead. */
  async beat(): Promise<boolean> {
    if (await textOf(this.#path) !== this.#text) return false;
    const now = new Date();
    await utimes(this.#path, now, now);
    return true;
  }

  async release(): Promise<void> {
    if (await textOf(this.#path) === this.#text) await rm(this.#path, { force: true });
  }
}

async function ownText(): Promise<string> {
  const { pid } = process;
  const start = await startOfProcess(pid) ?? "";
  const own: Holder = { id: randomUUID(), pid, place: await placeOfProcesses(), start };
  return `${JSON.stringify(own)}\n`;
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

async function refuseIfAlive(path: string, text: string, wait: () => void): Promise<void> {
  const holder = holderOf(text);
  const isHere = holder?.place === await placeOfProcesses();
  if (!isHere) wait();
  if (!(isHere ? await isRunning(holder!) : await beatsWithin(path, PATIENCE_MS))) return;
  const who = holder === undefined ? "another process" : isHere ? `process ${holder.pid}` : "another machine";
  throw new Error(`${who} uses it, and has the lock ${path}`);
}

/** `undefined` for a lock that was not written as a whole. */
function holderOf(text: string): Holder | undefined {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function isRunning({ pid, start }: Holder): Promise<boolean> {
  const found = await startOfProcess(pid);
  return found !== undefined && (found === start || found === "" || start === "");
}

async function beatsWithin(path: string, milliseconds: number): Promise<boolean> {
  const before = await lastBeat(path);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const after = await lastBeat(path);
  return after !== undefined && after !== before;
}

async function lastBeat(path: string): Promise<number | undefined> {
  return await stat(path).then(({ mtimeMs }) => mtimeMs, () => undefined);
}

/** Others may have found the same lock to be left over: one that somebody has taken since is put back. */
async function removeIfStill(path: string, text: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (await textOf(aside) !== text) await link(aside, path).catch(() => {});
  await rm(aside, { force: true });
}
