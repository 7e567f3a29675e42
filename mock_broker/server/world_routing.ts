/**
 * Several worlds on one connector, told apart by a name in the URL: `/worlds/<name>` before the broker's own path.
 *
 * @module
 */

import { getPath } from "hono/utils/url";
import type { Connector, ServerContext } from "./connector.ts";
import type { RequestHandler } from "./request_handler.ts";
import type { ServerBindings } from "./server_bindings.ts";

/** The worlds beside a broker's own. */
export interface Worlds {
  has(name: string): boolean;
  /** The connector of a world, which is made if there is none; a `TypeError` says why it cannot be. */
  get(name: string): RequestHandler;
  /** Whether a request may make a world. */
  mayMake(request: Request, bindings: ServerBindings): Promise<boolean>;
}

/** A connector that hands on what is for another world. */
export function routeWorlds(connector: RequestHandler, worlds: Worlds): RequestHandler {
  return async (request, bindings, path = getPath(request)) => {
    const [, name, rest = "/"] = /^\/worlds\/([^/]+)(\/.*)?$/s.exec(path) ?? [];
    if (name === undefined) return await connector(request, bindings, path);
    if (!worlds.has(name) && !await worlds.mayMake(request, bindings)) {
      const error =
        `There is no world "${name}": ask for an access token in it, or make it through the control API`;
      return Response.json({ error }, { status: 404 });
    }
    let world: RequestHandler;
    try {
      world = worlds.get(name);
    } catch (error) {
      return Response.json({ error: (error as Error).message }, { status: 400 });
    }
    return await world(request, bindings, rest);
  };
}

/**
 * Who may make a world: the program itself, whoever may control the broker, and API clients. Each world costs memory,
 * and there are only so many.
 */
export function whoMayMakeWorlds(
  client: Connector,
  { control, simulation }: ServerContext,
): Worlds["mayMake"] {
  return async (request, bindings) => {
    if (!bindings.incoming || control?.admits(request, bindings)) return true;
    return simulation.world.properties["enable-authorization"] && await client.isAuthentic(request);
  };
}
