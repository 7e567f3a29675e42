/**
 * What a caller may authenticate with.
 *
 * @module
 */

/** What `register-api-client` printed on the broker host, or a client of an external authorization server. */
export interface ClientCredentials {
  /** The client id. It cannot hold a colon, at which Basic authentication separates it from the secret. */
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
 */
export type AccessTokenProvider = () => string | AccessToken | Promise<string | AccessToken>;

/** What {@linkcode SessionManagerClient} may authenticate with. */
export type Credentials = ClientCredentials | AccessToken | AccessTokenProvider;

/** What can stand behind `Bearer` in a header. */
export const TOKEN: RegExp = /^[!-~]+$/;
