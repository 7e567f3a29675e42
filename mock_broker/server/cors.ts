/**
 * Calls from web pages. A real broker takes none, because it sends no CORS headers: pages reach it through a proxy that
 * does, and this stands for such a proxy.
 *
 * @module
 */

import { Hono } from "hono";
import { cors } from "hono/cors";
import { getPath } from "hono/utils/url";
import { BrokenAnswer } from "./broken_answer.ts";
import type { RequestHandler } from "./request_handler.ts";
import { TextAnswer } from "./text_answer.ts";

/** A connector whose answers may be read by web pages of this origin, `*` for any. The control API stays closed. */
export function allowOrigin(origin: string, connector: RequestHandler): RequestHandler {
  const app = new Hono<{ Bindings: { answer: Response } }>();
  app.use(cors({ origin, exposeHeaders: ["Retry-After"] }));
  app.all("*", (c) => c.env.answer);
  return async (request, bindings, path = getPath(request)) => {
    if (/^(\/worlds\/[^/]+)?\/_mock(\/|$)/.test(path)) return await connector(request, bindings, path);
    if (request.method === "OPTIONS") return await app.fetch(request);
    const answer = await connector(request, bindings, path);
    if (answer instanceof BrokenAnswer) return answer;
    const response = answer instanceof TextAnswer ? answer.toResponse(request.method) : answer;
    return await app.fetch(request, { answer: response });
  };
}
