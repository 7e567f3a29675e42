/**
 * Lists, as tables for people and as JSON for programs, once or again and again.
 *
 * @module
 */

import { jsonText } from "./json.ts";
import { type Column, table } from "./table.ts";
import { hasColours, printStyled, terminalColumns } from "./terminal.ts";
import { watch } from "./watch.ts";

/** In which form a list is written. */
export interface ListingFormat {
  /** As a JSON array, with the broker's own names. */
  json?: true | undefined;
  /** As a line of JSON for each item, as soon as it is there. */
  jsonl?: true | undefined;
  /** Again and again. */
  watch?: true | undefined;
}

/** Writes the items of a listing: a table for people by default. */
export async function printListing<T>(
  list: () => AsyncIterable<T>,
  columns: readonly Column<T>[],
  format: ListingFormat,
  signal: AbortSignal,
): Promise<void> {
  if (format.watch) return await watch(() => textOf(list(), columns, format), signal);
  if (!format.jsonl) return printStyled(await textOf(list(), columns, format));
  for await (const item of list()) printStyled(jsonText(item));
}

async function textOf<T>(
  items: AsyncIterable<T>,
  columns: readonly Column<T>[],
  { json, jsonl }: ListingFormat,
): Promise<string> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  if (jsonl) return all.map((item) => jsonText(item)).join("\n");
  return json
    ? jsonText(all, 2)
    : table(all, columns, { width: terminalColumns(), hasColours: hasColours() });
}

/** Those that pass the test. */
export async function* filtered<T>(items: AsyncIterable<T>, test: (item: T) => boolean): AsyncGenerator<T> {
  for await (const item of items) if (test(item)) yield item;
}
