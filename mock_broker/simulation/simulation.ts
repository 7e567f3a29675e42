/**
 * A world with a clock, and the way back to its beginning.
 *
 * @module
 */

import type { PlannedEvent } from "./agenda.ts";
import type { SavedClient } from "./api_clients.ts";
import { type Happening, isDeadline, isUnderWay } from "./happening.ts";
import { appearance, letTimePass } from "./passing_time.ts";
import type { Seed } from "./chance.ts";
import type { Clock } from "./clock.ts";
import type { World } from "./world.ts";

/** A program that looks once more at what has ended does not wait for that to be forgotten. */
const POLLS_BEFORE_DEADLINES = 3;

/** What a simulation starts from, at first and after each reset. */
export interface Beginning {
  /** What chance starts from. */
  readonly seed: Seed;
  /** API clients that are registered from the start, whatever the caller has said. */
  readonly clients: readonly SavedClient[];
  createClock(): Clock;
  createWorld(start: number): World;
}

/** What a simulation goes on from. */
export interface Resumption {
  readonly beginning: Beginning;
  readonly clock: Clock;
  readonly world: World;
  readonly revision: number;
  readonly pollsInVain: number;
}

/** Gives out the world, always as it is at the clock's time. */
export class Simulation {
  /** What the next reset goes back to. */
  beginning: Beginning;
  readonly #listeners = new Set<() => void>();
  #clock: Clock;
  #world: World;
  #changes = 0;
  /** How many polls in a row found nothing under way. */
  #pollsInVain = 0;

  constructor(beginning: Beginning) {
    this.beginning = beginning;
    this.#clock = beginning.createClock();
    this.#world = beginning.createWorld(this.#clock.now());
  }

  /** The world now: everything that was due has happened. */
  get world(): World {
    letTimePass(this.#world, this.#clock.now());
    return this.#world;
  }

  /** The clock, to be read; whatever changes it goes through {@linkcode Simulation.changeClock}. */
  get clock(): Clock {
    return this.#clock;
  }

  /** Grows whenever the world may have changed, and never shrinks. */
  get revision(): number {
    return this.#changes + this.world.agenda.happened;
  }

  /** Says that somebody has done something to the world. */
  touch(): void {
    this.#changes++;
    this.#pollsInVain = 0;
  }

  /**
   * Says that a program only asks how things are. Under a skipping clock time passes to what happens next, so that it
   * does not ask in vain. Where nothing is under way, that is the next deadline, but only if it goes on asking.
   */
  poll(): void {
    if (this.#clock.mode !== "skipping") return;
    letTimePass(this.#world, this.#clock.now());
    if (this.#skipTo(isUnderWay)) this.#pollsInVain = 0;
    else if (++this.#pollsInVain > POLLS_BEFORE_DEADLINES) this.#skipTo(isDeadline);
  }

  /** Lets `milliseconds` of simulated time pass at once. */
  advance(milliseconds: number): void {
    this.changeClock((clock) => clock.advance(milliseconds));
  }

  /** Changes how time passes, after what was due under the old way has happened. */
  changeClock(change: (clock: Clock) => void): void {
    this.#pollsInVain = 0;
    this.#pass(change);
  }

  /** Lets time pass to the next change of this kind; false if none is due. */
  #skipTo(isWanted: (what: Happening) => boolean): boolean {
    for (let next = this.#next(isWanted); next; next = this.#next(isWanted)) {
      const before = appearance(this.#world, next.what);
      const left = next.due - this.#clock.now();
      this.#pass((clock) => clock.advance(left));
      if (appearance(this.#world, next.what) !== before) return true;
    }
    return false;
  }

  #next(isWanted: (what: Happening) => boolean): PlannedEvent<Happening> | undefined {
    return this.#world.agenda.next(isWanted);
  }

  #pass(change: (clock: Clock) => void): void {
    letTimePass(this.#world, this.#clock.now());
    change(this.#clock);
    letTimePass(this.#world, this.#clock.now());
    this.announce();
  }

  /** How many polls in a row found nothing under way. */
  get pollsInVain(): number {
    return this.#pollsInVain;
  }

  /** Goes on as another simulation was. */
  resume({ beginning, clock, world, revision, pollsInVain }: Resumption): void {
    this.beginning = beginning;
    this.#clock = clock;
    this.#world = world;
    this.#changes = revision - world.agenda.happened;
    this.#pollsInVain = pollsInVain;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Starts again from the beginning. */
  reset(): void {
    this.#changes += this.#world.agenda.happened;
    this.#clock = this.beginning.createClock();
    this.#world = this.beginning.createWorld(this.#clock.now());
    this.#pollsInVain = 0;
    this.announce();
  }

  /** Calls `listener` after each change of the clock or of the faults, and each reset; returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells those who wait that what they wait for may have come. */
  announce(): void {
    this.#changes++;
    for (const listener of [...this.#listeners]) listener();
  }
}
