/**
 * Time under control: while a `FakeTime` is in use, timers fire when the test's clock reaches them.
 *
 * @module
 */

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout, now: Date.now };

export class FakeTime implements Disposable {
  #now = Date.UTC(2026, 0, 1);
  #nextId = 1;
  #timers = new Map<number, { due: number; fire: () => void }>();
  readonly #random = Math.random;

  /** Chance gives the same number each time; with 1, waits are as long as they may get. */
  constructor({ random = 1 }: { random?: number } = {}) {
    Date.now = () => this.#now;
    Math.random = () => random;
    const setTimer = (fire: () => void, delay = 0) => {
      this.#timers.set(this.#nextId, { due: this.#now + delay, fire });
      return this.#nextId++;
    };
    const clearTimer = (id: number) => void this.#timers.delete(id);
    Object.assign(globalThis, { setTimeout: setTimer, clearTimeout: clearTimer });
  }

  [Symbol.dispose](): void {
    Date.now = real.now;
    Math.random = this.#random;
    Object.assign(globalThis, { setTimeout: real.setTimeout, clearTimeout: real.clearTimeout });
  }

  /** Milliseconds since the beginning. */
  get elapsed(): number {
    return this.#now - Date.UTC(2026, 0, 1);
  }

  /** Timers that have neither fired nor been cleared. */
  get pendingTimers(): number {
    return this.#timers.size;
  }

  /** Lets time pass. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await idle();
    for (let next = this.#next(); next && next.due <= end; next = this.#next()) {
      this.#fire(next);
      await idle();
    }
    this.#now = end;
    await idle();
  }

  /** Lets as much time pass as the work needs. */
  async settle<T>(work: Promise<T>): Promise<T> {
    let settled = false;
    work.finally(() => settled = true).catch(() => {});
    for (;;) {
      await idle();
      if (settled) return await work;
      const next = this.#next();
      if (!next) throw new Error("The work waits for something that no timer will bring");
      this.#fire(next);
    }
  }

  #next(): { id: number; due: number } | undefined {
    const [first] = [...this.#timers].map(([id, { due }]) => ({ id, due })).sort((a, b) => a.due - b.due);
    return first;
  }

  #fire({ id, due }: { id: number; due: number }): void {
    const timer = this.#timers.get(id);
    this.#timers.delete(id);
    this.#now = due;
    timer?.fire();
  }
}

/** Waits until nothing but a timer can make progress. */
async function idle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise<void>((resolve) => real.setTimeout(resolve, 0));
}
