/**
 * Fleet files to start from.
 *
 * They are texts in modules rather than files, so that they are there in a compiled program too.
 *
 * @module
 */

import { IN_TROUBLE } from "./ready_fleets/in_trouble.ts";
import { LARGE } from "./ready_fleets/large.ts";
import { SMALL_LAB } from "./ready_fleets/small_lab.ts";

/** The texts of the ready fleets, by their names. */
export const READY_FLEETS: Readonly<Record<"small-lab" | "large" | "in-trouble", string>> = {
  "small-lab": SMALL_LAB,
  "large": LARGE,
  "in-trouble": IN_TROUBLE,
};
