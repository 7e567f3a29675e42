/**
 * The token endpoint: client credentials for an access token.
 *
 * @module
 */

import type { Context } from "hono";
import { auth } from "hono/utils/basic-auth";
import { ACCESS_TOKEN_LIFETIME } from "../../simulation/api_clients.ts";
import type { BrokerContext } from "../broker_context.ts";
import { answerJson, type ConnectorEnvironment } from "../connector_app.ts";
import { MOST_UNKNOWN_BODY_BYTES } from "../../server/request_body.ts";
import { RequestError } from "../../server/request_error.ts";

/** Answers `POST /oauth2/token`. The shape of its errors is that of RFC 6749; the broker's own is not documented. */
export async function issueToken(
  c: Context<ConnectorEnvironment>,
  { simulation }: BrokerContext,
): Promise<Response> {
  const { properties, apiClients } = simulation.world;
  if (!properties["enable-authorization-server"]) throw new RequestError(404, "Not Found");
  const { exchange } = c.env;
  const grantType = c.req.query("grant_type") ??
    new URLSearchParams(await exchange.body(MOST_UNKNOWN_BODY_BYTES)).get("grant_type");
  const basic = auth(c.req.raw);
  // Whoever mistakes the secret for the id must not find it in the journal.
  exchange.clientId = apiClients.registered(basic?.username);
  if (!basic || !apiClients.authenticate(basic.username, basic.password)) {
    return answerJson(c, { error: "invalid_client" }, 401, { "WWW-Authenticate": 'Basic realm="broker"' });
  }
  if (!grantType) return answerJson(c, { error: "invalid_request" }, 400);
  if (grantType !== "client_credentials") return answerJson(c, { error: "unsupported_grant_type" }, 400);
  const token = apiClients.issueToken(basic.username);
  const answer = { token_type: "bearer", expires_in: ACCESS_TOKEN_LIFETIME };
  return answerJson(c, { access_token: token, ...answer }, 200, { "Cache-Control": "no-store" }, answer);
}
