/**
 * Several worlds on one connector, told apart by a name in the URL: `/worlds/<name>` before the broker's own path.
 *
 * @module
 */

import { getPath } from "hono/utils/url";
import type { RequestHandler } from "./request_handler.ts";

/** A connector that hands on what is for another world. */
export function routeWorlds(
  connector: RequestHandler,
  worldNamed: (name: string) => RequestHandler,
): RequestHandler {
  return async (request, bindings, path = getPath(request)) => {
    const [, name, rest = "/"] = /^\/worlds\/([^/]+)(\/.*)?$/s.exec(path) ?? [];
    if (name === undefined) return await connector(request, bindings, path);
    let world: RequestHandler;
    try {
      world = worldNamed(name);
    } catch (error) {
      return Response.json({ error: (error as Error).message }, { status: 400 });
    }
    return await world(request, bindings, rest);
  };
}
