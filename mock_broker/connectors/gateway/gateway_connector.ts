/**
 * The connector for Connection Gateways, on port 8447: where a session is to be found.
 *
 * @module
 */

import type { Hono } from "hono";
import type { BrokerContext } from "../broker_context.ts";
import { allowOnly, answerJson, type ConnectorEnvironment, createConnector } from "../connector_app.ts";
import { RequestError } from "../../server/request_error.ts";

/** The broker's words when there is no such session, transport or name. */
const NO_DESTINATION = "The requested combination of transport and sessionId does not exist";

/** The app that a gateway's `[resolver]` points to; it answers only with `enable-gateway`. */
export function createGatewayConnector(broker: BrokerContext): Hono<ConnectorEnvironment> {
  const app = createConnector();
  app.post("/resolveSession", (c) => {
    const { world } = broker.simulation;
    if (!world.properties["enable-gateway"]) throw new RequestError(404, "Not Found");
    const { sessionId, transport } = c.req.query();
    if (!sessionId) throw new RequestError(400, "Missing sessionId parameter");
    if (transport !== "HTTP" && transport !== "QUIC") {
      throw new RequestError(400, `Invalid transport parameter: ${transport ?? ""}`);
    }
    const server = world.sessions.find(sessionId)?.server;
    const name = server && broker.addresses.nameOf(server, broker.dnsMappings);
    if (!server || name === undefined) throw new RequestError(404, NO_DESTINATION);
    const { port, webUrlPath } = broker.addresses.of(server);
    return answerJson(c, {
      SessionId: sessionId,
      TransportProtocol: transport,
      DcvServerEndpoint: name,
      Port: port,
      WebUrlPath: webUrlPath,
    });
  });
  allowOnly(app, "post", "/resolveSession");
  return app;
}
