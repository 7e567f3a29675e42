/**
 * Advice on what is sent again and again.
 *
 * @module
 */

import type { JournalEntry } from "../entry.ts";
import { type AdviceRule, count, finding, itemsOf, member, requestsFor, timeOf } from "./rule.ts";

/** So many times the same failure says that nobody has read it. */
const FAILURES_IN_A_ROW = 3;

/** So many answers without news, one after the other, say that the program asks faster than anything can change. */
const POLLS_IN_A_ROW = 10;

/** Sessions take seconds from state to state. */
const SHORTEST_SENSIBLE_INTERVAL_MS = 500;

/** Room on a host comes and goes, so that trying again is what a careful program does. */
const NO_ROOM = /^No DCV server found/;

const creationSentAgain: AdviceRule = {
  id: "creation-sent-again",
  title: "Sends a creation again though the first may have succeeded",
  why:
    "An answer that was lost, or a 5xx, does not say whether the broker created the session. Sent again, there are " +
    "two, and the first one is nobody's.",
  remedy: {
    withClient:
      "createSession() is never sent twice once the broker may have it; findOrCreateSession() of ./sessions " +
      "looks first.",
    without: "After an unclear failure list the owner's sessions, and create only what is not there.",
  },
  find(traffic) {
    const again: JournalEntry[] = [];
    let unclear = new Map<string, JournalEntry>();
    for (const entry of requestsFor(traffic, "createSessions", "describeSessions")) {
      if (entry.operation === "describeSessions") unclear = new Map();
      else {
        const items = itemsOf(entry).map(nameOfCreation);
        const repeated = items.map((item) => unclear.get(item)).find((first) => first !== undefined);
        if (repeated) again.push(repeated, entry);
        for (const item of items) if (isUnclear(entry)) unclear.set(item, entry);
      }
    }
    const entries = [...new Set(again)];
    return finding(
      entries,
      `${count(entries.length, "request")} for the same session, of which some had no clear answer`,
    );
  },
};

function nameOfCreation({ Name, Owner, Type }: Record<string, unknown>): string {
  return JSON.stringify([Name, Owner, String(Type).toUpperCase()]);
}

/** An answer that the broker gave may not have reached its caller whole. */
function isUnclear({ status, faultTypes }: JournalEntry): boolean {
  if (status === undefined || status === 408 || status >= 500) return true;
  return faultTypes.includes("cutOff") || faultTypes.includes("garble");
}

const itemFailingAgain: AdviceRule = {
  id: "item-failing-again",
  title: "Does not look at the failures of a batch",
  why:
    "A batch answers 200 even if every item failed; what failed stands in UnsuccessfulList. Sent again unchanged, " +
    "the item fails again.",
  remedy: {
    withClient: "Pass the answer to allSuccessful(), which throws an error with the reason of each item.",
    without: "Read UnsuccessfulList of every batch, and act on the reasons.",
  },
  find(traffic) {
    const failures = new Map<string, Failure[]>();
    for (const entry of traffic) {
      for (const item of entry.outcomes?.succeeded ?? []) failures.delete(item);
      for (const { item, reason } of entry.outcomes?.failed ?? []) {
        if (NO_ROOM.test(reason)) continue;
        const known = failures.get(item) ?? [];
        failures.set(item, known);
        const same = known.find((failure) =>
          failure.operation === entry.operation && failure.reason === reason
        );
        if (same) same.entries.push(entry);
        else known.push({ operation: entry.operation, reason, item, entries: [entry] });
      }
    }
    const [worst] = [...failures.values()].flat().sort((a, b) => b.entries.length - a.entries.length);
    if (!worst || worst.entries.length < FAILURES_IN_A_ROW) return undefined;
    const { operation, item, reason, entries } = worst;
    return finding(entries, `${operation} of "${item}" failed ${entries.length} times: ${reason}`);
  },
};

/** What became of an item that fails. */
interface Failure {
  readonly operation: JournalEntry["operation"];
  readonly item: string;
  readonly reason: string;
  readonly entries: JournalEntry[];
}

