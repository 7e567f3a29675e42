/**
 * What the connectors share: the simulation behind them, and what only HTTP knows of.
 *
 * @module
 */

import type { DnsMapping } from "../description/dns_mapping.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { AuthServers } from "./client/auth_servers.ts";
import type { ConnectionTokens } from "./connection_tokens.ts";
import type { HostAddresses } from "./host_addresses.ts";

/** The state that the three connectors of a broker work on. */
export interface BrokerContext {
  readonly simulation: Simulation;
  readonly connectionTokens: ConnectionTokens;
  readonly authServers: AuthServers;
  /** Where hosts are shown to be. */
  readonly addresses: HostAddresses;
  readonly dnsMappings: readonly DnsMapping[];
}
