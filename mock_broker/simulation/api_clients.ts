/**
 * The API clients that are registered with the broker, and the access tokens that they hold.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash, timingSafeEqual } from "node:crypto";
import type { Agenda } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import type { Happening } from "./happening.ts";

/** What the broker's `register-api-client` prints. */
export interface ApiClientCredentials {
  /** `client-id`: a UUID. */
  readonly clientId: string;
  /** `client-password`: base64 text. */
  readonly clientSecret: string;
}

/** How long an access token is valid, in seconds. The broker's own value is not documented; 3600 is a guess. */
export const ACCESS_TOKEN_LIFETIME = 3600;

/** What is known of an access token. */
export interface TokenState {
  readonly clientId: string;
  readonly isExpired: boolean;
}

/** A client as it is saved. */
export interface SavedClient {
  readonly clientId: string;
  /** SHA-256, base64. */
  readonly secretDigest: string;
  /** Absent where no secret may be told. */
  readonly clientSecret?: string | undefined;
}

/** An access token as it is saved. */
export interface SavedToken {
  /** SHA-256, base64. */
  readonly digest: string;
  readonly clientId: string;
  readonly expires: number;
}

/** A client whose secret the broker can check, but does not have. */
class UnknownSecret implements ApiClientCredentials {
  readonly clientId: string;

  constructor(clientId: string) {
    this.clientId = clientId;
  }

  get clientSecret(): string {
    throw new TypeError(
      `The saved world has no secret of client ${this.clientId}: save it with { secrets: true }, or load it with ` +
        "{ clients: [{ clientId, clientSecret }] }",
    );
  }
}

interface RegisteredClient {
  readonly secretDigest: Buffer;
  /** `undefined` where the world was saved without secrets. */
  readonly clientSecret: string | undefined;
}

/** Clients by id, and tokens by their digest, so that no comparison stops at the first wrong character. */
export class ApiClients {
  readonly #clients = new Map<string, RegisteredClient>();
  readonly #tokens = new Map<string, { clientId: string; expires: number }>();
  readonly #chance: Chance;
  readonly #agenda: Agenda<Happening>;

  constructor(chance: Chance, agenda: Agenda<Happening>) {
    this.#chance = chance;
    this.#agenda = agenda;
  }

  /** Registers a client, with an id and a secret of the broker's own form where none are given. */
  register(
    given: { readonly [Key in keyof ApiClientCredentials]?: string | undefined },
  ): ApiClientCredentials {
    const clientId = given.clientId ?? this.#chance.credentials.uuid();
    const clientSecret = given.clientSecret ?? btoa(this.#chance.credentials.uuid());
    if (this.#clients.has(clientId)) {
      throw new TypeError(`Client id is registered already: "${clientId}"`);
    }
    this.#clients.set(clientId, { secretDigest: digest(clientSecret), clientSecret });
    return { clientId, clientSecret };
  }

  get isEmpty(): boolean {
    return this.#clients.size === 0;
  }

  /** The secrets that are known, to be recognized where they do not belong. */
  get secrets(): readonly string[] {
    return [...this.#clients.values()].flatMap(({ clientSecret }) => clientSecret ?? []);
  }

  /** The credentials of all clients, in the order in which they were registered. */
  get all(): ApiClientCredentials[] {
    return [...this.#clients].map(([clientId, { clientSecret }]) =>
      clientSecret === undefined ? new UnknownSecret(clientId) : { clientId, clientSecret }
    );
  }

  /** The client that was registered first. */
  get first(): ApiClientCredentials {
    const [first] = this.all;
    if (!first) throw new Error("No API client is registered");
    return first;
  }

  /** This id, if a client is registered under it. */
  registered(clientId: string | undefined): string | undefined {
    return clientId !== undefined && this.#clients.has(clientId) ? clientId : undefined;
  }

  authenticate(clientId: string, clientSecret: string): boolean {
    const expected = this.#clients.get(clientId)?.secretDigest ?? NO_DIGEST;
    return timingSafeEqual(digest(clientSecret), expected);
  }

  /** Issues an access token: opaque, valid for {@linkcode ACCESS_TOKEN_LIFETIME}. */
  issueToken(clientId: string): string {
    const token = this.#chance.accessTokens.bytes().toString("base64url");
    const key = tokenKey(token);
    this.#tokens.set(key, { clientId, expires: this.#agenda.now + ACCESS_TOKEN_LIFETIME * 1000 });
    // An expired token is told apart from an unknown one for as long again as it was valid.
    this.#agenda.after(2 * ACCESS_TOKEN_LIFETIME * 1000, { kind: "tokenForgotten", digest: key });
    return token;
  }

  /** Makes a token unknown that has long expired. */
  forgetToken(digest: string): void {
    this.#tokens.delete(digest);
  }

  /** The clients in the order in which they were registered. */
  saveClients(withSecrets: boolean): SavedClient[] {
    return [...this.#clients].map(([clientId, { secretDigest, clientSecret }]) => ({
      clientId,
      secretDigest: secretDigest.toString("base64"),
      ...(withSecrets && { clientSecret }),
    }));
  }

  /** The tokens that are not forgotten. */
  saveTokens(): SavedToken[] {
    return [...this.#tokens].map(([digest, token]) => ({ digest, ...token }));
  }

  /** Registers clients that were registered before; of some only the digest of the secret may be known. */
  resumeClients(clients: readonly SavedClient[]): void {
    for (const { clientId, secretDigest, clientSecret } of clients) {
      this.#clients.set(clientId, { secretDigest: Buffer.from(secretDigest, "base64"), clientSecret });
    }
  }

  resumeTokens(tokens: readonly SavedToken[]): void {
    for (const { digest, clientId, expires } of tokens) this.#tokens.set(digest, { clientId, expires });
  }

  /** What a token says; `undefined` if the broker does not know it. */
  checkToken(token: string): TokenState | undefined {
    const issued = this.#tokens.get(tokenKey(token));
    return issued && { clientId: issued.clientId, isExpired: issued.expires <= this.#agenda.now };
  }

  /** Lets every token expire now. */
  expireTokens(): void {
    for (const token of this.#tokens.values()) token.expires = this.#agenda.now;
  }

  /** Makes every token unknown, as a new key pair does. */
  revokeTokens(): void {
    this.#tokens.clear();
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function tokenKey(token: string): string {
  return createHash("sha256").update(token).digest("base64");
}

/** No text has this digest: a client that is not registered fails in the same time as a wrong secret. */
const NO_DIGEST = Buffer.alloc(32);
