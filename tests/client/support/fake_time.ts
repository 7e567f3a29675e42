/**
 * Time under control: while a `FakeTime` is in use, timers fire when the test's clock reaches them.
 *
 * @module
 */

import { type Clock, install } from "@sinonjs/fake-timers";

const START = Date.UTC(2026, 0, 1);

/** What the client measures time with. */
const FAKED = ["setTimeout", "clearTimeout", "Date", "performance"] as const;

const realSetTimeout = globalThis.setTimeout;

export class FakeTime implements Disposable {
  readonly #clock: Clock;
  readonly #random = Math.random;

  /** Chance gives the same number each time; with 1, waits are as long as they may get. */
  constructor({ random = 1 }: { random?: number } = {}) {
    this.#clock = install({ now: START, toFake: [...FAKED] });
    Math.random = () => random;
  }

  [Symbol.dispose](): void {
    this.#clock.uninstall();
    Math.random = this.#random;
  }

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return performance.now();
  }

  /** Sets the clock on the wall to another time, as a person or NTP does. No timer notices. */
  jump(ms: number): void {
    this.#clock.setSystemTime(Date.now() + ms);
  }

  /** Timers that have neither fired nor been cleared. */
  get pendingTimers(): number {
    return this.#clock.countTimers();
  }

  /** Lets time pass. */
  async advance(ms: number): Promise<void> {
    await idle();
    await this.#clock.tickAsync(ms);
    await idle();
  }

  /** Lets as much time pass as the work needs. */
  async settle<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    work.finally(() => settled = true).catch(() => {});
    for (;;) {
      await idle();
      if (settled) return await work;
      if (this.pendingTimers === 0) throw new Error("The work waits for something that no timer will bring");
      await this.#clock.nextAsync();
    }
  }
}

/** Waits until nothing but a timer can make progress. */
async function idle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => realSetTimeout(resolve, 0));
}
