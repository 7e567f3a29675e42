/**
 * Where simulated time comes from. The world never looks at a clock by itself: whoever calls it brings the time.
 *
 * @module
 */

/** A faster clock would reach the end of all dates within weeks. */
export const MOST_SPEED = 1_000_000;

/** Whether a clock can run so many times as fast as real time. */
export function isSpeed(speed: number): boolean {
  return speed > 0 && speed <= MOST_SPEED;
}

/** Runs with the machine's clock, `speed` times as fast, or stands; in both cases it can be pushed ahead. */
export class Clock {
  #origin: number;
  #speed: number;
  /** The machine's time when the clock began to run; `undefined` while it stands. */
  #runsSince: number | undefined;

  constructor(start: number, { speed = 1, running }: { speed?: number | undefined; running: boolean }) {
    this.#origin = start;
    this.#speed = speed;
    if (running) this.#runsSince = performance.now();
  }

  /** Simulated seconds in a real one, while it runs. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#settle();
    this.#speed = speed;
  }

  get running(): boolean {
    return this.#runsSince !== undefined;
  }

  set running(running: boolean) {
    this.#settle();
    this.#runsSince = running ? performance.now() : undefined;
  }

  /** The simulated time now, in milliseconds since the epoch. */
  now(): number {
    return Math.floor(this.#exactly());
  }

  advance(milliseconds: number): void {
    this.#origin += milliseconds;
  }

  #exactly(): number {
    if (this.#runsSince === undefined) return this.#origin;
    return this.#origin + (performance.now() - this.#runsSince) * this.#speed;
  }

  /** What has passed so far, passed at the speed so far. */
  #settle(): void {
    this.#origin = this.#exactly();
    if (this.#runsSince !== undefined) this.#runsSince = performance.now();
  }
}
