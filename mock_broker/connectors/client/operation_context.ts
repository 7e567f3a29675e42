/**
 * What an operation of the client connector works with beside its input.
 *
 * @module
 */

import type { FailItemFault } from "../../simulation/fault_rule.ts";
import type { World } from "../../simulation/world.ts";
import type { HostAddresses } from "../host_addresses.ts";
import type { ConnectionTokens } from "../connection_tokens.ts";

/** What an operation works with beside its input. */
export interface OperationContext {
  readonly world: World;
  /** Where hosts are shown to be. */
  readonly addresses: HostAddresses;
  readonly connectionTokens: ConnectionTokens;
  /** The values of the path's parameters, decoded. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The fault that strikes an item of a batch, if one does. */
  readonly faultOf: (item: object) => FailItemFault | undefined;
}
