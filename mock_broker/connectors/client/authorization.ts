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
 * Refuses a request without a valid access token, before anything else of it is looked at. Whose token it is, if it is
 * the broker's own, goes to the exchange, even if its time is over.
 */
export async function authorize(
  header: string | undefined,
  context: BrokerContext,
  exchange: { clientId: string | undefined },
): Promise<void> {
  const { world } = context.simulation;
  if (!world.properties["enable-authorization"]) return;
  if (!header) throw new RequestError(401, "No authorization header");
  const token = /^Bearer +(\S+)$/i.exec(header)?.[1];
  if (token === undefined) throw new RequestError(401, "Invalid authorization header");
  const issued = world.apiClients.checkToken(token);
  exchange.clientId = issued?.clientId;
  if (issued?.isExpired) throw new RequestError(401, "Expired token");
  if (issued || await context.authServers.accept(token, world.now)) return;
  throw new RequestError(401, "Invalid token");
}

/** The API client that a request says it is from, if it is registered; nothing is refused here. */
export function identify(request: Request, { apiClients }: World): string | undefined {
  const token = tokenIn(request);
  if (token === undefined) return apiClients.registered(auth(request)?.username);
  const issued = apiClients.checkToken(token);
  return issued?.isExpired ? undefined : issued?.clientId;
}

/** Whether a request has valid credentials or a valid access token, or needs none. */
export async function isAuthentic(request: Request, context: BrokerContext): Promise<boolean> {
  const { properties, apiClients, now } = context.simulation.world;
  if (!properties["enable-authorization"]) return true;
  const token = tokenIn(request);
  if (token === undefined) {
    const basic = auth(request);
    return basic !== undefined && apiClients.authenticate(basic.username, basic.password);
  }
  const issued = apiClients.checkToken(token);
  return issued ? !issued.isExpired : await context.authServers.accept(token, now);
}

function tokenIn(request: Request): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.get("Authorization") ?? "")?.[1];
}
