/**
 * Which operation a path belongs to.
 *
 * @module
 */

import type { ConnectorName } from "../journal/entry.ts";
import { OPERATION_NAMES, type OperationName } from "../simulation/fault_rule.ts";
import { OPERATIONS } from "./client/operations.ts";

/** A connector that a broker has; desktops are none of its operations. */
export type BrokerConnector = Exclude<ConnectorName, "desktop">;

const PATHS: Readonly<Record<BrokerConnector, ReadonlyMap<string, OperationName>>> = {
  client: new Map([
    ["/oauth2/token", "token"],
    ["/health", "health"],
    ...OPERATIONS.map(({ path, operationId }) => [fixedPart(path), nameOf(operationId)] as const),
  ]),
  agent: new Map([
    ["/health", "health"],
    ["/agent/validate-authentication-token", "validateAuthenticationToken"],
  ]),
  gateway: new Map([["/resolveSession", "resolveSession"]]),
};

/** The operation at a path; none where the broker has no such path. */
export function operationOf(connector: BrokerConnector, path: string): OperationName | undefined {
  const paths = PATHS[connector];
  return paths.get(path) ?? paths.get(path.slice(0, path.indexOf("/", 1) + 1));
}

/** A path up to its first parameter. */
function fixedPart(path: string): string {
  return path.replace(/\{.*$/s, "");
}

/** AWS's file begins one of its operation ids with a capital; callers know it by the client's method. */
function nameOf(operationId: string): OperationName {
  return OPERATION_NAMES.find((name) => name.toLowerCase() === operationId.toLowerCase())!;
}
