/**
 * The connector for agents and DCV servers, on port 8445: validation of connection tokens, and health.
 *
 * @module
 */

import type { Hono } from "hono";
import { html as escaped } from "hono/html";
import { withoutSecrets } from "../../journal/sent_request.ts";
import { MOST_UNKNOWN_BODY_BYTES } from "../../server/request_body.ts";
import type { BrokerContext } from "../broker_context.ts";
import { allowOnly, type ConnectorEnvironment, createConnector } from "../connector_app.ts";

const VALIDATION_PATH = "/agent/validate-authentication-token";

/** The app that a DCV server's `auth-token-verifier` points to. */
export function createAgentConnector(broker: BrokerContext): Hono<ConnectorEnvironment> {
  const app = createConnector();
  app.get("/health", (c) => c.body(null, 200));
  allowOnly(app, "get", "/health");
  app.post(VALIDATION_PATH, async (c) => {
    const { exchange } = c.env;
    const text = await exchange.body(MOST_UNKNOWN_BODY_BYTES);
    const form = new URLSearchParams(text);
    exchange.requestText = withoutSecrets(text);
    const user = await validUser(broker, form.get("sessionId"), form.get("authenticationToken"));
    const answer = user === undefined
      ? escaped`<auth result="no"><message>Invalid authentication token</message></auth>`
      : escaped`<auth result="yes"><username>${user}</username></auth>`;
    exchange.responseText = String(await answer);
    return c.body(exchange.responseText, 200, { "Content-Type": "application/xml" });
  });
  allowOnly(app, "post", VALIDATION_PATH);
  return app;
}

/** The user whom a token admits to this session; a token for another session, an expired or a foreign one admits nobody. */
async function validUser(
  { simulation, connectionTokens }: BrokerContext,
  sessionId: string | null,
  token: string | null,
): Promise<string | undefined> {
  if (sessionId === null || token === null) return undefined;
  const { world } = simulation;
  const claims = await connectionTokens.verify(token, world.signingKeyId, world.now);
  return claims?.dcvSessionId === sessionId ? claims.dcvSessionUser : undefined;
}
