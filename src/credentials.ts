/**
 * What a caller may authenticate with.
 *
 * @module
 */

/** What `register-api-client` printed on the broker host, or a client of an external authorization server. */
export interface ClientCredentials {
  /**
   * The client id. The broker's hold no colon, at which Basic authentication separates it from the secret.
   * Neither holds a line break or another control character (RFC 7617, 2).
   */
  clientId: string;
  /** The client secret, which the broker calls client password. */
  clientSecret: string;
}

/** An access token. */
export interface AccessToken {
  /** The token, as it goes behind `Bearer`. */
  accessToken: string;
  /** Its life in seconds from now. Without it, the token is kept until the broker refuses it. */
  expiresIn?: number | undefined;
}

/**
 * Gets an access token from elsewhere; what it throws reaches the caller as it is. It is called on first use,
 * ahead of the expiry that it gave, and when the broker refused its last token; never twice at once. A string
 * is a token without an expiry.
 *
 * Behind the first call it is told the token that is to be replaced, since one that a cache still has may be
 * the one that was refused. The signal is aborted when no call waits for the token any more.
 */
export type AccessTokenProvider = (
  replaced?: string,
  signal?: AbortSignal,
) => string | AccessToken | Promise<string | AccessToken>;

/** What {@linkcode SessionManagerClient} may authenticate with. */
export type Credentials = ClientCredentials | AccessToken | AccessTokenProvider;

/** What can stand behind `Bearer` in a header. */
export const TOKEN: RegExp = /^[!-~]+$/;

/** Whether something is a token. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && TOKEN.test(value);
}
