/**
 * What the client makes of each fault, by the rules of docs/errors_and_retries.md: nothing here was copied from
 * what happened.
 *
 * @module
 */

import type { Fault } from "@dcvkit/mock-broker";

/** What the client asks for: the operations, the token endpoint and the health check. */
export const TARGETS = [
  "createSessions",
  "deleteSessions",
  "updateSessionPermissions",
  "getSessionScreenshots",
  "openServers",
  "closeServers",
  "describeSessions",
  "describeServers",
  "getSessionConnectionData",
  "token",
  "health",
] as const;

/** One of them. */
export type Target = typeof TARGETS[number];

/** Those that answer for each item. */
export const BATCHES: readonly Target[] = TARGETS.slice(0, 6);

/** Attempts of the client in all, its default. */
const MAX_ATTEMPTS = 3;

/** The reason of items that are made to fail. */
export const REASON = "No licence";

/** A fault as the rules see it. */
export interface FaultCase {
  /** As docs/faults.md calls it. */
  readonly name: string;
  readonly fault: Fault;
  /** The code of an attempt that meets it; none if the answer is good. */
  readonly code?: string;
  /**
   * What may be sent again: everything after `refused`, as the broker has not acted; all but creations after
   * `unclear`, as it may have; what has a token after `token`, once.
   */
  readonly again?: "refused" | "unclear" | "token";
  /** Whether the broker acts. */
  readonly acts: boolean;
}

/** Each fault of docs/faults.md. */
export const FAULTS: readonly FaultCase[] = [
  {
    name: "`status` 503",
    fault: { type: "status", status: 503 },
    code: "BROKER_ERROR",
    again: "unclear",
    acts: false,
  },
  {
    name: "`status` 503, handled",
    fault: { type: "status", status: 503, handled: true },
    code: "BROKER_ERROR",
    again: "unclear",
    acts: true,
  },
  { name: "`status` 400", fault: { type: "status", status: 400 }, code: "INVALID_REQUEST", acts: false },
  { name: "`delay`", fault: { type: "delay", milliseconds: 20 }, acts: true },
  { name: "`reset`", fault: { type: "reset" }, code: "NETWORK_ERROR", again: "unclear", acts: false },
  {
    name: "`reset`, handled",
    fault: { type: "reset", handled: true },
    code: "NETWORK_ERROR",
    again: "unclear",
    acts: true,
  },
  { name: "`noAnswer`", fault: { type: "noAnswer" }, code: "TIMEOUT", again: "unclear", acts: false },
  {
    name: "`noAnswer`, handled",
    fault: { type: "noAnswer", handled: true },
    code: "TIMEOUT",
    again: "unclear",
    acts: true,
  },
  { name: "`cutOff`", fault: { type: "cutOff" }, code: "NETWORK_ERROR", again: "unclear", acts: true },
  { name: "`garble`", fault: { type: "garble" }, code: "INVALID_RESPONSE", acts: true },
  { name: "`throttle`", fault: { type: "throttle" }, code: "THROTTLED", again: "refused", acts: false },
  {
    name: "`refuseToken`",
    fault: { type: "refuseToken" },
    code: "UNAUTHORIZED",
    again: "token",
    acts: false,
  },
  { name: "`failItem`", fault: { type: "failItem", reason: REASON }, acts: false },
];

/** How often a fault strikes. */
export type Strikes = "once" | "always";

/** What becomes of a call. */
export interface Outcome {
  /** The code of its error, or whether the answer is good, or good with an item that failed. */
  readonly result: string;
  /** Requests to the target on the wire. */
  readonly requests: number;
  /** Sessions that came to be. */
  readonly sessions: number;
}

/** What a call goes through on its way. */
export interface Way {
  readonly runtime: string;
  readonly fetch: "createTlsFetch()" | "global fetch";
  readonly connection: "kept" | "fresh";
}

/** Whether the mock can do that to this target. */
export function isPossible({ fault }: FaultCase, target: Target): boolean {
  if (fault.type === "failItem") return BATCHES.includes(target);
  if (fault.type === "refuseToken") return target !== "token" && target !== "health";
  if (fault.type === "cutOff" || fault.type === "garble") return target !== "health";
  return true;
}

/** The outcome of a call whose requests to the target meet the fault. */
export function expected(faultCase: FaultCase, target: Target, strikes: Strikes): Outcome {
  const { fault, acts } = faultCase;
  const code = codeOf(faultCase, target);
  const struck = requestsThatMeetIt(faultCase, target, strikes);
  const creates = target === "createSessions";
  if (code === undefined) {
    const result = fault.type === "failItem" ? "failed item" : "answer";
    return { result, requests: 1, sessions: creates && acts ? 1 : 0 };
  }
  const recovers = strikes === "once" && sentAgain(faultCase, target) > 0;
  return {
    result: recovers ? "answer" : code,
    requests: struck + (recovers ? 1 : 0),
    sessions: creates ? (acts ? struck : 0) + (recovers ? 1 : 0) : 0,
  };
}

/** The same on this way: Bun itself sends once more what HTTP allows it to (RFC 9110, 9.2.2). */
export function expectedOn(way: Way, faultCase: FaultCase, target: Target, strikes: Strikes): Outcome {
  const outcome = expected(faultCase, target, strikes);
  const resends = way.runtime === "Bun" && way.connection === "kept" &&
    faultCase.fault.type === "reset" && IDEMPOTENT.includes(target);
  // If it is struck once, that takes the place of the client's second attempt
  return resends && strikes === "always" ? { ...outcome, requests: outcome.requests + 1 } : outcome;
}

/** Those whose method, GET or PUT, is idempotent. */
const IDEMPOTENT: readonly Target[] = ["updateSessionPermissions", "getSessionConnectionData", "health"];

/** The code of an attempt: what the token endpoint refuses are credentials. */
function codeOf({ code }: FaultCase, target: Target): string | undefined {
  return target === "token" && code === "INVALID_REQUEST" ? "AUTHENTICATION_FAILED" : code;
}

function requestsThatMeetIt(faultCase: FaultCase, target: Target, strikes: Strikes): number {
  return strikes === "once" ? 1 : 1 + sentAgain(faultCase, target);
}

/** How often a request is sent again at most. */
function sentAgain({ again }: FaultCase, target: Target): number {
  if (again === "refused") return MAX_ATTEMPTS - 1;
  if (again === "unclear") return target === "createSessions" ? 0 : MAX_ATTEMPTS - 1;
  return again === "token" ? 1 : 0;
}
