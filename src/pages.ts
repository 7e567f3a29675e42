/**
 * Lists that come in pages, as async iteration.
 *
 * @module
 */

import { checkNumber } from "./call/checks.ts";
import { within } from "./call/deadline.ts";
import { SessionManagerError } from "./errors.ts";

/** How long a listing may take, and what ends it. */
export interface ListOptions {
  /** Milliseconds for all pages together, counted from the first; no limit by default. */
  timeout?: number | undefined;
  /** Ends the listing. */
  signal?: AbortSignal | undefined;
}

/** What requests and answers that come in pages have in common. */
export interface Page {
  /** Asks for the next page; absent on the last one. */
  NextToken?: string | undefined;
}

/** A list that is fetched page by page while it is read. Each iteration starts anew. */
export interface Listing<Item, P extends Page> extends AsyncIterable<Item> {
  /** The broker's answers, as they are. */
  pages(): AsyncIterable<P>;
  /** All items, once the last page has come. */
  toArray(): Promise<Item[]>;
}

/**
 * A listing of what is in the `list` of answers: it begins with each of `requests` in turn, and goes on until an answer
 * has no `NextToken`.
 */
export function listing<Item, P extends Page>(
  operation: string,
  requests: Page[],
  fetchPage: (request: Page, signal: AbortSignal) => Promise<P>,
  list: string,
  { signal, timeout = Infinity }: ListOptions = {},
): Listing<Item, P> {
  if (timeout !== Infinity) checkNumber("timeout", timeout);
  const timeoutError = () => new SessionManagerError(operation, "TIMEOUT", `no answer within ${timeout} ms`);

  async function* pages(): AsyncGenerator<P> {
    const end = performance.now() + timeout;
    for (const request of requests) {
      const seen = new Set<string | undefined>();
      let NextToken: string | undefined;
      do {
        const fetchNext = (signal: AbortSignal) => fetchPage({ ...request, NextToken }, signal);
        const page = await within(fetchNext, signal, end - performance.now(), timeoutError);
        yield page;
        ({ NextToken } = page);
        if (seen.has(NextToken)) {
          throw new SessionManagerError(operation, "REPEATED_NEXT_TOKEN", "NextToken repeats");
        }
        seen.add(NextToken);
      } while (NextToken);
    }
  }

  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page[list as keyof P] as Item[];
    },
    async toArray() {
      const all: Item[] = [];
      for await (const item of this) all.push(item);
      return all;
    },
  };
}
