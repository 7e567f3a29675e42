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
import { validateToken } from "../token_validation.ts";
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
    const token = await validateToken(broker, form.get("authenticationToken"), form.get("sessionId") ?? "");
    const answer = "claims" in token
      ? escaped`<auth result="yes"><username>${token.claims.dcvSessionUser}</username></auth>`
      : escaped`<auth result="no"><message>Invalid authentication token</message></auth>`;
    const xml = String(await answer);
    exchange.responseText = xml;
    return c.body(xml, 200, { "Content-Type": "application/xml" });
  });
  allowOnly(app, "post", VALIDATION_PATH);
  return app;
}
