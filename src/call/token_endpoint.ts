/**
 * Access tokens from a token endpoint: the broker's own, or that of an external authorization server
 * (RFC 6749, 4.4).
 *
 * @module
 */

import type { AccessToken, ClientCredentials } from "../credentials.ts";
import type { ClientOptions } from "../options.ts";
import type { TokenResponse } from "../types.ts";
import { checkLine, checkUrl } from "./checks.ts";
import { GET_ACCESS_TOKEN, TOKEN_PATH } from "./operations.ts";
import { type Call, send, type Transport } from "./transport.ts";

/** The token endpoint, checked. */
export function tokenEndpoint({ tokenUrl, scope }: ClientOptions, brokerUrl: string): URL {
  if (scope !== undefined) checkLine("scope", scope);
  return new URL(checkUrl("tokenUrl", tokenUrl ?? brokerUrl + TOKEN_PATH, /^https?:\/\/[^@/]+\/[^#]*$/));
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
  const isBrokers = url.href.split("?")[0] === brokerUrl + TOKEN_PATH;
  const { clientId, clientSecret } = Object(credentials) as ClientCredentials;
  checkLine(
    "credentials.clientId",
    clientId,
    isBrokers ? /^[^:\p{Cc}]+$/u : undefined,
    "one line without colons",
  );
  checkLine("credentials.clientSecret", clientSecret);
  const query = url.searchParams;
  const parameters = isBrokers ? query : new URLSearchParams();
  if (!query.has("grant_type")) parameters.set("grant_type", "client_credentials");
  if (scope && !query.has("scope")) parameters.set("scope", scope);
  const formEncoded = (text: string) => `${new URLSearchParams({ "": text })}`.slice(1);
  const encode = isBrokers ? String : formEncoded;
  // `btoa` alone takes Latin-1 only
  const pair = new TextEncoder().encode(`${encode(clientId)}:${encode(clientSecret)}`);
  return {
    operation: GET_ACCESS_TOKEN,
    url: url.href,
    body: isBrokers ? "" : `${parameters}`,
    contentType: "application/x-www-form-urlencoded",
    authorization: `Basic ${btoa(String.fromCharCode(...pair))}`,
    secrets: [clientSecret, encode(clientSecret)],
  };
}

/** Sends the request; an answer without a life means an hour, which is usual. */
export async function fetchToken(
  transport: Transport,
  call: Call,
  signal: AbortSignal | undefined,
): Promise<Required<AccessToken>> {
  const answer = await send<TokenResponse>(transport, { ...call, signal });
  return { accessToken: answer.access_token, expiresIn: Number(answer.expires_in) || 3600 };
}
