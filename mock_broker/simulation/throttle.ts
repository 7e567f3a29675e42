/**
 * How many requests a caller may make in a second.
 *
 * @module
 */

/** The counts as they are saved. */
export interface SavedThrottle {
  readonly second?: number | undefined;
  readonly counts: readonly (readonly [caller: string, count: number])[];
}

/** Counts requests per caller in seconds of simulated time. The limit counts per address, most likely. */
export class Throttle {
  readonly #counts = new Map<string, number>();
  #second = NaN;

  /** What was counted in this second. */
  save(): SavedThrottle {
    return { ...(!Number.isNaN(this.#second) && { second: this.#second }), counts: [...this.#counts] };
  }

  /** Goes on counting. */
  resume({ second = NaN, counts }: SavedThrottle): void {
    this.#second = second;
    for (const [caller, count] of counts) this.#counts.set(caller, count);
  }

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
