/**
 * One cached access token, shared by all calls of a client.
 *
 * @module
 */

import type { AccessToken } from "./credentials.ts";
import { abortable } from "./deadline.ts";

/** How long before its expiry a token is refreshed at the earliest: a minute, or a fifth of a short life. */
const REFRESH_MARGIN_MS = 60_000;
const REFRESH_MARGIN_SHARE = 0.2;

/** A token with the times that matter, in milliseconds since the epoch. */
export interface Token {
  /** As it goes behind `Bearer`. */
  readonly value: string;
  /** From then on it is used while the next one is fetched. */
  refreshAt: number;
  /** From then on it is not used. */
  readonly expiresAt: number;
}

/** Fetches a token when one is needed, and never two at once. */
export class TokenSource {
  readonly #request: (() => Promise<AccessToken>) | undefined;
  #current: Token | undefined;
  #pending: Promise<Token> | undefined;

  /** Takes a token that cannot be renewed, or what requests one. */
  constructor(source: AccessToken | (() => Promise<AccessToken>)) {
    if (typeof source === "function") this.#request = source;
    else this.#current = tokenOf({ accessToken: source.accessToken }, Date.now());
  }

  /**
   * The current token, or the next one if there is none. The signal ends the wait, not the request for a
   * token.
   */
  get(signal: AbortSignal | undefined): Token | Promise<Token> {
    const token = this.#current;
    const now = Date.now();
    if (!token || now >= token.expiresAt) return abortable(this.#refresh(), signal);
    if (now >= token.refreshAt && !this.#pending) this.#refreshAhead(token);
    return token;
  }

  /**
   * Forgets a token that the broker refused, and says whether another can be had. A request for a token that
   * is under way is forgotten too, since the broker may have lost that token with the refused one. If the
   * token has been replaced already, nothing is left to do: so a storm of refusals makes one request.
   */
  invalidate(token: Token): boolean {
    if (!this.#request) return false;
    if (token === this.#current) this.#current = this.#pending = undefined;
    return true;
  }

  #refresh(): Promise<Token> {
    if (this.#pending) return this.#pending;
    const startedAt = Date.now();
    const pending: Promise<Token> = this.#request!().then((answer) => {
      const token = tokenOf(answer, startedAt);
      if (this.#pending === pending) this.#current = token;
      return token;
    }).finally(() => {
      if (this.#pending === pending) this.#pending = undefined;
    });
    pending.catch(() => {}); // Everyone who waits may have been aborted, and then no one else handles it
    return this.#pending = pending;
  }

  /** A failure is not the caller's concern while the old token holds; the next try is halfway to its end. */
  #refreshAhead(token: Token): void {
    this.#refresh().catch(() => token.refreshAt = (Date.now() + token.expiresAt) / 2);
  }
}

function tokenOf({ accessToken, expiresIn }: AccessToken, startedAt: number): Token {
  const life = (expiresIn ?? Infinity) * 1000;
  const expiresAt = startedAt + life;
  return {
    value: accessToken,
    refreshAt: expiresAt - Math.min(REFRESH_MARGIN_MS, life * REFRESH_MARGIN_SHARE),
    expiresAt,
  };
}
