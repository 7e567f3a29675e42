/**
 * One cached access token, shared by all calls of a client.
 *
 * @module
 */

import type { AccessToken } from "../credentials.ts";
import { within } from "./deadline.ts";

/** A token with the times that matter, in milliseconds since the epoch. */
export interface Token {
  /** The `Authorization` header. */
  readonly authorization: string;
  /** From then on it is used while the next one is fetched. */
  refreshAt: number;
  /** From then on it is not used. */
  readonly expiresAt: number;
}

/** Where tokens come from. */
export interface TokenSource {
  /**
   * The current token, or the next one if there is none. The signal ends the wait, and the request for a token
   * if nobody else waits for it.
   */
  get(signal: AbortSignal | undefined): Token | Promise<Token>;
  /**
   * Forgets a token that the broker refused. A request that is under way is forgotten too, since the broker
   * may have lost that token with the refused one. A token that has been replaced already is left alone: so a
   * storm of refusals makes one request.
   */
  invalidate(token: Token): void;
}

/** Gets a token, in place of the last one if there was one, until nobody waits for it any more. */
export type TokenRequest = (replaced: string | undefined, signal: AbortSignal) => Promise<AccessToken>;

/** Waits for a request that is under way, until the signal. */
type Join = (signal: AbortSignal) => Promise<Token>;

/** Requests a token when one is needed, and never two at once. */
export function tokenSource(request: TokenRequest): TokenSource {
  let current: Token | undefined;
  let last: string | undefined;
  let pending: Join | undefined;

  const start = (): Join => {
    const controller = new AbortController();
    let waiting = 0;
    // Tokens end by the clock on the wall, also while a machine sleeps and its monotonic clock stands still
    const startedAt = Date.now();
    const token = request(last, controller.signal).then(({ accessToken, expiresIn = Infinity }) => {
      const life = expiresIn * 1000;
      // Refreshed from a minute before its end on, or in the last fifth of a short life
      const refreshAt = startedAt + Math.max(life - 60_000, life * 0.8);
      const token = { authorization: `Bearer ${accessToken}`, refreshAt, expiresAt: startedAt + life };
      if (pending === mine) {
        current = token;
        last = accessToken;
        pending = undefined;
      }
      return token;
    });
    const mine = (signal: AbortSignal) => {
      waiting++;
      // Also if the request fails, which ends all that wait for it
      signal.onabort = () => {
        if (--waiting) return;
        if (pending === mine) pending = undefined;
        controller.abort();
      };
      return token;
    };
    return mine;
  };

  const join = (signal: AbortSignal) => (pending ??= start())(signal);

  return {
    get(signal) {
      const token = current;
      const now = Date.now();
      if (!token || now >= token.expiresAt) return within(join, signal);
      if (now >= token.refreshAt) {
        // A failure is no caller's concern while the old token holds; the next try is halfway to its end. Where
        // nobody waits, it takes no longer than a process may take to end
        within(join, undefined, 900).catch(() => token.refreshAt = (now + token.expiresAt) / 2);
      }
      return token;
    },
    invalidate(token) {
      if (token === current) current = pending = undefined;
    },
  };
}
