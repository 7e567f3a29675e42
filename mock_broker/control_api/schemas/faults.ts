/**
 * Schemas of fault rules.
 *
 * @module
 */

import * as z from "zod";
import { faultRuleSchema, faultRuleShape } from "../../description/fault_rule.ts";
import { count, named, text } from "./registry.ts";

export const FaultRule = named("FaultRule", "A fault and the requests that it strikes", faultRuleSchema());
export const ActiveFault = named(
  "ActiveFault",
  "A rule in force, and what it has done so far",
  z.object({
    ...faultRuleShape(),
    id: text,
    matched: count.describe("How often its conditions have held"),
    struck: count.describe("How often it has struck"),
    remaining: z.number().optional().describe("Milliseconds of simulated time until it lapses"),
  }),
);
export const Faults = named("Faults", "The rules in force", z.object({ faults: z.array(ActiveFault) }));
export const FaultIds = named("FaultIds", "The rules now in force", z.object({ ids: z.array(text) }));
