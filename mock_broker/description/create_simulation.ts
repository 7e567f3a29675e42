/**
 * From a caller's options to a simulated world.
 *
 * @module
 */

import type { BrokerProperties } from "../simulation/broker_properties.ts";
import type { SavedClient } from "../simulation/api_clients.ts";
import { Chance, randomSeed, type Seed } from "../simulation/chance.ts";
import { type Beginning, Simulation } from "../simulation/simulation.ts";
import { World } from "../simulation/world.ts";
import { brokerProperties, isGiven } from "./broker_properties.ts";
import { refusal } from "./check.ts";
import { clockMode, createClock } from "./clock.ts";
import { problemsWithOptions } from "./option_schemas.ts";
import type { MockBrokerOptions } from "./options.ts";
import { populate } from "./populate.ts";
import { settleTimings } from "./timings.ts";

/** A simulation whose world, at the start and after each reset, is what the options say. */
export function createSimulation(options: MockBrokerOptions): Simulation {
  return new Simulation(beginningOf("new MockBroker()", options, randomSeed));
}

/**
 * What the options say of the start.
 *
 * @param call What the options were given to.
 * @param otherSeed The seed if they have none.
 * @param clients Those that are registered already, instead of the ones that the options name.
 * @throws {TypeError} If an option is wrong, here or where the world is made.
 */
export function beginningOf(
  call: string,
  options: MockBrokerOptions,
  otherSeed: () => Seed,
  clients: readonly SavedClient[] = [],
): Beginning {
  const problems = problemsWithOptions(options);
  if (problems.length > 0) throw refusal(call, problems);
  const properties = simulatedProperties(options);
  const timings = settleTimings(options.timings);
  const seed = options.seed ?? otherSeed();
  return {
    seed,
    clients,
    createClock: () => createClock(options.clock),
    createWorld(start) {
      const world = new World({ start, chance: new Chance(seed), properties, timings });
      world.apiClients.resumeClients(clients);
      const problems = populate(world, options);
      if (problems.length > 0) throw refusal(call, problems);
      return world;
    },
  };
}

/** Under a clock that stands, any two requests fall into the same second: a limit has to be asked for. */
function simulatedProperties({ properties, clock }: MockBrokerOptions): BrokerProperties {
  const complete = brokerProperties(properties);
  if (clockMode(clock) === "real" || isGiven(properties, "max-api-requests-per-second")) return complete;
  return { ...complete, "max-api-requests-per-second": Infinity };
}
