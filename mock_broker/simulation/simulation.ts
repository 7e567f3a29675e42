/**
 * A world with a clock, and the way back to its beginning.
 *
 * @module
 */

import { letTimePass } from "./passing_time.ts";
import type { Seed } from "./chance.ts";
import type { Clock } from "./clock.ts";
import type { World } from "./world.ts";

/** What a simulation starts from, at first and after each reset. */
export interface Beginning {
  /** What chance starts from. */
  readonly seed: Seed;
  createClock(): Clock;
  createWorld(start: number): World;
}

/** Gives out the world, always as it is at the clock's time. */
export class Simulation {
  /** What the next reset goes back to. */
  beginning: Beginning;
  readonly #listeners = new Set<() => void>();
  #clock: Clock;
  #world: World;
  #changes = 0;

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
  }

  /** Lets `milliseconds` of simulated time pass at once. */
  advance(milliseconds: number): void {
    this.changeClock((clock) => clock.advance(milliseconds));
  }

  /** Changes how time passes, after what was due under the old way has happened. */
  changeClock(change: (clock: Clock) => void): void {
    letTimePass(this.#world, this.#clock.now());
    change(this.#clock);
    letTimePass(this.#world, this.#clock.now());
    this.#announce();
  }

  /** Starts again from the beginning. */
  reset(): void {
    this.#changes += this.#world.agenda.happened;
    this.#clock = this.beginning.createClock();
    this.#world = this.beginning.createWorld(this.#clock.now());
    this.#announce();
  }

  /** Calls `listener` after each change of the clock and each reset; returns how to stop that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #announce(): void {
    this.touch();
    for (const listener of [...this.#listeners]) listener();
  }
}
