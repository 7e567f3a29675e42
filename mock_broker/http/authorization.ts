/**
 * Who may call: access tokens of the broker's own, or of an external authorization server.
 *
 * @module
 */

import type { JSONWebKeySet } from "jose";
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
  for (const server of context.authServers) if (await isSignedBy(server, token, world.now)) return;
  throw new RequestError(401, "Invalid token");
}

async function isSignedBy(
  server: string | { keys: JsonWebKey[] },
  token: string,
  time: number,
): Promise<boolean> {
  const { createLocalJWKSet, createRemoteJWKSet, jwtVerify } = await import("jose");
  const keys = typeof server === "string"
    ? createRemoteJWKSet(new URL(server))
    : createLocalJWKSet(server as JSONWebKeySet);
  try {
    await jwtVerify(token, keys, { currentDate: new Date(time) });
    return true;
  } catch {
    return false;
  }
}
