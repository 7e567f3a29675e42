/**
 * Whether there is a control API, and for whom. The API itself is loaded when it is first used.
 *
 * @module
 */

import type { BrokerControl } from "../control/broker_control.ts";
import type { ControlOptions } from "../description/options.ts";
import type { ControlApi } from "../server/connector.ts";
import { isLoopback } from "../server/loopback.ts";
import type { ServerBindings } from "../server/server_bindings.ts";
import { isFromOtherSite, refusal } from "./guard.ts";

/** What answers requests under `/_mock`; `undefined` where nothing does. */
export function controlOf(
  broker: BrokerControl,
  option: boolean | ControlOptions | undefined,
): ControlApi | undefined {
  if (option === false) return undefined;
  const access = { remote: option !== undefined, hosts: namesOf(option) };
  let app: Promise<{ fetch: (request: Request, env: object) => Response | Promise<Response> }> | undefined;
  const isOpen = ({ hostname }: ServerBindings) =>
    access.remote || hostname === undefined || isLoopback(hostname);
  return {
    isOpen,
    admits: (request, bindings) =>
      isOpen(bindings) && !isFromOtherSite(request) && refusal(request, bindings, access) === undefined,
    async fetch(request, bindings, path) {
      app ??= import("./app.ts").then(({ createControlApp }) => createControlApp(broker, access));
      return await (await app).fetch(request, { ...bindings, path });
    },
  };
}

/** Host headers are compared in small letters. */
function namesOf(option: true | ControlOptions | undefined): string[] {
  return typeof option === "object" ? option.hosts.map((name) => name.toLowerCase()) : [];
}
