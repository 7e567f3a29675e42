/**
 * How many requests came lately: counted in steps of simulated time, whatever leaves the journal.
 *
 * @module
 */

/** The length of a step, in milliseconds. */
export const RATE_STEP = 10_000;

/** How many steps are kept: ten minutes. */
export const RATE_STEPS = 60;

/** The requests of one step. */
export interface RequestCount {
  /** The beginning of the step, in milliseconds since the epoch. */
  readonly start: number;
  /** How many came. */
  requests: number;
  /** How many of them were answered with a status from 400 on, or not at all. */
  errors: number;
}

/** Counts requests by the time at which they came. */
export class RequestRate {
  readonly #counts = new Map<number, RequestCount>();

  /** Counts a request that came at a time and was answered with a status, if it was. */
  add(time: number, status: number | undefined): void {
    const start = Math.floor(time / RATE_STEP) * RATE_STEP;
    let count = this.#counts.get(start);
    if (count === undefined) {
      this.#forgetAround(start);
      count = { start, requests: 0, errors: 0 };
      this.#counts.set(start, count);
    }
    count.requests++;
    if (status === undefined || status >= 400) count.errors++;
  }

  /** The steps in which requests came; those in which none did are left out. */
  list(): readonly Readonly<RequestCount>[] {
    return [...this.#counts.values()];
  }

  /** Begins again. */
  clear(): void {
    this.#counts.clear();
  }

  /** A world that was loaded may have gone back in time. */
  #forgetAround(start: number): void {
    for (const other of this.#counts.keys()) {
      if (Math.abs(start - other) >= RATE_STEP * RATE_STEPS) this.#counts.delete(other);
    }
  }
}
