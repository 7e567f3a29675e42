/**
 * Access tokens for what a client's own options do not say: an authorization server that wants client id and
 * secret in the body, and tokens that several clients share.
 *
 * @module
 */

import { refuse } from "./call/checks.ts";
import { within } from "./call/deadline.ts";
import { fetchToken, tokenCall, tokenEndpoint } from "./call/token_endpoint.ts";
import { brokerUrlOf, transportOf } from "./call/options.ts";
import type { Call } from "./call/transport.ts";
import {
  type AccessToken,
  type AccessTokenProvider,
  type ClientCredentials,
  isToken,
} from "./credentials.ts";
import type { ClientOptions } from "./options.ts";

/** An access token as it is kept: plain data, which JSON can hold. It is a secret. */
export interface CachedToken {
  /** The token, as it goes behind `Bearer`. */
  accessToken: string;
  /** The end of its life, in milliseconds since 1970. */
  expiresAt: number;
}

/**
 * Keeps access tokens for several clients, processes or machines, so that not each of them has to ask for one
 * of its own: serverless functions start often. A `Map` is one already; Redis, a KV store or a file takes two
 * short functions. If it fails or takes longer than `timeout`, the client does without it.
 */
export interface TokenCache {
  /**
   * What was kept under this key, if anything.
   *
   * @param key Tells token endpoints, client ids and scopes apart. It holds no secret.
   */
  get(key: string): CachedToken | null | undefined | Promise<CachedToken | null | undefined>;
  /**
   * Keeps a token, until `expiresAt` if it can forget.
   *
   * @param key As for `get`.
   * @param token What `get` is to give.
   */
  set(key: string, token: CachedToken): unknown;
}

/** Options for {@linkcode accessTokenProvider}: those of a client, and what it has none for. */
export interface AccessTokenOptions extends ClientOptions {
  /** Client id and secret. */
  credentials: ClientCredentials;
  /**
   * How they go to the token endpoint (RFC 6749, 2.3.1): as Basic authentication, or as `client_id` and
   * `client_secret` in the body.
   *
   * @default {"client_secret_basic"}
   */
  clientAuthentication?: "client_secret_basic" | "client_secret_post" | undefined;
  /**
   * Where tokens are shared with other clients.
   *
   * @default {nowhere: a client keeps its token to itself}
   */
  cache?: TokenCache | undefined;
}

/**
 * Gives a client its access tokens, as `credentials`: from the broker's token endpoint, or from that of an
 * external authorization server if there is a `tokenUrl`.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { accessTokenProvider, type CachedToken } from "@dcvkit/session-manager/authorization";
 *
 * const options = { brokerUrl: "https://broker:8443", fetch: exampleFetch };
 * const client = new SessionManagerClient({
 *   ...options,
 *   credentials: accessTokenProvider({
 *     ...options,
 *     tokenUrl: "https://login.example/oauth2/token",
 *     credentials: { clientId: "an id", clientSecret: "a secret" },
 *     clientAuthentication: "client_secret_post",
 *     cache: new Map<string, CachedToken>(), // in place of one that others can reach too
 *   }),
 * });
 * console.log((await client.listSessions().toArray()).length); // 0
 *
 * function exampleFetch(url: string): Promise<Response> {
 *   const token = { access_token: "a-token", token_type: "bearer", expires_in: 3600 };
 *   return Promise.resolve(Response.json(url.includes("/oauth2/token") ? token : { Sessions: [] }));
 * }
 * ```
 *
 * @param options Whose tokens, from where, and how.
 * @returns A function for {@linkcode ClientOptions.credentials}. It throws what a call of a client throws.
 * @throws {TypeError} If an option is not what it should be; what may be a secret is not shown.
 */
export function accessTokenProvider(options: AccessTokenOptions): AccessTokenProvider {
  const { credentials, scope, clientAuthentication = "client_secret_basic", cache } = options;
  if (clientAuthentication !== "client_secret_basic" && clientAuthentication !== "client_secret_post") {
    refuse("clientAuthentication", '"client_secret_basic" or "client_secret_post"', clientAuthentication);
  }
  const brokerUrl = brokerUrlOf(options);
  const transport = transportOf(options);
  const basic = tokenCall(tokenEndpoint(options, brokerUrl), brokerUrl, credentials, scope);
  const call = clientAuthentication === "client_secret_post" ? withSecretInBody(basic, credentials) : basic;
  const request = (signal: AbortSignal | undefined) => fetchToken(transport, call, signal);
  if (!cache) return (_replaced, signal) => request(signal);
  const key = `${call.url} ${new URLSearchParams({ client_id: credentials.clientId, scope: scope ?? "" })}`;
  return throughCache(cache, key, transport.timeout, request);
}

function withSecretInBody({ body = "", ...call }: Call, { clientId, clientSecret }: ClientCredentials): Call {
  const parameters = new URLSearchParams(body);
  parameters.set("client_id", clientId);
  parameters.set("client_secret", clientSecret);
  return { ...call, body: `${parameters}`, authorization: undefined };
}

/** Asks the cache first, unless it has but the token that is to be replaced. */
function throughCache(
  cache: TokenCache,
  key: string,
  timeout: number,
  request: (signal: AbortSignal | undefined) => Promise<Required<AccessToken>>,
): AccessTokenProvider {
  /** No cache is better than one that fails or hangs. */
  const unlessItFails = <T>(work: () => T) =>
    within(async () => await work(), undefined, timeout).catch(() => undefined);

  return async (replaced, signal) => {
    const startedAt = Date.now();
    const kept = await unlessItFails(() => cache.get(key));
    if (isToken(kept?.accessToken) && kept!.accessToken !== replaced && kept!.expiresAt > startedAt) {
      return { accessToken: kept!.accessToken, expiresIn: (kept!.expiresAt - startedAt) / 1000 };
    }
    const token = await request(signal);
    const { accessToken, expiresIn = 0 } = token;
    await unlessItFails(() => cache.set(key, { accessToken, expiresAt: startedAt + expiresIn * 1000 }));
    return token;
  };
}
