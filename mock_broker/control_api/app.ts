/**
 * The control API under `/_mock`: whatever a program can do to a mock broker, for programs in any language.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { NotFoundError } from "../control/not_found_error.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import { RequestError } from "../server/request_error.ts";
import { answerEvents } from "./events.ts";
import { type ControlAccess, refusal } from "./guard.ts";
import type { ControlEnvironment } from "./environment.ts";
import type { ControlOperation } from "./operation.ts";
import { CONTROL_OPERATIONS } from "./operations.ts";

/** The page, which most programs never ask for. */
type ConsoleApp = ReturnType<typeof import("../console/app.tsx").createConsoleApp>;

/** The app that answers what is under `/_mock`. */
export function createControlApp(broker: BrokerControl, access: ControlAccess): Hono<ControlEnvironment> {
  const app = new Hono<ControlEnvironment>({ getPath: (_, options) => options!.env!.path }).basePath(
    "/_mock",
  );
  app.notFound((c) => c.json({ error: "Not Found" }, 404));
  app.onError((error, c) => c.json({ error: error.message }, statusOf(error)));
  app.use(async (c, next) => {
    const reason = refusal(c.req.raw, c.env, access);
    if (reason !== undefined) return c.json({ error: reason }, 403);
    await next();
    c.header("Cache-Control", "no-store");
  });
  for (const operation of CONTROL_OPERATIONS) {
    app.on(operation.method, routeOf(operation), (c) => answer(c, broker, operation));
  }
  app.get("/events", (c) => answerEvents(c, broker));
  let page: Promise<ConsoleApp> | undefined;
  app.all("/console/*", async (c) => {
    page ??= import("../console/app.tsx").then(({ createConsoleApp }) => createConsoleApp(broker));
    return await (await page).fetch(c.req.raw, c.env);
  });
  app.get("/openapi.yaml", async (c) => {
    const { controlOpenApiYaml } = await import("./openapi.ts");
    return c.body(controlOpenApiYaml(), 200, { "Content-Type": "application/yaml" });
  });
  app.get("/fleet.yaml", async (c) => {
    const { fleetYaml } = await import("./fleet_yaml.ts");
    return c.body(fleetYaml(broker), 200, { "Content-Type": "application/yaml" });
  });
  app.get("/metrics", async (c) => {
    const { metricsText, METRICS_CONTENT_TYPE } = await import("./metrics.ts");
    return c.body(await metricsText(broker), 200, { "Content-Type": METRICS_CONTENT_TYPE });
  });
  for (const [route, methods] of allowedMethods()) {
    app.all(route, (c) => c.json({ error: "Method Not Allowed" }, 405, { Allow: methods.join(", ") }));
  }
  return app;
}

function routeOf({ path }: ControlOperation): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

/** Which methods each route takes. */
function allowedMethods(): Map<string, string[]> {
  const methods = new Map([["/events", ["GET"]], ["/openapi.yaml", ["GET"]], ["/metrics", ["GET"]], [
    "/fleet.yaml",
    ["GET"],
  ]]);
  for (const operation of CONTROL_OPERATIONS) {
    const route = routeOf(operation);
    methods.set(route, [...methods.get(route) ?? [], operation.method.toUpperCase()]);
  }
  return methods;
}

async function answer(c: Context<ControlEnvironment>, broker: BrokerControl, operation: ControlOperation) {
  const request = {
    parameters: c.req.param(),
    query: c.req.query(),
    raw: c.req.raw,
    shutDown: c.env.shutDown,
  };
  const answer = await operation.answer(broker, request);
  return operation.response ? c.json(answer) : c.body(null, 204);
}

function statusOf(error: Error) {
  if (error instanceof RequestError) return error.status;
  if (error instanceof NotFoundError) return 404;
  return error instanceof TypeError ? 400 : 500;
}
