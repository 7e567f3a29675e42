/**
 * The journal's filter in the URL of a view, so that a link shows others the same.
 *
 * @module
 */

import { readFilter } from "../../journal/filter_parameters.ts";
import type { JournalFilter } from "../../journal/filter.ts";
import { linkTo, type View } from "../view.ts";

/** What a view's URL asks for. */
export interface ViewedFilter {
  /** As it stands in the URL, without what is empty. */
  readonly parameters: Readonly<Record<string, string>>;
  /** What it means; nothing is shown as long as there is a problem. */
  readonly filter: JournalFilter;
  /** What is wrong with it. */
  readonly problem?: string;
}

/** Parameters of the journal's views that choose no entries. */
const NO_FILTER: ReadonlySet<string> = new Set(["entry", "whole"]);

/** The filter in a view's URL. */
export function filterIn({ query }: View): ViewedFilter {
  const given = Object.entries(query).filter(([name]) => !NO_FILTER.has(name))
    .map(([name, value]) => [name, value.trim()] as const).filter(([, value]) => value !== "");
  const parameters = Object.fromEntries(given);
  try {
    return { parameters, filter: readFilter(parameters) };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { parameters, filter: {}, problem: error.message };
  }
}

/** Whether it leaves anything out; where a page of the list begins does not count. */
export function leavesOut({ parameters }: ViewedFilter): boolean {
  return Object.keys(parameters).some((name) => name !== "before" && name !== "since");
}

/** A link into the journal that keeps the filter, but not the place in the list. */
export function linkWithin(
  view: View,
  path: string,
  { parameters }: ViewedFilter,
  others: Readonly<Record<string, string | number | undefined>> = {},
): string {
  const { before: _before, since: _since, ...kept } = parameters;
  return linkTo(view, path, { ...kept, ...others });
}
