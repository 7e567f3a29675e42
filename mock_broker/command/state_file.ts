/**
 * `--state`: the file in which a world outlives its process.
 *
 * @module
 */

import { readFile, realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { MockBroker } from "../mock_broker.ts";
import type { SavedWorld } from "../description/saved_world.ts";
import { FileLock } from "./file_lock.ts";
import { replaceForGood } from "./replace_for_good.ts";

/** How often it is looked whether there is something to write, in milliseconds; writing adds to it. */
const INTERVAL_MS = 500;

/** While a world is being put into words nobody is answered: of the time that passes, one part in so many. */
const LEAST_PAUSE = 19;

/** Readable for whoever runs the command: it holds secrets. */
const MODE = 0o600;

const REASONS: Record<string, string> = {
  EACCES: "that is not permitted",
  EBUSY: "it is mounted by itself, so that it cannot be replaced; mount its folder",
  EISDIR: "it is a folder",
  ENOENT: "there is no such folder",
  ENOSPC: "the disk is full",
  EPERM: "that is not permitted",
  EROFS: "nothing can be written there",
};

/** The state file of this process. Nobody else writes to it as long as it is open. */
export class StateFile {
  /** As it was named, for people to read. */
  readonly #name: string;
  readonly #path: string;
  readonly #lock: FileLock;
  readonly #warn: (text: string) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #writing: Promise<void> = Promise.resolve();
  /** What the broker was like when it was written last. */
  #written: string | undefined;
  /** Why it could not be written. */
  #problem: string | undefined;
  #isLost = false;

  private constructor(name: string, path: string, lock: FileLock, warn: (text: string) => void) {
    this.#name = name;
    this.#path = path;
    this.#lock = lock;
    this.#warn = warn;
  }

  /**
   * Keeps other processes from the file, which need not be there yet.
   *
   * @throws {Error} If another process has it, or nothing can be written there.
   */
  static async open(name: string, warn: (text: string) => void): Promise<StateFile> {
    try {
      const path = await truePath(name);
      const wait = (lock: string) =>
        warn(`${lock} was left by another machine, or container: looking for 5 seconds whether it is in use`);
      return new StateFile(name, path, await FileLock.take(path, wait), warn);
    } catch (cause) {
      throw new Error(`Cannot use the state file ${name}: ${reasonOf(cause)}`, { cause });
    }
  }

  /**
   * What is in the file; `undefined` if it is not there.
   *
   * @throws {Error} If it cannot be read, or is no JSON.
   */
  async read(): Promise<unknown> {
    try {
      return JSON.parse(await readFile(this.#path, "utf8"));
    } catch (cause) {
      if ((cause as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw this.refused(cause instanceof SyntaxError ? "it is no JSON" : reasonOf(cause), cause);
    }
  }

  /** An error that says why what is in the file cannot be taken up, and what to do. */
  refused(why: string, cause?: unknown): Error {
    return new Error(
      `Cannot go on from the state file ${this.#name}: ${why}. Without the file a new world begins`,
      {
        cause,
      },
    );
  }

  /**
   * Writes the world now, and from now on whenever something has happened in it.
   *
   * @throws {Error} If it cannot be written now. Later that is a warning, and tried again.
   */
  async keep(broker: MockBroker): Promise<void> {
    const took = await this.#write(broker).catch((cause) => {
      throw new Error(`Cannot write the state file ${this.#name}: ${reasonOf(cause)}`, { cause });
    });
    this.#plan(broker, took);
  }

  /** Writes what has happened since, and leaves the file to others; why that failed, if it did. */
  async close(broker: MockBroker): Promise<string | undefined> {
    clearTimeout(this.#timer);
    await this.#writing;
    // Time has passed at least.
    this.#written = undefined;
    await this.#writeIfChanged(broker);
    await this.release();
    return this.#problem;
  }

  /** Leaves the file to others as it is. */
  async release(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#lock.release().catch(() => {});
  }

  #plan(broker: MockBroker, took: number): void {
    this.#timer = setTimeout(() => {
      this.#writing = this.#writeIfChanged(broker).then((took) => {
        if (!this.#isLost) this.#plan(broker, took);
      });
    }, Math.max(INTERVAL_MS, took * LEAST_PAUSE));
  }

  /** How long nobody was answered for it, in milliseconds. */
  async #writeIfChanged(broker: MockBroker): Promise<number> {
    try {
      if (this.#isLost || !await this.#lock.beat()) return this.#lose();
      if (this.#written === fingerprint(broker)) return 0;
      const took = await this.#write(broker);
      if (this.#problem !== undefined) this.#warn(`The state file ${this.#name} is written again`);
      this.#problem = undefined;
      return took;
    } catch (error) {
      const problem = `Cannot write the state file ${this.#name}: ${reasonOf(error)}`;
      if (problem !== this.#problem) this.#warn(`${problem}. It is tried again`);
      this.#problem = problem;
      return 0;
    }
  }

  async #write(broker: MockBroker): Promise<number> {
    const since = performance.now();
    const print = fingerprint(broker);
    const world: SavedWorld = { ...broker.save({ secrets: true }), savedAt: new Date().toISOString() };
    const text = `${JSON.stringify(world)}\n`;
    const took = performance.now() - since;
    await replaceForGood(this.#path, text, MODE);
    this.#written = print;
    return took;
  }

  #lose(): number {
    if (!this.#isLost) {
      this.#problem =
        `Another process has taken the state file ${this.#name}: this one does not write it any more`;
      this.#warn(this.#problem);
    }
    this.#isLost = true;
    return 0;
  }
}

/** Another one after whatever may have changed the world: requests that only read count on its chance, too. */
function fingerprint(broker: MockBroker): string {
  return `${broker.state().revision} ${broker.journal.lastId}`;
}

/** Where the file is, or will be: links lead to one lock. */
async function truePath(name: string): Promise<string> {
  return await realpath(name).catch(async () => join(await realpath(dirname(name)), basename(name)));
}

function reasonOf(error: unknown): string {
  const { code = "", message } = error as NodeJS.ErrnoException;
  return REASONS[code] ?? message;
}
