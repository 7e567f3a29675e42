/**
 * Who may call: access tokens of the broker's own, or of an external authorization server.
 *
 * @module
 */

import { auth } from "hono/utils/basic-auth";
import type { World } from "../../simulation/world.ts";
import type { BrokerContext } from "../broker_context.ts";
import { RequestError } from "../../server/request_error.ts";

/**
 * Refuses a request without a valid access token, before anything else of it is looked at.
 *
 * @returns The API client's id, if the token is the broker's own
 */
export async function authorize(
  header: string | undefined,
  context: BrokerContext,
): Promise<string | undefined> {
  const { world } = context.simulation;
  if (!world.properties["enable-authorization"]) return undefined;
  if (!header) throw new RequestError(401, "No authorization header");
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new RequestError(401, "Invalid authorization header");
  const state = world.apiClients.checkToken(token);
  if (state === "expired") throw new RequestError(401, "Expired token");
  if (state !== "unknown") return state.clientId;
  if (!await context.authServers.accept(token, world.now)) throw new RequestError(401, "Invalid token");
  return undefined;
}

/** The API client that a request says it is from, by its token or its credentials; nothing is refused here. */
export function identify(request: Request, { apiClients }: World): string | undefined {
  const token = /^Bearer +(\S+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
  if (token === undefined) return auth(request)?.username;
  const state = apiClients.checkToken(token);
  return typeof state === "object" ? state.clientId : undefined;
}
