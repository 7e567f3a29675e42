/**
 * A registered API client, as a caller describes it.
 *
 * @module
 */

import type { ApiClientCredentials } from "../simulation/api_clients.ts";

/** An API client to register; what is left open is random, in the broker's own form. */
export type ApiClientOptions = { readonly [Key in keyof ApiClientCredentials]?: string | undefined };
