/**
 * Where a client's access tokens come from: the token endpoint (RFC 6749, 4.4), a caller's function, or the
 * caller.
 *
 * @module
 */

import { checkString, checkUrl } from "./checks.ts";
import type { AccessToken, AccessTokenProvider, ClientCredentials } from "./credentials.ts";
import { checkCredentials, isToken } from "./credentials.ts";
import { SessionManagerError } from "./errors.ts";
import type { ClientOptions } from "./options.ts";
import { TokenSource } from "./token_source.ts";
import { send, type Transport } from "./transport.ts";
import type { TokenResponse } from "./types.ts";

const OPERATION = "getAccessToken";

/** The usual life of a token, for answers that leave it out. */
const LIFE_SECONDS = 3600;

/** What gives the tokens for these credentials; nothing without any. */
export function tokenSourceOf(
  { credentials, tokenUrl, scope }: ClientOptions,
  brokerUrl: string,
  transport: Transport,
): TokenSource | undefined {
  const url = checkUrl("tokenUrl", tokenUrl ?? `${brokerUrl}/oauth2/token`);
  if (scope !== undefined) checkString("scope", scope);
  if (credentials === undefined) return undefined;
  checkCredentials(credentials);
  if (typeof credentials === "function") return new TokenSource(() => provide(credentials));
  if ("accessToken" in credentials) return new TokenSource(credentials);
  if (!url.searchParams.has("grant_type")) url.searchParams.set("grant_type", "client_credentials");
  if (scope !== undefined) url.searchParams.set("scope", scope);
  return new TokenSource(() => requestToken(transport, url, tokenUrl !== undefined, credentials));
}

/**
 * The broker and its own clients put the grant into the query, and Basic authentication takes id and secret
 * raw, not form-encoded first. Other servers look for the grant where the standard has it, in the body.
 */
async function requestToken(
  transport: Transport,
  url: URL,
  external: boolean,
  { clientId, clientSecret }: ClientCredentials,
): Promise<AccessToken> {
  const basic = base64(`${clientId}:${clientSecret}`);
  const answer = await send<TokenResponse>(transport, {
    operation: OPERATION,
    method: "POST",
    url: url.href,
    body: external ? url.search.slice(1) : undefined,
    contentType: "application/x-www-form-urlencoded",
    authorization: `Basic ${basic}`,
    secrets: [basic, clientSecret],
    idempotent: true,
    tokenMember: "access_token",
  });
  const life = Number(answer.expires_in ?? LIFE_SECONDS);
  return { accessToken: answer.access_token, expiresIn: life >= 0 ? life : LIFE_SECONDS };
}

async function provide(provider: AccessTokenProvider): Promise<AccessToken> {
  const failure = "Cannot get an access token: the function that was given as credentials";
  const details = { code: "AUTHENTICATION_FAILED", operation: OPERATION };
  let given: string | AccessToken;
  try {
    given = await provider();
  } catch (cause) {
    throw new SessionManagerError(`${failure} failed`, { ...details, cause });
  }
  const token = typeof given === "string" ? { accessToken: given } : given;
  if (isToken(token?.accessToken)) return token;
  throw new SessionManagerError(`${failure} returned none`, details);
}

/** Base64 of the UTF-8 bytes; `btoa` alone takes Latin-1 only. */
function base64(text: string): string {
  return btoa(String.fromCharCode(...new TextEncoder().encode(text)));
}
