/**
 * How a client is authorized: with access tokens from a token endpoint (RFC 6749, 4.4) or from a caller's
 * function, with one token of the caller's, or not at all.
 *
 * @module
 */

import { checkString, checkUrl } from "./checks.ts";
import { type AccessToken, type ClientCredentials, TOKEN } from "../credentials.ts";
import type { ClientOptions } from "../options.ts";
import { type TokenSource, tokenSource } from "./token_source.ts";
import { type Call, send, type Transport } from "./transport.ts";
import type { TokenResponse } from "../types.ts";

/** The usual life of a token, for answers that leave it out. */
const LIFE_SECONDS = 3600;

/** The `Authorization` header, or where the tokens for it come from. */
export function authorizationOf(
  { credentials, tokenUrl, scope }: ClientOptions,
  brokerUrl: string,
  transport: Transport,
): TokenSource | string | undefined {
  const url = new URL(
    checkUrl("tokenUrl", tokenUrl ?? `${brokerUrl}/oauth2/token`, /^https?:\/\/[^@/]+\/[^#]*$/),
  );
  if (scope !== undefined) url.searchParams.set("scope", checkString("scope", scope));
  if (credentials === undefined) return undefined;
  if (typeof credentials === "function") return tokenSource(async () => tokenOf(await credentials()));
  if (Object(credentials).accessToken !== undefined) {
    return `Bearer ${tokenOf(credentials as AccessToken).accessToken}`;
  }
  const call = tokenCall(url, tokenUrl !== undefined, credentials as ClientCredentials);
  return tokenSource(async () => {
    const { access_token, expires_in } = await send<TokenResponse>(transport, call);
    return { accessToken: access_token, expiresIn: Number(expires_in) || LIFE_SECONDS };
  });
}

function tokenOf(given: string | AccessToken): AccessToken {
  const token = typeof given === "string" ? { accessToken: given } : given;
  checkString("credentials.accessToken", Object(token).accessToken, TOKEN, "an access token");
  return token;
}

/**
 * The broker and its own clients put the grant into the query, and Basic authentication takes id and secret
 * raw, not form-encoded first. Other servers look for the grant where the standard has it, in the body.
 */
function tokenCall(url: URL, external: boolean, credentials: ClientCredentials): Call {
  const { clientId, clientSecret } = Object(credentials) as ClientCredentials;
  checkString("credentials.clientId", clientId, /^[^:]+$/, "a string without a colon");
  checkString("credentials.clientSecret", clientSecret);
  if (!url.searchParams.has("grant_type")) url.searchParams.set("grant_type", "client_credentials");
  return {
    operation: "getAccessToken",
    url: url.href,
    body: external ? url.search.slice(1) : "",
    contentType: "application/x-www-form-urlencoded",
    authorization: `Basic ${base64(`${clientId}:${clientSecret}`)}`,
    secret: clientSecret,
    tokenMember: "access_token",
  };
}

/** Base64 of the UTF-8 bytes; `btoa` alone takes Latin-1 only. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
