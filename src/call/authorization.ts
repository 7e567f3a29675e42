/**
 * How a client is authorized: with access tokens from a token endpoint or from a caller's function, with one
 * token of the caller's, or not at all.
 *
 * @module
 */

import { type AccessToken, type ClientCredentials, TOKEN } from "../credentials.ts";
import type { ClientOptions } from "../options.ts";
import { checkString } from "./checks.ts";
import { fetchToken, tokenCall, tokenEndpoint } from "./token_endpoint.ts";
import { type TokenSource, tokenSource } from "./token_source.ts";
import type { Transport } from "./transport.ts";

/** The `Authorization` header, or where the tokens for it come from. */
export function authorizationOf(
  options: ClientOptions,
  brokerUrl: string,
  transport: Transport,
): TokenSource | string | undefined {
  const { credentials, scope } = options;
  const url = tokenEndpoint(options, brokerUrl);
  if (credentials === undefined) return undefined;
  if (typeof credentials === "function") {
    return tokenSource(async (replaced, signal) => tokenOf(await credentials(replaced, signal)));
  }
  if (Object(credentials).accessToken !== undefined) {
    return `Bearer ${tokenOf(credentials as AccessToken).accessToken}`;
  }
  const call = tokenCall(url, brokerUrl, credentials as ClientCredentials, scope);
  return tokenSource((_, signal) => fetchToken(transport, call, signal));
}

function tokenOf(given: string | AccessToken): AccessToken {
  const token = typeof given === "string" ? { accessToken: given } : given;
  checkString("credentials.accessToken", Object(token).accessToken, TOKEN, "an access token");
  return token;
}
