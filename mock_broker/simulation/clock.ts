/**
 * Where simulated time comes from. The world never looks at a clock by itself: whoever calls it brings the time.
 *
 * @module
 */

/** Tells the simulated time in milliseconds since the epoch. */
export interface Clock {
  /** The simulated time now. */
  now(): number;
}

/** Stands still until it is advanced by hand. */
export class ManualClock implements Clock {
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }
}

/** Follows the machine's clock, `speed` times as fast, and can be pushed ahead of it. */
export class RunningClock implements Clock {
  readonly #speed: number;
  readonly #startedAt = performance.now();
  #origin: number;

  constructor(start: number, speed: number) {
    this.#origin = start;
    this.#speed = speed;
  }

  now(): number {
    return Math.floor(this.#origin + (performance.now() - this.#startedAt) * this.#speed);
  }

  advance(milliseconds: number): void {
    this.#origin += milliseconds;
  }
}
