/**
 * How much time passes in this process: by the machine's clock, or by the fake one of a test.
 *
 * vitest, jest, sinon and node:test replace `performance` or `Date`. Whatever was replaced is what a test moves.
 *
 * @module
 */

const machine = { date: Date, now: performance.now };

/** A fake clock that was set so far from the last reading was not moved there: it was set to a date. */
const LONGEST_STEP_MS = 24 * 3_600_000;

interface Reading {
  /** Tells clocks apart: each fake one comes with functions of its own. */
  readonly clock: unknown;
  readonly time: number;
  readonly date: number;
}

/** Measures the time from when it is made. It is exact as long as the process keeps one clock. */
export class ElapsedTime {
  #last = read();
  #elapsed = 0;

  /** Milliseconds, never fewer than before. */
  get milliseconds(): number {
    const now = read();
    this.#elapsed += Math.max(0, between(this.#last, now));
    this.#last = now;
    return this.#elapsed;
  }
}

/** `Date` counts only where it alone is fake: the machine's can be set by anyone. */
function read(): Reading {
  const date = Date.now();
  if (performance.now === machine.now && Date !== machine.date) return { clock: Date, time: date, date };
  return { clock: performance.now, time: performance.now(), date };
}

function between(last: Reading, now: Reading): number {
  if (now.clock === last.clock) return now.time - last.time;
  // The machine's clock is back: what it shows more than it did was the fake one's time.
  if (now.clock === machine.now) return 0;
  // A fake performance.now() begins at 0 when it is put in place.
  if (now.clock !== Date) return now.time;
  const sinceReading = now.date - last.date;
  if (sinceReading >= 0 && sinceReading <= LONGEST_STEP_MS) return sinceReading;
  // node:test begins at 0 too, unless it is told a date. How far it has come from that nobody knows.
  return now.date <= LONGEST_STEP_MS ? now.date : 0;
}
