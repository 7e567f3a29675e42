/**
 * The control API under `/_mock`: whatever a program can do to a mock broker, for programs in any language.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import { z } from "zod";
import { NotFoundError } from "../control/not_found_error.ts";
import type { BrokerControl } from "../control/broker_control.ts";
import type { ServerBindings } from "../server/server_bindings.ts";
import { RequestError } from "../server/request_error.ts";
import { parseBody, readBody } from "../server/request_body.ts";
import { eventStream } from "./events.ts";
import { type ControlAccess, refusal } from "./guard.ts";
import type { ControlOperation } from "./operation.ts";
import { CONTROL_OPERATIONS } from "./operations.ts";

/** What each request comes with. */
interface ControlEnvironment {
  Bindings: ServerBindings & { readonly path: string };
}

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
    const path = operation.path.replace(/\{(\w+)\}/g, ":$1");
    app.on(operation.method, path, (c) => answer(c, broker, operation));
  }
  app.get(
    "/events",
    (c) => c.body(eventStream(broker, c.env.closing), 200, { "Content-Type": "text/event-stream" }),
  );
  let page: Promise<ConsoleApp> | undefined;
  app.all("/console/*", async (c) => {
    page ??= import("../console/app.tsx").then(({ createConsoleApp }) => createConsoleApp(broker));
    return await (await page).fetch(c.req.raw, c.env);
  });
  app.get("/openapi.yaml", async (c) => {
    const { controlOpenApiYaml } = await import("./openapi.ts");
    return c.body(controlOpenApiYaml(), 200, { "Content-Type": "application/yaml" });
  });
  return app;
}

async function answer(c: Context<ControlEnvironment>, broker: BrokerControl, operation: ControlOperation) {
  const result = await operation.handle(broker, {
    path: c.req.param(),
    query: operation.query && checkQuery(c.req.query(), operation.query),
    body: operation.body && await checkBody(c.req.raw, operation.body),
    signal: c.req.raw.signal,
  });
  return operation.response ? c.json(result as object) : c.body(null, 204);
}

function checkQuery(query: Record<string, string>, schema: z.ZodType): unknown {
  const result = schema.safeParse(query);
  if (result.success) return result.data;
  throw new RequestError(400, `Query is wrong: ${z.prettifyError(result.error)}`);
}

/** Forms that pages of other sites can send without asking are not JSON by their content type. */
async function checkBody(request: Request, { schema, required }: NonNullable<ControlOperation["body"]>) {
  const text = await readBody(request);
  if (!required && text.trim() === "") return undefined;
  if (!/^application\/json\b/i.test(request.headers.get("Content-Type") ?? "")) {
    throw new RequestError(400, "Content-Type must be application/json");
  }
  return parseBody(text, schema);
}

function statusOf(error: Error) {
  if (error instanceof RequestError) return error.status;
  if (error instanceof NotFoundError) return 404;
  return error instanceof TypeError ? 400 : 500;
}
