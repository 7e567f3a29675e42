/**
 * A fleet file as YAML text with comments.
 *
 * @module
 */

import { Document, isMap, isSeq } from "yaml";
import type { Draft } from "./draft.ts";

/** The text of a draft; `heading` stands above it, what was left out below. */
export function fleetText({ servers, sessions, leftOut }: Draft, heading: readonly string[]): string {
  const document = new Document(
    { servers: servers.map(optionsOf), sessions: sessions.map(optionsOf) },
    { aliasDuplicateObjects: false },
  );
  document.commentBefore = comment(heading);
  for (const [list, entries] of Object.entries({ servers, sessions })) {
    const sequence = document.get(list);
    if (!isSeq(sequence)) continue;
    entries.forEach(({ notes }, index) => {
      const item = sequence.items[index];
      if (notes.length > 0 && isMap(item)) item.commentBefore = comment(notes);
    });
  }
  if (leftOut.length > 0) document.comment = comment(["Not carried over:", ...leftOut]);
  return document.toString({ lineWidth: 0 });
}

/** What is left open does not stand in a file. */
function optionsOf({ options }: { readonly options: object }): unknown {
  return JSON.parse(JSON.stringify(options));
}

/** One line for each remark, whatever is in it. */
function comment(lines: readonly string[]): string {
  return lines.map((line) => ` ${line.replaceAll(/[^\P{C} ]|\p{Zl}|\p{Zp}/gu, "?")}`).join("\n");
}
