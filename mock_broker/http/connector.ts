/**
 * What the three connectors have in common: the broker's error body, for every refusal.
 *
 * @module
 */

import { Hono } from "hono";
import { RequestError } from "./errors.ts";

/** What Node's HTTP server hands to an app with each request; absent in process. */
export interface ServerBindings {
  readonly incoming?: { readonly socket: { readonly remoteAddress?: string } };
}

/** The environment of every connector. */
export interface ConnectorEnvironment {
  Bindings: ServerBindings;
}

/** An app without routes that answers errors as the broker does. */
export function createConnector(): Hono<ConnectorEnvironment> {
  const app = new Hono<ConnectorEnvironment>();
  app.notFound((c) => c.json({ error: "Not Found" }, 404));
  app.onError((error, c) => {
    if (error instanceof RequestError) return c.json({ error: error.message }, error.status);
    return c.json({ error: `The mock broker failed, please report it: ${error.stack}` }, 500);
  });
  return app;
}

/** Refuses every method but this one on a path; to be called after the route itself. */
export function allowOnly(app: Hono<ConnectorEnvironment>, method: string, path: string): void {
  app.all(path, (c) => c.json({ error: "Method Not Allowed" }, 405, { Allow: method.toUpperCase() }));
}
