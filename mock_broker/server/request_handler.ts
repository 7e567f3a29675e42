/**
 * What every request meets before a connector's app, and every answer after it: the control API, faults, and the
 * journal.
 *
 * @module
 */

import type { Hono } from "hono";
import { getPath } from "hono/utils/url";
import type { ConnectorName } from "../journal/entry.ts";
import type { OperationName } from "../simulation/fault_rule.ts";
import type { BrokenAnswer } from "./broken_answer.ts";
import type { BrokerContext } from "../connectors/broker_context.ts";
import type { ConnectorEnvironment, ServerBindings } from "../connectors/connector.ts";
import { Exchange } from "./exchange.ts";
import { answerStruck, strikesOf } from "./fault_injection.ts";
import { operationOf } from "../connectors/client/operation_paths.ts";

/** Answers a request; `path` is given where it is not the URL's. */
export type RequestHandler = (
  request: Request,
  bindings: ServerBindings,
  path?: string,
) => Promise<Response | BrokenAnswer>;

/** Operations after which the world may be another one. */
const CHANGING: ReadonlySet<OperationName | undefined> = new Set<OperationName>([
  "createSessions",
  "deleteSessions",
  "updateSessionPermissions",
  "openServers",
  "closeServers",
]);

/** A connector as requests get to it. */
export function createRequestHandler(
  connector: ConnectorName,
  app: Hono<ConnectorEnvironment>,
  broker: BrokerContext,
): RequestHandler {
  const { simulation, journal } = broker;
  return async (request, bindings, path = getPath(request)) => {
    if (connector === "client" && path.startsWith("/_mock/") && broker.control?.isOpen(bindings)) {
      return await broker.control.fetch(request, bindings, path);
    }
    const exchange = new Exchange(connector, request, path, operationOf(connector, path));
    const came = simulation.world.now;
    const record = (status: number | undefined) => {
      if (!exchange.isRecorded) journal.record(recorded(exchange, came, simulation, status));
      exchange.isRecorded = true;
    };
    const proceed = async () => {
      const response = await app.fetch(request, { ...bindings, exchange });
      if (CHANGING.has(exchange.operation)) simulation.touch();
      return response;
    };
    const strikes = simulation.world.faults.isEmpty ? [] : await strikesOf(exchange, simulation);
    if (strikes.length > 0) {
      return await answerStruck(strikes, { exchange, simulation, bindings, proceed, record });
    }
    const response = await proceed();
    record(response.status);
    return response;
  };
}

function recorded(
  exchange: Exchange,
  came: number,
  { world }: BrokerContext["simulation"],
  status: number | undefined,
) {
  const { connector, operation, method, path, clientId, requestText, responseText, faults } = exchange;
  const { url } = exchange.request;
  const question = url.indexOf("?");
  return {
    time: came,
    duration: Math.max(0, world.now - came),
    connector,
    operation,
    method,
    path,
    query: question < 0 ? "" : url.slice(question + 1),
    clientId,
    requestText,
    status,
    responseText: status === undefined ? undefined : responseText,
    faults,
  };
}
