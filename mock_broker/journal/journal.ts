/**
 * The journal of a broker: the last requests, and what became of them.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { type JournalEntry, journalEntry, type KeptExchange, type RecordedExchange } from "./entry.ts";
import { describeMismatch, type JournalExpectation, matchesExpectation } from "./expectation.ts";
import type { JournalFilter } from "./filter.ts";
import { expectationSchema, filterSchema, timesSchema } from "./filter_schema.ts";
import { type Har, toHar } from "./har.ts";
import { maskSecrets } from "./masked_secrets.ts";
import { matches, mayMatch, textsMatch } from "./matching.ts";
import { type RequestCount, RequestRate } from "./request_rate.ts";
import { Tallies, type Tally } from "./tallies.ts";

/** Most characters of headers and bodies in a journal: a thousand long listings would fill the memory. */
const MOST_CHARACTERS = 32 * 1024 * 1024;

/**
 * The requests that a broker got, oldest first, and its answers. It is bounded, in entries and in the length of
 * bodies: the oldest go first.
 *
 * @example See what a program has asked for
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 *
 * const broker = new MockBroker();
 * await broker.fetch(`${broker.url}/health`);
 *
 * broker.journal.assertReceived({ operation: "health", status: 200 });
 * broker.journal.assertNotReceived({ operation: "createSessions" });
 * console.log(broker.journal.entries().map(({ method, path }) => `${method} ${path}`)); // ["GET /health"]
 * ```
 */
export interface Journal {
  /** How many entries there are. */
  readonly size: number;
  /** The id of the newest entry ever recorded; 0 before the first. */
  readonly lastId: number;
  /** The entries that match, oldest first. */
  entries(filter?: JournalFilter): JournalEntry[];
  /** Forgets all entries. */
  clear(): void;
  /**
   * Throws unless a request like this came, or came so many times. The error shows what did come: the entries that
   * are nearest, and where each differs.
   *
   * @throws {Error} If it did not come.
   */
  assertReceived(expectation: JournalExpectation, options?: { times?: number | undefined }): void;
  /**
   * Throws if a request like this came.
   *
   * @throws {Error} If it came; the error shows it.
   */
  assertNotReceived(expectation: JournalExpectation): void;
  /** The entries as an HTTP archive (HAR 1.2), which browsers' developer tools open. */
  toHar(filter?: JournalFilter): Har;
  /** How many requests came, by operation and status, since the broker was made or reset. */
  tallies(): readonly Readonly<Tally>[];
  /** How many requests came in each ten seconds of about the last ten minutes of simulated time. */
  rate(): readonly Readonly<RequestCount>[];
  /** Calls `listener` with each new entry; returns how to stop that. */
  subscribe(listener: (entry: JournalEntry) => void): () => void;
}

/** A journal that can be written to. */
export class WritableJournal implements Journal {
  readonly #capacity: number;
  readonly #secrets: () => readonly string[];
  readonly #listeners = new Set<(entry: JournalEntry) => void>();
  /** By id, which has no gaps. */
  readonly #kept = new Map<number, KeptExchange>();
  readonly #tallies = new Tallies();
  readonly #rate = new RequestRate();
  #characters = 0;
  #recorded = 0;

  /**
   * @param capacity Most entries; 0 records nothing.
   * @param secrets The secrets of API clients, which are shown nowhere.
   */
  constructor(capacity: number, secrets: () => readonly string[] = () => []) {
    this.#capacity = capacity;
    this.#secrets = secrets;
  }

  get size(): number {
    return this.#kept.size;
  }

  get lastId(): number {
    return this.#recorded;
  }

  entries(filter: JournalFilter = {}): JournalEntry[] {
    return this.#find(check("journal.entries()", filterSchema(), filter)).map(({ entry }) => entry);
  }

  #find(filter: JournalFilter): { entry: JournalEntry; exchange: RecordedExchange }[] {
    const { since = 0, before = Infinity, limit = Infinity, take = "newest", ...wanted } = filter;
    const found: { entry: JournalEntry; exchange: RecordedExchange }[] = [];
    const oldest = Math.max(since, this.#recorded - this.size) + 1;
    const newest = Math.min(this.#recorded, before - 1);
    const [from, step] = take === "newest" ? [newest, -1] : [oldest, 1];
    for (let id = from; id >= oldest && id <= newest && found.length < limit; id += step) {
      const kept = this.#kept.get(id)!;
      if (!mayMatch(kept, wanted)) continue;
      const exchange = this.#read(kept);
      if (!textsMatch(exchange, wanted)) continue;
      const entry = journalEntry(id, exchange);
      if (matches(entry, wanted)) found.push({ entry, exchange });
    }
    return take === "newest" ? found.reverse() : found;
  }

  #read(kept: KeptExchange): RecordedExchange {
    return maskSecrets({ ...kept, responseText: kept.responseText?.toString() }, this.#secrets());
  }

  clear(): void {
    this.#kept.clear();
    this.#characters = 0;
  }

  /** Forgets all entries, and what was counted. */
  reset(): void {
    this.clear();
    this.#tallies.clear();
    this.#rate.clear();
  }

  assertReceived(expectation: JournalExpectation, options: { times?: number | undefined } = {}): void {
    this.#assertReceived("journal.assertReceived()", expectation, options);
  }

  assertNotReceived(expectation: JournalExpectation): void {
    this.#assertReceived("journal.assertNotReceived()", expectation, { times: 0 });
  }

  #assertReceived(
    call: string,
    expectation: JournalExpectation,
    options: { times?: number | undefined },
  ): void {
    check(call, expectationSchema(), expectation);
    const { times } = check(call, timesSchema(), options);
    const all = this.entries();
    const count = all.filter((entry) => matchesExpectation(entry, expectation)).length;
    if (times === undefined ? count > 0 : count === times) return;
    throw new Error(describeMismatch(all, expectation, times, count));
  }

  toHar(filter: JournalFilter = {}): Har {
    const requests = this.#find(check("journal.toHar()", filterSchema(), filter)).filter(({ entry }) =>
      entry.problem === undefined
    );
    return toHar(requests.map(({ exchange }) => exchange));
  }

  tallies(): readonly Readonly<Tally>[] {
    return this.#tallies.list();
  }

  rate(): readonly Readonly<RequestCount>[] {
    return this.#rate.list();
  }

  subscribe(listener: (entry: JournalEntry) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Adds an entry. */
  record(exchange: KeptExchange): void {
    const id = ++this.#recorded;
    if (exchange.problem === undefined) {
      this.#tallies.add(exchange.operation, exchange.status, exchange.duration);
      this.#rate.add(exchange.time, exchange.status);
    }
    this.#keep(id, exchange);
    if (this.#listeners.size === 0) return;
    const entry = journalEntry(id, this.#read(exchange));
    for (const listener of [...this.#listeners]) listener(entry);
  }

  #keep(id: number, exchange: KeptExchange): void {
    this.#kept.set(id, exchange);
    this.#characters += charactersOf(exchange);
    while (this.size > this.#capacity || (this.#characters > MOST_CHARACTERS && this.size > 1)) {
      const oldest = this.#recorded - this.size + 1;
      this.#characters -= charactersOf(this.#kept.get(oldest)!);
      this.#kept.delete(oldest);
    }
  }
}

function charactersOf({ requestText, responseText, sent }: KeptExchange): number {
  let headers = 0;
  if (!(sent.headers instanceof Headers)) { for (const text of sent.headers) headers += text.length; }
  return (requestText?.length ?? 0) + (responseText?.length ?? 0) + headers;
}
