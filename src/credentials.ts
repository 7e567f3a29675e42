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
 * Gets an access token from elsewhere. It is called on first use, ahead of the expiry that it gave, and when
 * the broker refused its last token; never twice at once. A string is a token without an expiry.
 */
export type AccessTokenProvider = () => string | AccessToken | Promise<string | AccessToken>;

/** What {@linkcode SessionManagerClient} may authenticate with. */
export type Credentials = ClientCredentials | AccessToken | AccessTokenProvider;

/** Checks the shape of credentials, without showing any of it. */
export function checkCredentials(credentials: Credentials): void {
  if (typeof credentials === "function") return;
  const { accessToken, clientId, clientSecret }: Partial<AccessToken & ClientCredentials> = Object(
    credentials,
  );
  if (accessToken !== undefined) {
    if (!isToken(accessToken)) refuse("accessToken", "without spaces", accessToken);
  } else if (clientId === undefined && clientSecret === undefined) {
    throw new TypeError(
      `"credentials" must be { clientId, clientSecret }, { accessToken } or a function: got ${typeof credentials}`,
    );
  } else {
    if (typeof clientId !== "string" || !clientId || clientId.includes(":")) {
      refuse("clientId", "without a colon", clientId);
    }
    if (typeof clientSecret !== "string" || !clientSecret) {
      refuse("clientSecret", "of any characters", clientSecret);
    }
  }
}

/** Whether a value can stand behind `Bearer` in a header. */
export function isToken(value: unknown): value is string {
  return typeof value === "string" && /^[!-~]+$/.test(value);
}

/** Says what is wrong without showing the value, which is or may be a secret. */
function refuse(name: string, rule: string, value: unknown): never {
  const found = value === "" ? "an empty string" : typeof value === "string" ? "another one" : typeof value;
  throw new TypeError(`"credentials.${name}" must be a string ${rule}, and not empty: got ${found}`);
}
