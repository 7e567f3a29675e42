/**
 * A list of things in the form that was asked for.
 *
 * @module
 */

import { type Column, table } from "./table.ts";
import { print, terminalColumns } from "./terminal.ts";

/** In which form a list is written. */
export interface ListingFormat {
  /** As a JSON array, with the broker's own names. */
  json?: true | undefined;
  /** As a line of JSON for each item, as soon as it is there. */
  jsonl?: true | undefined;
}

/** Writes the items of a listing: a table for people by default. */
export async function printListing<T>(
  items: AsyncIterable<T>,
  columns: readonly Column<T>[],
  { json, jsonl }: ListingFormat,
): Promise<void> {
  if (jsonl) {
    for await (const item of items) print(JSON.stringify(item));
    return;
  }
  const all: T[] = [];
  for await (const item of items) all.push(item);
  print(json ? JSON.stringify(all, null, 2) : table(all, columns, terminalColumns()));
}

/** Those that pass the test. */
export async function* filtered<T>(items: AsyncIterable<T>, test: (item: T) => boolean): AsyncGenerator<T> {
  for await (const item of items) if (test(item)) yield item;
}
