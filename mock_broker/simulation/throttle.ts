/**
 * How many requests a caller may make in a second.
 *
 * @module
 */

/** Counts requests per caller in seconds of simulated time. The limit counts per address, most likely. */
export class Throttle {
  readonly #counts = new Map<string, number>();
  #second = NaN;

  /** Counts a request; false when the caller has made `limit` of them in this second already. */
  admit(caller: string, now: number, limit: number): boolean {
    const second = Math.floor(now / 1000);
    if (second !== this.#second) this.#counts.clear();
    this.#second = second;
    const count = (this.#counts.get(caller) ?? 0) + 1;
    this.#counts.set(caller, count);
    return count <= limit;
  }
}
