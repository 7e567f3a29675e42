/**
 * Who may call: access tokens of the broker's own, or of an external authorization server.
 *
 * @module
 */

import type { BrokerContext } from "./broker_context.ts";
import { RequestError } from "./errors.ts";

/** Refuses a request without a valid access token, before anything else of it is looked at. */
export async function authorize(header: string | undefined, context: BrokerContext): Promise<void> {
  const { world } = context.simulation;
  if (!world.properties["enable-authorization"]) return;
  if (!header) throw new RequestError(401, "No authorization header");
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new RequestError(401, "Invalid authorization header");
  const state = world.apiClients.checkToken(token);
  if (state === "expired") throw new RequestError(401, "Expired token");
  if (state !== "unknown") return;
  if (!await context.authServers.accept(token, world.now)) throw new RequestError(401, "Invalid token");
}