const pollingTooFast: AdviceRule = {
  id: "polling-too-fast",
  title: "Polls faster than states change",
  why:
    "A session takes seconds to become READY or to end. Polls in between bring nothing new, and a broker throttles " +
    "a caller that sends too many.",
  remedy: {
    withClient: "Use waitForSession(), which waits longer and longer between its polls.",
    without: "Wait a second or more between polls, and longer as time goes by.",
  },
  find(traffic) {
    let run: JournalEntry[] = [];
    let longest: JournalEntry[] = [];
    for (const entry of requestsFor(traffic, "describeSessions", "describeServers")) {
      const last = run.at(-1);
      run = last && isRepetition(last, entry) ? [...run, entry] : [entry];
      if (run.length > longest.length) longest = run;
    }
    if (longest.length < POLLS_IN_A_ROW) return undefined;
    const span = timeOf(longest.at(-1)!) - timeOf(longest[0]!);
    const interval = Math.round(span / (longest.length - 1));
    // Under a clock that stands no time passes between polls, however long a program waits.
    if (span === 0 || interval >= SHORTEST_SENSIBLE_INTERVAL_MS) return undefined;
    return finding(
      longest,
      `${longest.length} requests in a row got the same answer, one each ${interval} ms`,
    );
  },
};

function isRepetition(a: JournalEntry, b: JournalEntry): boolean {
  if (a.operation !== b.operation || JSON.stringify(a.request) !== JSON.stringify(b.request)) return false;
  return withoutRequestId(a.response) === withoutRequestId(b.response);
}

function withoutRequestId(response: unknown): string {
  return JSON.stringify(response, (name, value) => name === "RequestId" ? undefined : value) ?? "";
}

const retryAfterIgnored: AdviceRule = {
  id: "retry-after-ignored",
  title: "Calls again before the time is over that the broker asked for",
  why:
    "A broker that is asked too much gets no rest, and goes on refusing. Each call too early is refused, too.",
  remedy: {
    withClient: "Leave retries to the client: it waits as long as Retry-After says, up to retry.maxDelay.",
    without: "After a 429 or 503 send nothing until the time in Retry-After, seconds or a date, is over.",
  },
  find(traffic) {
    const tooEarly: JournalEntry[] = [];
    let refused = -Infinity;
    let until = -Infinity;
    for (const entry of traffic) {
      const time = timeOf(entry);
      // What came in the same moment was under way already.
      if (time > refused && time < until) tooEarly.push(entry);
      if (entry.retryAfter === undefined) continue;
      refused = time + entry.duration;
      until = endOfWait(entry.retryAfter, refused);
    }
    return finding(tooEarly, `${count(tooEarly.length, "call")} came before Retry-After was over`);
  },
};

/** Seconds from then on, or an HTTP date. */
function endOfWait(retryAfter: string, now: number): number {
  return /^\d+$/.test(retryAfter) ? now + Number(retryAfter) * 1_000 : Date.parse(retryAfter);
}

const connectionDataTooEarly: AdviceRule = {
  id: "connection-data-too-early",
  title: "Asks for connection data again and again before the session is READY",
  why:
    "The broker refuses it until then, and the reason is nowhere but in the words of the answer. A session that " +
    "will never be READY is asked for without end.",
  remedy: {
    withClient: "Call waitForSession() first, which also ends when the session cannot become READY any more.",
    without: "Poll DescribeSessions until State is READY, and stop when it is DELETING, DELETED or gone.",
  },
  find(traffic) {
    const refused = new Map<string, JournalEntry[]>();
    for (const entry of requestsFor(traffic, "getSessionConnectionData")) {
      const isEarly = entry.status === 400 &&
        String(member(entry.response, "error")).includes("neither in READY");
      if (isEarly) refused.set(entry.path, [...refused.get(entry.path) ?? [], entry]);
    }
    const found = [...refused.values()].filter(({ length }) => length >= FAILURES_IN_A_ROW).flat();
    return finding(found, `${found.length} requests were refused because the session was not READY`);
  },
};

/** What can be said of what a program repeats. */
export const REPETITION_RULES: readonly AdviceRule[] = [
  creationSentAgain,
  itemFailingAgain,
  pollingTooFast,
  retryAfterIgnored,
  connectionDataTooEarly,
];
