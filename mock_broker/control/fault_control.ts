/**
 * Control over what goes wrong.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { faultRuleSchema } from "../description/fault_rule.ts";
import type { FaultRule } from "../simulation/fault_rule.ts";
import type { ActiveFault } from "../simulation/active_faults.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { applyPreset, type FaultPreset, presetSchema } from "./fault_presets.ts";

/** Control over the faults of a mock broker. */
export interface FaultControl {
  /**
   * Puts a rule in force, after those that are; its id.
   *
   * @throws {TypeError} If the rule is wrong, saying where.
   */
  add(rule: FaultRule): string;
  /** Takes a rule out of force; false if there is none with this id. */
  remove(id: string): boolean;
  /** Takes all rules out of force. */
  clear(): void;
  /** The rules in force: those that are spent or have lapsed are gone. */
  list(): ActiveFault[];
  /** Lets something happen that happens to real brokers; the ids of the rules that this puts in force. */
  preset(preset: FaultPreset): string[];
}

/** Control over the faults of a simulation. */
export function faultControl(simulation: Simulation): FaultControl {
  const changing = <T>(act: () => T): T => {
    const result = act();
    simulation.announce();
    return result;
  };
  return {
    add(rule) {
      const checked = check("faults.add()", faultRuleSchema(), rule);
      return changing(() => simulation.world.faults.add(checked));
    },
    remove: (id) => changing(() => simulation.world.faults.remove(id)),
    clear: () => changing(() => simulation.world.faults.clear()),
    list: () => simulation.world.faults.list(),
    preset(preset) {
      const checked = check("faults.preset()", presetSchema(), preset);
      return changing(() => applyPreset(simulation.world, checked));
    },
  };
}
