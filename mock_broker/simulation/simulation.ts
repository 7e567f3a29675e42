/**
 * A world with a clock, and the way back to its beginning.
 *
 * @module
 */

import { letTimePass } from "./passing_time.ts";
import type { ManualClock, RunningClock } from "./clock.ts";
import type { World } from "./world.ts";

/** Gives out the world, always as it is at the clock's time. */
export class Simulation {
  readonly #createClock: () => ManualClock | RunningClock;
  readonly #createWorld: (start: number) => World;
  #clock: ManualClock | RunningClock;
  #world: World;

  constructor(createClock: () => ManualClock | RunningClock, createWorld: (start: number) => World) {
    this.#createClock = createClock;
    this.#createWorld = createWorld;
    this.#clock = createClock();
    this.#world = createWorld(this.#clock.now());
  }

  /** The world now: everything that was due has happened. */
  get world(): World {
    letTimePass(this.#world, this.#clock.now());
    return this.#world;
  }

  /** Lets `milliseconds` of simulated time pass at once. */
  advance(milliseconds: number): void {
    this.#clock.advance(milliseconds);
    letTimePass(this.#world, this.#clock.now());
  }

  /** Starts again from the beginning. */
  reset(): void {
    this.#clock = this.#createClock();
    this.#world = this.#createWorld(this.#clock.now());
  }
}
