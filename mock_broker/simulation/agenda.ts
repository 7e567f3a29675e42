/**
 * What will happen, and when. There are no timers in a world: events wait here until somebody lets time pass.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

/** Something that will happen at a simulated time, unless it is cancelled before. */
export interface Event {
  readonly due: number;
  readonly order: number;
  readonly happen: () => void;
  cancelled: boolean;
}

/** Events by due time; events due at the same time happen in the order in which they were scheduled. */
export class Agenda {
  readonly #events = new TinyQueue<Event>([], (a, b) => a.due - b.due || a.order - b.order);
  #scheduled = 0;
  #happened = 0;
  #now: number;

  constructor(start: number) {
    this.#now = start;
  }

  /** The simulated time: inside an event, the time at which it was due. */
  get now(): number {
    return this.#now;
  }

  /** How many events have happened. */
  get happened(): number {
    return this.#happened;
  }

  /** Schedules an event `delay` milliseconds from now. */
  after(delay: number, happen: () => void): Event {
    const event = { due: this.#now + Math.max(0, delay), order: this.#scheduled++, happen, cancelled: false };
    this.#events.push(event);
    return event;
  }

  /** Lets time pass until `time`: everything due by then happens, in order. Time never runs backwards. */
  passTo(time: number, afterEach: () => void): void {
    for (let next = this.#events.peek(); next && next.due <= time; next = this.#events.peek()) {
      this.#events.pop();
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.due);
      this.#happened++;
      next.happen();
      afterEach();
    }
    this.#now = Math.max(this.#now, time);
  }
}
