/**
 * From a caller's options to a simulated world.
 *
 * @module
 */

import { checkFaultRule } from "./fault_rule_schema.ts";
import { CLOCK_MODES, type ClockOptions } from "./clock.ts";
import type { MockBrokerOptions } from "./options.ts";
import { populate } from "./populate.ts";
import { brokerProperties, isGiven } from "./broker_properties.ts";
import type { BrokerProperties } from "../simulation/broker_properties.ts";
import { randomSeed, type Seed } from "../simulation/chance.ts";
import { Clock, isSpeed, MOST_SPEED } from "../simulation/clock.ts";
import { type Beginning, Simulation } from "../simulation/simulation.ts";
import { World } from "../simulation/world.ts";
import { settleTimings } from "./timings.ts";

/** Where a manual clock starts, so that two runs of a test see the same times. */
const MANUAL_START = Date.UTC(2026, 0, 1);

/** A simulation whose world, at the start and after each reset, is what the options say. */
export function createSimulation(options: MockBrokerOptions): Simulation {
  return new Simulation(beginningOf(options, checkSeed(options.seed) ?? randomSeed()));
}

/** What the options say of the start. */
export function beginningOf(options: MockBrokerOptions, seed: Seed): Beginning {
  const clock = clockOptions(options.clock);
  const properties = simulatedProperties(options, clock);
  const timings = settleTimings(options.timings);
  const faults = (options.faults ?? []).map(checkFaultRule);
  return {
    seed,
    createClock: () => createClock(clock),
    createWorld(start) {
      const world = new World({ start, seed, properties, timings });
      populate(world, options);
      for (const rule of faults) world.faults.add(rule);
      return world;
    },
  };
}

/** Under a clock that stands, any two requests fall into the same second: a limit has to be asked for. */
function simulatedProperties({ properties }: MockBrokerOptions, clock: ClockOptions): BrokerProperties {
  const complete = brokerProperties(properties);
  if (clock.mode === "real" || isGiven(properties, "max-api-requests-per-second")) return complete;
  return { ...complete, "max-api-requests-per-second": Infinity };
}

function clockOptions(clock: MockBrokerOptions["clock"] = {}): ClockOptions {
  const options = typeof clock === "string" ? { mode: clock } : clock;
  const { mode = "real", speed = 1, start } = options;
  if (!CLOCK_MODES.includes(mode)) {
    throw new TypeError(`Option "clock" must be one of ${CLOCK_MODES.join(", ")}: ${mode}`);
  }
  if (!isSpeed(speed)) {
    throw new TypeError(`Option "clock.speed" must be a positive number up to ${MOST_SPEED}: ${speed}`);
  }
  if (start && Number.isNaN(start.getTime())) {
    throw new TypeError(`Option "clock.start" is not a date: ${start}`);
  }
  return { mode, speed, start };
}

function createClock({ mode = "real", start, speed }: ClockOptions): Clock {
  const standard = mode === "real" ? Date.now() : MANUAL_START;
  return new Clock(start?.getTime() ?? standard, { speed, mode });
}

/** The seed, if it is one. */
export function checkSeed(seed: number | undefined): number | undefined {
  if (seed === undefined || Number.isInteger(seed)) return seed;
  throw new TypeError(`Option "seed" must be a whole number: ${seed}`);
}
