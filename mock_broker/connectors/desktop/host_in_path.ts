/**
 * Which DCV server a path leads to.
 *
 * @module
 */

import type { Host } from "../../simulation/host.ts";
import type { BrokerContext } from "../broker_context.ts";

/** The host whose name a path begins with; none in a gateway's form, where the session says it. */
export function hostIn(path: string, { simulation }: Pick<BrokerContext, "simulation">): Host | undefined {
  const [, first = ""] = path.split("/");
  try {
    return simulation.world.fleet.withHostname(decodeURIComponent(first));
  } catch {
    return undefined;
  }
}
