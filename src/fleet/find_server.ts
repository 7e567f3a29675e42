/**
 * Finds servers by what their owner knows them by.
 *
 * @module
 */

import { checkString } from "../call/checks.ts";
import type { Server } from "../types.ts";
import type { FleetClient, FleetOptions } from "./client.ts";

/**
 * Finds the server that runs on an EC2 instance, which `describeServers()` cannot be asked for. A host whose name or
 * address has changed shows up twice for a while: the one that is `AVAILABLE` is preferred.
 *
 * @example Usage
 * ```ts
 * import { type FleetClient, findServerByInstanceId } from "@dcvkit/session-manager/fleet";
 *
 * // In place of a SessionManagerClient
 * const client = {
 *   async *listServers() {
 *     yield { Id: "old", Availability: "UNAVAILABLE", Host: { Aws: { EC2InstanceId: "i-1" } } };
 *     yield { Id: "new", Availability: "AVAILABLE", Host: { Aws: { EC2InstanceId: "i-1" } } };
 *   },
 * } satisfies Pick<FleetClient, "listServers">;
 *
 * const server = await findServerByInstanceId(client, "i-1");
 * console.log(server?.Id); // new
 * ```
 *
 * @param client A client of the broker.
 * @param instanceId The instance, `i-0123456789abcdef0` for instance.
 * @param options What ends it early.
 * @returns The server, or `undefined` if the broker knows of none on that instance.
 * @throws {TypeError} If the instance id is empty.
 */
export async function findServerByInstanceId(
  client: Pick<FleetClient, "listServers">,
  instanceId: string,
  options: FleetOptions = {},
): Promise<Server | undefined> {
  checkString("instanceId", instanceId);
  let found: Server | undefined;
  for await (const server of client.listServers({}, options)) {
    if (server.Host?.Aws?.EC2InstanceId !== instanceId) continue;
    if (server.Availability === "AVAILABLE") return server;
    found ??= server;
  }
  return found;
}
