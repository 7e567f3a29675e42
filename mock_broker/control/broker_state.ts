/**
 * The state of a broker as a whole.
 *
 * @module
 */

import type { Journal } from "../journal/journal.ts";
import type { BrokerProperties } from "../simulation/broker_properties.ts";
import type { ActiveFault } from "../simulation/active_faults.ts";
import type { ClockControl } from "./clock_control.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { World } from "../simulation/world.ts";

/**
 * The state of a mock broker; its hosts and sessions, of which there may be many, are listed apart.
 *
 * @example
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 *
 * const broker = new MockBroker();
 * console.log(broker.state().counts.hostsByAvailability); // { AVAILABLE: 6 }
 * console.log(broker.hosts.list({ text: "research" }).total); // 2
 * console.log(broker.sessions.list({ state: "READY" }).items); // []
 * ```
 */
export interface BrokerState {
  /** Grows whenever the state may have changed. */
  readonly revision: number;
  /** The simulated time: ISO 8601. */
  readonly time: string;
  /** How time passes: see {@linkcode ClockControl}. */
  readonly clock: Pick<ClockControl, "frozen" | "skipping" | "speed">;
  /** The broker's properties, with their defaults. */
  readonly properties: BrokerProperties;
  /** How many there are of everything. */
  readonly counts: BrokerCounts;
  /** The ids of the sessions that wait for a server, in their order. */
  readonly queue: readonly string[];
  /** The fault rules in force. */
  readonly faults: readonly ActiveFault[];
}

/** How many there are of everything. */
export interface BrokerCounts {
  /** All hosts that exist. */
  readonly hosts: number;
  /** Hosts by availability: AVAILABLE, or the reason why not. */
  readonly hostsByAvailability: Readonly<Record<string, number>>;
  /** All sessions that the broker lists. */
  readonly sessions: number;
  /** Those by state. */
  readonly sessionsByState: Readonly<Record<string, number>>;
  /** Users' connections to sessions. */
  readonly connections: number;
  /** Entries in the journal. */
  readonly journalEntries: number;
}

/** Shows the state. */
export function brokerState(simulation: Simulation, journal: Journal): BrokerState {
  const { world, clock, revision } = simulation;
  return {
    revision,
    time: new Date(world.now).toISOString(),
    clock: { frozen: !clock.running, skipping: clock.mode === "skipping", speed: clock.speed },
    properties: { ...world.properties },
    counts: count(world, journal),
    queue: [...world.queue].map(({ id }) => id),
    faults: world.faults.list(),
  };
}

function count(world: World, journal: Journal): BrokerCounts {
  const hostsByAvailability: Record<string, number> = {};
  const sessionsByState: Record<string, number> = {};
  let hosts = 0;
  let connections = 0;
  for (const host of world.fleet.machines) {
    if (world.fleet.isGone(host)) continue;
    hosts++;
    increase(hostsByAvailability, host.unavailabilityReason ?? "AVAILABLE");
  }
  for (const session of world.sessions) {
    increase(sessionsByState, session.state);
    connections += session.connections.length;
  }
  return {
    hosts,
    hostsByAvailability,
    sessions: world.sessions.size,
    sessionsByState,
    connections,
    journalEntries: journal.size,
  };
}

function increase(counts: Record<string, number>, key: string): void {
  counts[key] = (counts[key] ?? 0) + 1;
}
