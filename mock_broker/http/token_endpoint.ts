/**
 * The token endpoint: client credentials for an access token.
 *
 * @module
 */

import type { Context } from "hono";
import { auth } from "hono/utils/basic-auth";
import { ACCESS_TOKEN_LIFETIME } from "../simulation/api_clients.ts";
import type { BrokerContext } from "./broker_context.ts";
import { RequestError } from "./errors.ts";
import { readBody } from "./request_body.ts";

/** Answers `POST /oauth2/token`. The shape of its errors is that of RFC 6749; the broker's own is not documented. */
export async function issueToken(c: Context, { simulation }: BrokerContext): Promise<Response> {
  const { properties, apiClients } = simulation.world;
  if (!properties["enable-authorization-server"]) throw new RequestError(404, "Not Found");
  const grantType = c.req.query("grant_type") ?? new URLSearchParams(await readBody(c.req)).get("grant_type");
  const basic = auth(c.req.raw);
  if (!basic || !apiClients.authenticate(basic.username, basic.password)) {
    return c.json({ error: "invalid_client" }, 401, { "WWW-Authenticate": 'Basic realm="broker"' });
  }
  if (!grantType) return c.json({ error: "invalid_request" }, 400);
  if (grantType !== "client_credentials") return c.json({ error: "unsupported_grant_type" }, 400);
  const token = apiClients.issueToken(basic.username);
  const answer = { access_token: token, token_type: "bearer", expires_in: ACCESS_TOKEN_LIFETIME };
  return c.json(answer, 200, { "Cache-Control": "no-store" });
}
