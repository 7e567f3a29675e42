/**
 * Credentials from the environment, under the names that AWS's own command line `dcvsm` uses.
 *
 * @module
 */

import type { ClientOptions } from "./options.ts";

/** The part of {@linkcode ClientOptions} that the environment gives. */
export type EnvironmentOptions = Pick<ClientOptions, "credentials" | "tokenUrl">;

/**
 * Reads the variables
 *
 * - `DCV_SM_OAUTH2_TOKEN`, a ready access token, which comes first, or
 * - `DCV_SM_CLIENT_ID` and `DCV_SM_CLIENT_PASSWORD`, and
 * - `DCV_SM_AUTH_SERVER_URL`, the token endpoint of an external authorization server in full
 *
 * (Session Manager CLI guide, "Environment variables"). It throws a `TypeError` that names what is missing.
 * On Deno it needs `--allow-env`.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
 *
 * const environment = { DCV_SM_CLIENT_ID: "an id", DCV_SM_CLIENT_PASSWORD: "a secret" };
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   ...optionsFromEnvironment(environment), // the process's own without an argument
 * });
 * console.log(client.brokerUrl); // "https://broker:8443"
 * ```
 */
export function optionsFromEnvironment(
  environment: Record<string, string | undefined> = processEnvironment(),
): EnvironmentOptions {
  const {
    DCV_SM_OAUTH2_TOKEN: accessToken,
    DCV_SM_CLIENT_ID: clientId,
    DCV_SM_CLIENT_PASSWORD: clientSecret,
    DCV_SM_AUTH_SERVER_URL: tokenUrl,
  } = environment;
  if (accessToken) return { credentials: { accessToken } };
  if (!clientId || !clientSecret) {
    const missing = clientId ? "DCV_SM_CLIENT_PASSWORD" : clientSecret ? "DCV_SM_CLIENT_ID" : "both";
    throw new TypeError(
      `Set DCV_SM_CLIENT_ID and DCV_SM_CLIENT_PASSWORD, or DCV_SM_OAUTH2_TOKEN, in the environment: missing ${missing}`,
    );
  }
  return { credentials: { clientId, clientSecret }, ...tokenUrl ? { tokenUrl } : {} };
}

/** Node, Deno and Bun all have a global `process`; a browser has none. */
function processEnvironment(): Record<string, string | undefined> {
  const { process } = globalThis as { process?: { env: Record<string, string | undefined> } };
  return process?.env ?? {};
}
