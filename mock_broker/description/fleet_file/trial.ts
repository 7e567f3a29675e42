/**
 * Whether a broker takes what a fleet file says: it is tried out, entry by entry, on a world of its own.
 *
 * @module
 */

import { type Inhabitants, populate } from "../populate.ts";
import { brokerProperties } from "../broker_properties.ts";
import { World } from "../../simulation/world.ts";
import { settleTimings } from "../timings.ts";
import type { Copy } from "./copies.ts";
import type { Path, ValueProblem } from "./problems.ts";
import type { FleetFile } from "./schema.ts";

/** The lists of a file with all their copies. */
export type Copies = {
  readonly [List in keyof Inhabitants]: Copy<NonNullable<Inhabitants[List]>[number]>[] | undefined;
};

/** What only a broker can tell: names twice, sessions without room, properties out of their range. */
export function tryOut(lists: Copies, { properties = {}, faults = [] }: FleetFile): ValueProblem[] {
  const problems: ValueProblem[] = [];
  const attempt = (path: Path, act: () => void) => {
    try {
      act();
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      problems.push({ path, message: error.message });
    }
  };
  for (const [name, value] of Object.entries(properties)) {
    attempt(["properties", name], () => brokerProperties({ [name]: value }));
  }
  const world = new World({ start: 0, seed: 0, properties: brokerProperties(), timings: settleTimings() });
  populate(world, valuesOf(lists), (list, index, add) => {
    const entry = lists[list]?.[index]?.entry;
    if (entry !== undefined) attempt([list, entry], add);
    else add();
  });
  faults.forEach((rule, index) => attempt(["faults", index], () => world.faults.add(rule)));
  return onePerEntry(problems);
}

/** The lists without the places that their entries have in the file. */
export function valuesOf(lists: Copies): Inhabitants {
  const values = Object.entries(lists).map(([list, copies]) => [list, copies?.map(({ value }) => value)]);
  return Object.fromEntries(values);
}

/** A hundred copies of an entry have a hundred times the same problem. */
function onePerEntry(problems: ValueProblem[]): ValueProblem[] {
  return [...new Map(problems.toReversed().map((problem) => [problem.path.join(), problem])).values()]
    .toReversed();
}
