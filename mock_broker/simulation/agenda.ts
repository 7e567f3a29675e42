/**
 * What will happen, and when. There are no timers in a world: events wait here until somebody lets time pass.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

/** Something that will happen at a simulated time, unless it is cancelled before. */
export interface Event {
  /** Milliseconds since the epoch. */
  readonly due: number;
  /** Events that are due at the same time happen in this order. */
  readonly order: number;
  cancelled: boolean;
}

/** An event, and what it is that will happen: data, which others know how to carry out. */
export interface PlannedEvent<Happening> extends Event {
  readonly what: Happening;
}

/** Something that tells the simulated time. */
export interface Timepiece {
  readonly now: number;
}

/** Events by due time; events due at the same time happen in the order in which they were scheduled. */
export class Agenda<Happening> implements Timepiece {
  readonly #events = new TinyQueue<PlannedEvent<Happening>>([], byTime);
  #scheduled = 0;
  #happened = 0;
  #now: number;

  /** @param counts How many events were planned before, and how many of them have happened. */
  constructor(start: number, counts = { scheduled: 0, happened: 0 }) {
    this.#now = start;
    this.#scheduled = counts.scheduled;
    this.#happened = counts.happened;
  }

  /** The simulated time: inside an event, the time at which it was due. */
  get now(): number {
    return this.#now;
  }

  /** How many events have happened. */
  get happened(): number {
    return this.#happened;
  }

  /** How many events were scheduled. */
  get scheduled(): number {
    return this.#scheduled;
  }

  /** Schedules an event `delay` milliseconds from now. */
  after(delay: number, what: Happening): Event {
    return this.plan(this.#now + Math.max(0, delay), this.#scheduled++, what);
  }

  /** What is due, the next one first. */
  get planned(): PlannedEvent<Happening>[] {
    return this.#events.data.filter(({ cancelled }) => !cancelled).sort(byTime);
  }

  /** When the next event is due; `Infinity` if there is none. */
  get nextDue(): number {
    let next = this.#events.peek();
    for (; next?.cancelled; next = this.#events.peek()) this.#events.pop();
    return next?.due ?? Infinity;
  }

  /** The next event of which this holds. */
  next(holds: (what: Happening) => boolean): PlannedEvent<Happening> | undefined {
    let next: PlannedEvent<Happening> | undefined;
    for (const event of this.#events.data) {
      if (!event.cancelled && holds(event.what) && (!next || byTime(event, next) < 0)) next = event;
    }
    return next;
  }

  /** Lets time pass until `time`: everything due by then happens, in order. Time never runs backwards. */
  passTo(time: number, carryOut: (what: Happening) => void): void {
    for (let next = this.#events.peek(); next && next.due <= time; next = this.#events.peek()) {
      this.#events.pop();
      if (next.cancelled) continue;
      this.#now = Math.max(this.#now, next.due);
      this.#happened++;
      carryOut(next.what);
    }
    this.#now = Math.max(this.#now, time);
  }

  /** Puts a planned event in its place again. */
  plan(due: number, order: number, what: Happening): Event {
    const event = { due, order, cancelled: false, what };
    this.#events.push(event);
    return event;
  }
}

function byTime(a: Event, b: Event): number {
  return a.due - b.due || a.order - b.order;
}
