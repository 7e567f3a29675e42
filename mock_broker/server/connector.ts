/**
 * What the server wants of a connector, and what it lets requests meet before one.
 *
 * @module
 */

import type { ConnectorName } from "../journal/entry.ts";
import type { WritableJournal } from "../journal/journal.ts";
import type { OperationName } from "../simulation/fault_rule.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { Exchange } from "./exchange.ts";
import type { ServerBindings } from "./server_bindings.ts";
import type { TextAnswer } from "./text_answer.ts";

/** An app that translates between HTTP and the world, and what it can say of a request before it handles it. */
export interface Connector {
  readonly name: ConnectorName;
  /** Handles a request; all that is known of it on the way is in the exchange. */
  handle(request: Request, bindings: ServerBindings, exchange: Exchange): Promise<Response | TextAnswer>;
  /** The operation at a path; none where the broker has no such path. */
  operationOf(path: string): OperationName | undefined;
  /** The registered API client that a request says it is from; nothing is refused here. */
  clientOf(request: Request): string | undefined;
  /** Whether a request has valid credentials or a valid access token, or needs none. */
  isAuthentic(request: Request): Promise<boolean>;
  /** The sessions, servers and owners that a request's body names. */
  itemsIn(body: string): string[];
}

/** What stands around the connectors of a broker. */
export interface ServerContext {
  readonly simulation: Simulation;
  readonly journal: WritableJournal;
  /** Answers what is under `/_mock`; absent where that is switched off. */
  readonly control: ControlApi | undefined;
}

/** The control API, as far as the server knows it. */
export interface ControlApi {
  /** Whether there is one for requests that come this way. */
  isOpen(bindings: ServerBindings): boolean;
  /** Whether a request comes from whoever may control the world. */
  admits(request: Request, bindings: ServerBindings): boolean;
  fetch(request: Request, bindings: ServerBindings, path: string): Promise<Response>;
}
