/**
 * Lists that come in pages, as async iteration.
 *
 * @module
 */

import { checkNumber } from "./checks.ts";
import { within } from "./deadline.ts";
import { SessionManagerError } from "./errors.ts";

/** How long a listing may take, and what ends it. */
export interface ListOptions {
  /** Milliseconds for all pages together, counted from the first; no limit by default. */
  timeout?: number | undefined;
  /** Ends the listing. */
  signal?: AbortSignal | undefined;
}

/** What a page must have. */
export interface Page {
  /** Asks for the next page; absent on the last one. */
  NextToken?: string | undefined;
}

/** A list that is fetched page by page while it is read. Each iteration starts anew. */
export class Listing<Item, P extends Page> implements AsyncIterable<Item> {
  readonly #pages: () => AsyncGenerator<P>;
  readonly #itemsOf: (page: P) => Item[];

  /**
   * Takes the requests for the first page of each part of the list, how to fetch a page, and what is in one.
   */
  constructor(
    operation: string,
    requests: Page[],
    fetchPage: (request: Page, signal: AbortSignal) => Promise<P>,
    itemsOf: (page: P) => Item[],
    options: ListOptions,
  ) {
    if (options.timeout !== undefined) checkNumber("timeout", options.timeout);
    this.#pages = () => pagesOf(operation, requests, fetchPage, options);
    this.#itemsOf = itemsOf;
  }

  /** The items, over all pages. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
    for await (const page of this.#pages()) yield* this.#itemsOf(page);
  }

  /** The broker's answers, as they are. */
  pages(): AsyncGenerator<P> {
    return this.#pages();
  }

  /** All items at once. */
  async toArray(): Promise<Item[]> {
    const items: Item[] = [];
    for await (const item of this) items.push(item);
    return items;
  }
}

async function* pagesOf<P extends Page>(
  operation: string,
  requests: Page[],
  fetchPage: (request: Page, signal: AbortSignal) => Promise<P>,
  { timeout = Infinity, signal }: ListOptions,
): AsyncGenerator<P> {
  const end = Date.now() + timeout;
  const failure = (code: string, finding: string) =>
    new SessionManagerError(`Cannot complete ${operation}: ${finding}`, { code, operation });
  const late = () => failure("TIMEOUT", `not at an end after ${timeout} ms`);
  for (const request of requests) {
    const seen = new Set<string>();
    for (let next: Page = request;;) {
      const page = await within(end - Date.now(), signal, late, (signal) => fetchPage(next, signal));
      yield page;
      const { NextToken } = page;
      if (!NextToken) break;
      if (seen.has(NextToken)) {
        throw failure("REPEATED_NEXT_TOKEN", "the broker sends the same NextToken again");
      }
      seen.add(NextToken);
      next = { ...request, NextToken };
    }
  }
}
