/**
 * The connectors of a broker, as the server wants them.
 *
 * @module
 */

import type { Hono } from "hono";
import type { ConnectorName } from "../journal/entry.ts";
import type { Connector } from "../server/connector.ts";
import type { TextAnswer } from "../server/text_answer.ts";
import { createAgentConnector } from "./agent/agent_connector.ts";
import type { BrokerContext } from "./broker_context.ts";
import { identify, isAuthentic } from "./client/authorization.ts";
import { createClientConnector } from "./client/client_connector.ts";
import { namesIn } from "./client/item_names.ts";
import type { ConnectorEnvironment } from "./connector_app.ts";
import { createGatewayConnector } from "./gateway/gateway_connector.ts";
import { type BrokerConnector, operationOf } from "./operation_paths.ts";

/** The connectors of a broker, by name. */
export function createConnectors(broker: BrokerContext): Readonly<Record<ConnectorName, Connector>> {
  const connector = (name: BrokerConnector, app: Hono<ConnectorEnvironment>): Connector => ({
    name,
    handle: (request, bindings, exchange) => answerOf(app, request, { ...bindings, exchange }),
    operationOf: (path) => operationOf(name, path),
    isAuthentic: (request) => isAuthentic(request, broker),
    clientOf: (request) => identify(request, broker.simulation.world),
    itemsIn: namesIn,
  });
  return {
    client: connector("client", createClientConnector(broker)),
    agent: connector("agent", createAgentConnector(broker)),
    gateway: connector("gateway", createGatewayConnector(broker)),
    desktop: desktopConnector(broker),
  };
}

async function answerOf(
  app: Hono<ConnectorEnvironment>,
  request: Request,
  environment: ConnectorEnvironment["Bindings"],
): Promise<Response | TextAnswer> {
  const response = await app.fetch(request, environment);
  return environment.exchange.textAnswer ?? response;
}

/** Most programs never ask for it: it is loaded when one does. */
function desktopConnector(broker: BrokerContext): Connector {
  let app: Promise<Hono<ConnectorEnvironment>> | undefined;
  return {
    name: "desktop",
    async handle(request, bindings, exchange) {
      app ??= import("./desktop/desktop_connector.tsx").then(({ createDesktopConnector }) =>
        createDesktopConnector(broker)
      );
      return await answerOf(await app, request, { ...bindings, exchange });
    },
    operationOf: () => undefined,
    isAuthentic: () => Promise.resolve(false),
    clientOf: () => undefined,
    itemsIn: () => [],
  };
}
