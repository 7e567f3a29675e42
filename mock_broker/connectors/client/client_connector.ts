/**
 * The connector for clients, on port 8443: the token endpoint, the nine operations, health, and their description.
 *
 * @module
 */

import type { Context, Hono } from "hono";
import type { FailItemFault } from "../../simulation/fault_rule.ts";
import type { World } from "../../simulation/world.ts";
import { authorize } from "./authorization.ts";
import type { BrokerContext } from "../broker_context.ts";
import { allowOnly, answerJson, type ConnectorEnvironment, createConnector } from "../connector_app.ts";
import { RequestError } from "../../server/request_error.ts";
import type { Exchange } from "../../server/exchange.ts";
import { namesOf } from "./item_names.ts";
import { type Operation, OPERATIONS } from "./operations.ts";
import { parseBody } from "../../server/request_body.ts";
import { issueToken } from "./token_endpoint.ts";

const OPENAPI_PATH = "/dcv-session-manager-api.yaml";

/** The app that clients talk to. */
export function createClientConnector(broker: BrokerContext): Hono<ConnectorEnvironment> {
  const app = createConnector();
  app.get("/health", (c) => c.body(null, 200));
  allowOnly(app, "get", "/health");
  app.get(OPENAPI_PATH, async (c) => {
    if (!broker.simulation.world.properties["enable-api-yaml"]) throw new RequestError(404, "Not Found");
    const { openApiYaml } = await import("./openapi.ts");
    return c.body(openApiYaml(), 200, { "Content-Type": "application/yaml" });
  });
  allowOnly(app, "get", OPENAPI_PATH);
  app.post("/oauth2/token", (c) => {
    throttle(c, broker);
    return issueToken(c, broker);
  });
  allowOnly(app, "post", "/oauth2/token");
  for (const operation of OPERATIONS) {
    const path = operation.path.replace(/\{(\w+)\}/g, ":$1");
    app.on(operation.method, path, (c) => answer(c, broker, operation));
    allowOnly(app, operation.method, path);
  }
  return app;
}

async function answer(c: Context<ConnectorEnvironment>, broker: BrokerContext, operation: Operation) {
  throttle(c, broker);
  const { exchange } = c.env;
  await authorize(c.req.header("Authorization"), broker, exchange);
  if (operation.body) exchange.requestText = await exchange.body();
  const input = operation.body && parseOperationBody(exchange.requestText!, operation.body);
  const { addresses, connectionTokens, simulation } = broker;
  if (isPoll(operation, input)) simulation.poll();
  const { world } = simulation;
  const answer = await operation.handle(input, {
    world,
    addresses,
    connectionTokens,
    parameters: pathParameters(c),
    faultOf: (item) => faultOf(item, exchange, world),
  });
  // Who tries in vain tries again.
  if (!operation.isReading && hasDoneNothing(answer)) simulation.poll();
  return answerJson(c, answer, 200, {}, operation.recorded?.(answer));
}

/** Whether a request only asks how things are. A page that continues a listing belongs to the question before. */
function isPoll({ isReading = false }: Operation, input: unknown): boolean {
  return isReading && !(input as { NextToken?: string | null } | undefined)?.NextToken;
}

function hasDoneNothing(answer: object): boolean {
  const { SuccessfulList, UnsuccessfulList } = answer as { [Name in string]?: readonly unknown[] };
  return SuccessfulList?.length === 0 && UnsuccessfulList!.length > 0;
}

/** The fault that strikes one item of a batch. */
function faultOf(item: object, exchange: Exchange, { faults }: World): FailItemFault | undefined {
  if (faults.isEmpty) return undefined;
  const { operation, clientId } = exchange;
  const strike = faults.strikeItem({ operation, clientId, items: namesOf(item) });
  if (strike) exchange.faults.push({ id: strike.id, type: strike.fault.type });
  return strike?.fault;
}

/** Hono leaves text that cannot be decoded as it is; the broker refuses it. */
function pathParameters(c: Context<ConnectorEnvironment>): Record<string, string> {
  const parameters = c.req.param();
  try {
    if (Object.keys(parameters).length > 0) decodeURIComponent(c.req.path);
    return parameters;
  } catch {
    throw new RequestError(400, "Path is not percent-encoded UTF-8");
  }
}

function parseOperationBody(text: string, { schema, required }: NonNullable<Operation["body"]>): unknown {
  if (!required && ["", "null"].includes(text.trim())) return undefined;
  return parseBody(text, schema);
}

/** The limit counts by address, and by the forwarded one where the broker sits behind a load balancer. */
function throttle(c: Context<ConnectorEnvironment>, { simulation }: BrokerContext): void {
  const { world } = simulation;
  const forwarded = world.properties["enable-throttling-forwarded-for-header"] &&
    c.req.header("X-Forwarded-For")?.split(",")[0]?.trim();
  const caller = forwarded || c.env.incoming?.socket.remoteAddress || "in process";
  const limit = world.properties["max-api-requests-per-second"];
  if (!world.throttle.admit(caller, world.now, limit)) throw new RequestError(429, "Too many requests");
}
