/**
 * Access tokens from a token endpoint: the broker's own, or that of an external authorization server
 * (RFC 6749, 4.4).
 *
 * @module
 */

import type { AccessToken, ClientCredentials } from "../credentials.ts";
import type { ClientOptions } from "../options.ts";
import type { TokenResponse } from "../types.ts";
import { checkLine, checkString, checkUrl } from "./checks.ts";
import { GET_ACCESS_TOKEN, pathOf } from "./operations.ts";
import { type Call, send, type Transport } from "./transport.ts";

/** The usual life of a token, for answers that leave it out. */
const LIFE_SECONDS = 3600;

/** The token endpoint, checked. */
export function tokenEndpoint({ tokenUrl, scope }: ClientOptions, brokerUrl: string): URL {
  const url = checkUrl(
    "tokenUrl",
    tokenUrl ?? brokerUrl + pathOf(GET_ACCESS_TOKEN),
    /^https?:\/\/[^@/]+\/[^#]*$/,
  );
  if (scope !== undefined) checkLine("scope", scope);
  return new URL(url);
}

/**
 * The request for a token. The broker and its own clients put the grant into the query, and Basic
 * authentication takes id and secret raw. All others get what RFC 6749 says: parameters in the body (3.2),
 * none of them twice, and id and secret form-encoded (2.3.1).
 */
export function tokenCall(
  url: URL,
  brokerUrl: string,
  credentials: ClientCredentials,
  scope: string | undefined,
): Call {
  const isBrokers = url.origin + url.pathname === brokerUrl + pathOf(GET_ACCESS_TOKEN);
  const { clientId, clientSecret } = Object(credentials) as ClientCredentials;
  checkString("credentials.clientId", clientId, isBrokers ? /^[^:]+$/ : /./s, "a string without a colon");
  checkLine("credentials.clientId", clientId);
  checkLine("credentials.clientSecret", clientSecret);
  const query = url.searchParams;
  const parameters = new URLSearchParams();
  if (!query.has("grant_type")) parameters.set("grant_type", "client_credentials");
  if (scope && !query.has("scope")) parameters.set("scope", scope);
  if (isBrokers) url.search = [url.search.slice(1), parameters].filter(String).join("&");
  const encode = isBrokers ? String : formEncoded;
  return {
    operation: GET_ACCESS_TOKEN,
    url: url.href,
    body: isBrokers ? "" : `${parameters}`,
    contentType: "application/x-www-form-urlencoded",
    authorization: `Basic ${base64(`${encode(clientId)}:${encode(clientSecret)}`)}`,
    secrets: [clientSecret, encode(clientSecret)],
  };
}

/** Sends the request; an answer without a life means an hour. */
export async function fetchToken(transport: Transport, call: Call): Promise<Required<AccessToken>> {
  const { access_token, expires_in } = await send<TokenResponse>(transport, call);
  return { accessToken: access_token, expiresIn: Number(expires_in) || LIFE_SECONDS };
}

function formEncoded(text: string): string {
  return `${new URLSearchParams({ "": text })}`.slice(1);
}

/** Base64 of the UTF-8 bytes; `btoa` alone takes Latin-1 only. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
