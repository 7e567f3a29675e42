/**
 * What each request of the control API comes with.
 *
 * @module
 */

import type { ServerBindings } from "../server/server_bindings.ts";

/** The environment of the control API's app. */
export interface ControlEnvironment {
  Bindings: ServerBindings & { readonly path: string };
}
