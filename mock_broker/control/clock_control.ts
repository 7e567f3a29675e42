/**
 * Control over simulated time.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { speedSchema } from "../description/clock.ts";
import { numberFrom } from "../description/rules.ts";
import { LAST_TIME } from "../simulation/clock.ts";
import type { Simulation } from "../simulation/simulation.ts";

/**
 * Control over the clock of a mock broker.
 *
 * @example Stop a running clock, and let an hour pass
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 *
 * const broker = new MockBroker();
 * broker.clock.freeze();
 * const before = broker.clock.now.getTime();
 * broker.clock.advance(3_600_000);
 * console.log(broker.clock.now.getTime() - before); // 3600000
 * ```
 */
export interface ClockControl {
  /** The simulated time. */
  readonly now: Date;
  /** Whether it stands until it is advanced or unfrozen, as a manual clock does from the start. */
  readonly frozen: boolean;
  /** Whether it stands, and goes to what happens next whenever a program only asks how things are. */
  readonly skipping: boolean;
  /** Simulated seconds in a real one, while it is not frozen. */
  readonly speed: number;
  /**
   * Lets so many milliseconds pass at once: whatever is due happens, in order.
   *
   * @throws {TypeError} If it is not a number from 0, or leads beyond the last date there is.
   */
  advance(milliseconds: number): void;
  /**
   * Lets time pass so many times as fast as real time.
   *
   * @throws {TypeError} If it is not a positive number up to 1,000,000.
   */
  setSpeed(speed: number): void;
  /** Stops the clock. */
  freeze(): void;
  /** Lets the clock run on from where it stands. */
  unfreeze(): void;
  /** Stops the clock; from now on each poll of a program takes it to what happens next. */
  skip(): void;
}

/** Control over the clock of a simulation. */
export function clockControl(simulation: Simulation): ClockControl {
  return {
    get now() {
      return new Date(simulation.world.now);
    },
    get frozen() {
      return !simulation.clock.running;
    },
    get skipping() {
      return simulation.clock.mode === "skipping";
    },
    get speed() {
      return simulation.clock.speed;
    },
    advance(milliseconds) {
      const most = LAST_TIME - simulation.clock.now();
      simulation.advance(check("advance()", numberFrom(0, most), milliseconds, ["milliseconds"]));
    },
    setSpeed(speed) {
      const checked = check("clock.setSpeed()", speedSchema(), speed, ["speed"]);
      simulation.changeClock((clock) => clock.speed = checked);
    },
    freeze: () => simulation.changeClock((clock) => clock.mode = "manual"),
    unfreeze: () => simulation.changeClock((clock) => clock.mode = "real"),
    skip: () => simulation.changeClock((clock) => clock.mode = "skipping"),
  };
}
