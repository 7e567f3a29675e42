/**
 * What the connectors have in common: the broker's error body, for every refusal.
 *
 * @module
 */

import { type Context, Hono } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { JsonText } from "./json_text.ts";
import { RequestError } from "../server/request_error.ts";
import type { Exchange } from "../server/exchange.ts";
import type { ServerBindings } from "../server/server_bindings.ts";
import { ELSEWHERE, TextAnswer } from "../server/text_answer.ts";

/** The environment of every connector. */
export interface ConnectorEnvironment {
  Bindings: ServerBindings & { readonly exchange: Exchange };
}

/** An app without routes that answers errors as the broker does. */
export function createConnector(): Hono<ConnectorEnvironment> {
  const app = new Hono<ConnectorEnvironment>({ getPath: (_, options) => options!.env!.exchange.path });
  app.notFound((c) => answerJson(c, { error: "Not Found" }, 404));
  app.onError((error, c) => {
    if (error instanceof RequestError) return answerJson(c, { error: error.message }, error.status);
    return answerJson(c, { error: `The mock broker failed, please report it: ${error.stack}` }, 500);
  });
  return app;
}

/** Answers with JSON and lets the journal know, with `recorded` instead of the body where that holds a secret. */
export function answerJson(
  c: Context<ConnectorEnvironment>,
  body: object,
  status: ContentfulStatusCode = 200,
  headers: Record<string, string> = {},
  recorded: object = body,
): Response {
  const text = body instanceof JsonText ? body.toString() : JSON.stringify(body);
  if (recorded !== body) c.env.exchange.responseText = JSON.stringify(recorded);
  else c.env.exchange.responseText = body instanceof JsonText ? body : text;
  c.env.exchange.textAnswer = new TextAnswer(
    status,
    { "Content-Type": "application/json", ...headers },
    text,
  );
  return ELSEWHERE;
}

/** Refuses every method but this one on a path; to be called after the route itself. */
export function allowOnly(app: Hono<ConnectorEnvironment>, method: string, path: string): void {
  app.all(path, (c) => answerJson(c, { error: "Method Not Allowed" }, 405, { Allow: method.toUpperCase() }));
}
