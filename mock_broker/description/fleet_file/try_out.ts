/**
 * Whether a broker takes what a fleet file says: it is tried out, entry by entry, on a world of its own.
 *
 * @module
 */

import { type Inhabitants, populate } from "../populate.ts";
import { brokerProperties } from "../broker_properties.ts";
import { Chance } from "../../simulation/chance.ts";
import { World } from "../../simulation/world.ts";
import { settleTimings } from "../timings.ts";
import type { Problem } from "../problems.ts";
import type { Copy } from "./copies.ts";

/** The lists of a file with all their copies. */
export type Copies = {
  readonly [List in keyof Inhabitants]: Copy<NonNullable<Inhabitants[List]>[number]>[] | undefined;
};

/** What only a broker can tell: names twice, sessions without room. */
export function tryOut(lists: Copies): Problem[] {
  const world = new World({
    start: 0,
    chance: new Chance(0),
    properties: brokerProperties(),
    timings: settleTimings(),
  });
  const problems = populate(world, valuesOf(lists)).map(({ path: [list, index], message }) => {
    const copy = lists[list as keyof Copies]?.[Number(index)];
    return { path: [list!, copy?.entry ?? index!], message };
  });
  return onePerEntry(problems);
}

/** The lists without the places that their entries have in the file. */
export function valuesOf(lists: Copies): Inhabitants {
  const values = Object.entries(lists).map(([list, copies]) => [list, copies?.map(({ value }) => value)]);
  return Object.fromEntries(values);
}

/** A hundred copies of an entry have a hundred times the same problem. */
function onePerEntry(problems: Problem[]): Problem[] {
  return [...new Map(problems.toReversed().map((problem) => [problem.path.join(), problem])).values()]
    .toReversed();
}
