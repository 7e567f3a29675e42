/**
 * What a real broker tells Amazon CloudWatch of its fleet.
 *
 * @module
 */

import type { Tally } from "../journal/tallies.ts";
import type { OperationName } from "../simulation/fault_rule.ts";
import type { World } from "../simulation/world.ts";

/**
 * The metrics that a broker sends to CloudWatch with `enable-cloud-watch-metrics`, under their names there (Session
 * Manager Administrator Guide, "Integrating with Amazon CloudWatch"). Memory is left out: a simulation has no JVM.
 */
export interface FleetMetrics {
  /** Servers that the broker lists. */
  readonly "Number of DCV servers": number;
  /** Those that take sessions: the guide speaks of a state READY, for which the API has AVAILABLE. */
  readonly "Number of ready DCV servers": number;
  /** Sessions that exist; what is DELETED is listed for a while, but is none any more. */
  readonly "Number of DCV sessions": number;
  /** The console sessions among them. */
  readonly "Number of DCV console sessions": number;
  /** The virtual sessions among them. */
  readonly "Number of DCV virtual sessions": number;
  /** Mean, in milliseconds of simulated time; 0 before the first request. */
  readonly "Describe sessions request time": number;
  /** As above. */
  readonly "Delete sessions request time": number;
  /** As above. */
  readonly "Create sessions request time": number;
  /** As above. */
  readonly "Get session connection data request time": number;
  /** As above. */
  readonly "Update session permissions request time": number;
}

/** Counts what there is, and works out how long requests took. */
export function fleetMetrics(world: World, tallies: readonly Readonly<Tally>[]): FleetMetrics {
  const servers = [...world.fleet.machines];
  const sessions = [...world.sessions].filter(({ state }) => state !== "DELETED");
  return {
    "Number of DCV servers": servers.length,
    "Number of ready DCV servers":
      servers.filter(({ unavailabilityReason }) => unavailabilityReason === undefined)
        .length,
    "Number of DCV sessions": sessions.length,
    "Number of DCV console sessions": sessions.filter(({ type }) => type === "CONSOLE").length,
    "Number of DCV virtual sessions": sessions.filter(({ type }) => type === "VIRTUAL").length,
    "Describe sessions request time": meanTime(tallies, "describeSessions"),
    "Delete sessions request time": meanTime(tallies, "deleteSessions"),
    "Create sessions request time": meanTime(tallies, "createSessions"),
    "Get session connection data request time": meanTime(tallies, "getSessionConnectionData"),
    "Update session permissions request time": meanTime(tallies, "updateSessionPermissions"),
  };
}

function meanTime(tallies: readonly Readonly<Tally>[], operation: OperationName): number {
  const own = tallies.filter((tally) => tally.operation === operation);
  const count = own.reduce((sum, tally) => sum + tally.count, 0);
  const seconds = own.reduce((sum, tally) => sum + tally.seconds, 0);
  return count === 0 ? 0 : seconds * 1_000 / count;
}
