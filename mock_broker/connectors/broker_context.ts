/**
 * What the connectors share: the simulation behind them, and what only HTTP knows of.
 *
 * @module
 */

import type { WritableJournal } from "../journal/journal.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { AuthServers } from "./client/auth_servers.ts";
import type { ConnectionTokens } from "./connection_tokens.ts";
import type { ServerBindings } from "./connector.ts";
import type { DnsMapping } from "./gateway/dns_mappings.ts";

/** The state that the three connectors of a broker work on. */
export interface BrokerContext {
  readonly simulation: Simulation;
  readonly journal: WritableJournal;
  /** Answers what is under `/_mock`; absent where that is switched off. */
  readonly control: ControlApi | undefined;
  readonly connectionTokens: ConnectionTokens;
  readonly authServers: AuthServers;
  readonly dnsMappings: readonly DnsMapping[];
}

/** The control API, as far as a connector knows it. */
export interface ControlApi {
  /** Whether there is one for requests that come this way. */
  isOpen(bindings: ServerBindings): boolean;
  fetch(request: Request, bindings: ServerBindings, path: string): Promise<Response>;
}
