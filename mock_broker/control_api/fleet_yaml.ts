/**
 * A world as a fleet file: its hosts and sessions as the broker describes them now, and what else it was made with.
 *
 * @module
 */

import { stringify } from "yaml";
import { HostAddresses } from "../connectors/host_addresses.ts";
import { wireMachineOf, wireServerInShort, wireSession } from "../connectors/client/wire.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import { createSimulation } from "../description/create_simulation.ts";
import { fromJson, resumeSimulation } from "../description/saved_world.ts";
import { importFleet } from "../import/import_fleet.ts";
import { fleetFileOf } from "./fleet_file_of.ts";

/** The text of the file. */
export function fleetYaml(broker: BrokerControl): string {
  const { servers: _, sessions: __, ...rest } = fleetFileOf(broker.options);
  const settings = Object.keys(rest).length === 0 ? "" : `${stringify(rest)}\n`;
  return settings + importFleet(describe(broker));
}

/** What DescribeServers and DescribeSessions answer, asked of a copy: no request is journaled, and none is struck. */
function describe(broker: BrokerControl): object[] {
  const saved = fromJson(broker.save());
  const simulation = createSimulation({ ...saved.options, servers: [], sessions: [], faults: [] });
  resumeSimulation(simulation, { ...saved, clock: { ...saved.clock, mode: "manual" } });
  const { world } = simulation;
  const addresses = new HostAddresses();
  const hosts = [...world.fleet.machines].filter((host) => !host.terminated);
  return [
    {
      Servers: hosts.map((host) => ({
        ...wireServerInShort(host, addresses),
        ...wireMachineOf(host, { world, addresses }),
      })),
    },
    { Sessions: [...world.sessions].map((session) => wireSession(session, { world, addresses })) },
  ];
}
