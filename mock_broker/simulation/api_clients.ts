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

/** Clients by id, and tokens by their digest, so that no comparison stops at the first wrong character. */
export class ApiClients {
  /** The secrets themselves, to be recognized where they do not belong. */
  readonly #secrets: string[] = [];
  readonly #secretDigests = new Map<string, Buffer>();
  readonly #tokens = new Map<string, { clientId: string; expires: number }>();
  readonly #chance: Chance;
  readonly #agenda: Agenda<Happening>;
  #first: ApiClientCredentials | undefined;

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
    if (this.#secretDigests.has(clientId)) {
      throw new TypeError(`Client id is registered already: "${clientId}"`);
    }
    this.#secretDigests.set(clientId, digest(clientSecret));
    this.#secrets.push(clientSecret);
    this.#first ??= { clientId, clientSecret };
    return { clientId, clientSecret };
  }

  /** The secrets of all clients. */
  get secrets(): readonly string[] {
    return this.#secrets;
  }

  /** The client that was registered first. */
  get first(): ApiClientCredentials {
    if (!this.#first) throw new Error("No API client is registered");
    return this.#first;
  }

  /** This id, if a client is registered under it. */
  registered(clientId: string | undefined): string | undefined {
    return clientId !== undefined && this.#secretDigests.has(clientId) ? clientId : undefined;
  }

  authenticate(clientId: string, clientSecret: string): boolean {
    const expected = this.#secretDigests.get(clientId) ?? NO_DIGEST;
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

  /** What a token says; `undefined` if the broker does not know it. */
  forgetToken(digest: string): void {
    this.#tokens.delete(digest);
  }

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
