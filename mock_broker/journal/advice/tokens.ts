/**
 * Advice on access tokens.
 *
 * @module
 */

import { AUTHORIZED_OPERATIONS } from "../../simulation/fault_rule.ts";
import type { JournalEntry } from "../entry.ts";
import { type AdviceRule, count, finding, member, timeOf } from "./rule.ts";

/** So many tokens in a row for one call each are no coincidence. */
const TOKENS_IN_A_ROW = 3;

/** Calls that were under way together may all meet the end of their token. */
const TOGETHER_MS = 1_000;

const tokenPerCall: AdviceRule = {
  id: "token-per-call",
  title: "Asks for an access token with every call",
  why: "Each token costs a round trip and a signature, and counts against the broker's limit of requests. " +
    "A token is good for many calls, until it expires.",
  remedy: {
    withClient:
      "Make one SessionManagerClient and use it for all calls: it keeps the token and renews it in time.",
    without: "Keep the token, and ask for the next one shortly before `expires_in` is over, or after a 401.",
  },
  find(traffic) {
    const needless: JournalEntry[] = [];
    let longest: JournalEntry[] = [];
    for (const use of usesOfTokens(traffic)) {
      if (use.calls === 1 && use.isReplacedEarly) needless.push(use.token);
      else needless.length = 0;
      if (needless.length > longest.length) longest = [...needless];
    }
    // The last token of a row is no longer replaced, so that the row is longer by one than what it replaced.
    if (longest.length + 1 < TOKENS_IN_A_ROW) return undefined;
    return finding(
      longest,
      `${count(longest.length, "token")} were replaced after one call, long before their end`,
    );
  },
};

/** A token that was handed out, and what became of it. */
interface TokenUse {
  readonly token: JournalEntry;
  calls: number;
  isRefused: boolean;
  /** Whether the next token came though this one was good. */
  isReplacedEarly: boolean;
}

function usesOfTokens(traffic: readonly JournalEntry[]): TokenUse[] {
  const uses: TokenUse[] = [];
  for (const entry of traffic) {
    const last = uses.at(-1);
    if (entry.operation === "token" && entry.status === 200) {
      if (last) last.isReplacedEarly = !last.isRefused && timeOf(entry) < expiryOf(last.token);
      uses.push({ token: entry, calls: 0, isRefused: false, isReplacedEarly: false });
    } else if (last && takesToken(entry)) {
      last.calls++;
      last.isRefused ||= entry.status === 401 || entry.status === 403;
    }
  }
  return uses;
}

/** A careful program renews a token when four fifths of its time are over. */
function expiryOf(token: JournalEntry): number {
  return timeOf(token) + Number(member(token.response, "expires_in")) * 800;
}

function takesToken({ operation }: JournalEntry): boolean {
  return operation !== undefined && (AUTHORIZED_OPERATIONS as readonly string[]).includes(operation);
}

const expiredTokenUsedAgain: AdviceRule = {
  id: "expired-token-used-again",
  title: "Goes on with an access token that has expired",
  why:
    "Every call with it fails. On a real broker a program that does so stays broken until it is started again.",
  remedy: {
    withClient:
      "Pass client credentials, or a function that returns a token: a 401 then brings a fresh one, once.",
    without: "On a 401 throw the token away, ask for a new one, and send the call once more.",
  },
  find(traffic) {
    const again: JournalEntry[] = [];
    let first: JournalEntry | undefined;
    for (const entry of traffic) {
      const isExpired = entry.status === 401 && member(entry.response, "error") === "Expired token";
      if (isExpired && first && timeOf(entry) - timeOf(first) >= TOGETHER_MS) again.push(entry);
      if (isExpired) first ??= entry;
      else if (entry.operation === "token") first = undefined;
    }
    return finding(
      again,
      `${count(again.length, "call")} went out with a token that the broker had refused before`,
    );
  },
};

/** What can be said of a program's tokens. */
export const TOKEN_RULES: readonly AdviceRule[] = [tokenPerCall, expiredTokenUsedAgain];
