/**
 * Presets of faults: what really happens to brokers.
 *
 * @module
 */

import { once } from "../description/once.ts";
import { oneOf } from "../description/rules.ts";
import type { FaultRule } from "../simulation/fault_rule.ts";
import { loseSessions } from "../simulation/agents.ts";
import { awaitReport, restartBroker } from "../simulation/restart.ts";
import { NO_SERVER_FOUND } from "../simulation/session_creation.ts";
import type { World } from "../simulation/world.ts";

/**
 * Something that happens to real brokers.
 *
 * - `brokerRestart`: the broker restarts. For 20 seconds each connection is reset; after that, what the broker does
 *   not persist is lost, access tokens too, and sessions are listed again as agents report.
 * - `refusedConnections`: for 20 seconds nobody listens, and connections are refused; the world goes on.
 * - `expiredTokens`: every access token expires now; new ones can be had.
 * - `fullFleet`: until the rule is removed, no server is found for any session, not even for a queue.
 * - `justBooted`: all hosts have just booted. Their sessions are lost, and a server is listed again with its agent's
 *   first report.
 * - `flakyNetwork`: until the rules are removed, a fifth of the requests is delayed by 0.2 to 2 seconds, a tenth
 *   is reset, a twentieth answered by 503 from a proxy, and a twentieth of the answers is cut off.
 */
export type FaultPreset =
  | "brokerRestart"
  | "refusedConnections"
  | "expiredTokens"
  | "fullFleet"
  | "justBooted"
  | "flakyNetwork";

/** All presets. */
export const FAULT_PRESETS = [
  "brokerRestart",
  "refusedConnections",
  "expiredTokens",
  "fullFleet",
  "justBooted",
  "flakyNetwork",
] as const satisfies readonly FaultPreset[];

/** The rule of a preset's name. */
export const presetSchema = once(() => oneOf(...FAULT_PRESETS));

/** How long a broker is down while it restarts, in milliseconds. */
const DOWN_FOR = 20_000;

/** Lets it happen; the ids of the rules that are in force then. */
export function applyPreset(world: World, preset: FaultPreset): string[] {
  return PRESETS[preset](world).map((rule) => world.faults.add(rule));
}

const PRESETS: Readonly<Record<FaultPreset, (world: World) => FaultRule[]>> = {
  brokerRestart(world) {
    restartBroker(world);
    return [{ duration: DOWN_FOR, fault: { type: "reset" } }];
  },
  refusedConnections: () => [{ duration: DOWN_FOR, fault: { type: "reset", refused: true } }],
  expiredTokens(world) {
    world.apiClients.expireTokens();
    return [];
  },
  fullFleet: () => [{ operation: "createSessions", fault: { type: "failItem", reason: NO_SERVER_FOUND } }],
  justBooted(world) {
    for (const host of [...world.fleet.listed]) {
      loseSessions(world, host);
      awaitReport(world, host);
    }
    return [];
  },
  flakyNetwork: () => [
    { probability: 0.2, fault: { type: "delay", milliseconds: [200, 2_000] } },
    { probability: 0.1, fault: { type: "reset" } },
    { probability: 0.05, fault: { type: "status", status: 503, body: "Service Unavailable" } },
    { probability: 0.05, fault: { type: "cutOff" } },
  ],
};
