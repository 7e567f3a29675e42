/**
 * Where simulated time comes from. The world never looks at a clock by itself: whoever calls it brings the time.
 *
 * @module
 */

import { ElapsedTime } from "./elapsed_time.ts";

/**
 * How a clock moves by itself: "real" runs with the process's clock, "manual" stands, and "skipping" stands until a
 * program polls, which takes it to what happens next. All can be pushed ahead.
 */
export type ClockMode = "real" | "manual" | "skipping";

/** Where dates end, in milliseconds since the epoch: time comes no further. */
export const LAST_TIME = 8.64e15;

/** A clock in one of its modes. */
export class Clock {
  #origin: number;
  #speed: number;
  #mode: ClockMode;
  /** Real time since the origin was set. */
  #elapsed = new ElapsedTime();

  constructor(start: number, { speed = 1, mode }: { speed?: number | undefined; mode: ClockMode }) {
    this.#origin = start;
    this.#speed = speed;
    this.#mode = mode;
  }

  /** Simulated seconds in a real one, while it runs. */
  get speed(): number {
    return this.#speed;
  }

  set speed(speed: number) {
    this.#settle();
    this.#speed = speed;
  }

  get mode(): ClockMode {
    return this.#mode;
  }

  set mode(mode: ClockMode) {
    this.#settle();
    this.#mode = mode;
  }

  get running(): boolean {
    return this.#mode === "real";
  }

  /** The simulated time now, in milliseconds since the epoch. */
  now(): number {
    return Math.floor(this.#exactly());
  }

  /** The simulated time now, with its fraction of a millisecond. */
  get time(): number {
    return this.#exactly();
  }

  advance(milliseconds: number): void {
    this.#origin += milliseconds;
  }

  #exactly(): number {
    if (!this.running) return this.#origin;
    return Math.min(this.#origin + this.#elapsed.milliseconds * this.#speed, LAST_TIME);
  }

  /** What has passed so far, passed at the speed so far. */
  #settle(): void {
    this.#origin = this.#exactly();
    this.#elapsed = new ElapsedTime();
  }
}
