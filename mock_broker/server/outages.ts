/**
 * Times in which connections are refused.
 *
 * @module
 */

import type { Simulation } from "../simulation/simulation.ts";

/** Longest time between two looks at a running clock, in real milliseconds. */
const LONGEST_NAP = 60_000;

/** Tells when an outage begins and when it is over, and at first if there is one; returns how to stop that. */
export function watchOutages(simulation: Simulation, tell: (isOn: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = false;
  const look = () => {
    clearTimeout(timer);
    const remaining = simulation.world.faults.refusal;
    const { running, speed } = simulation.clock;
    if (remaining > 0 && running) {
      timer = setTimeout(look, Math.min(Math.ceil(remaining / speed), LONGEST_NAP));
    }
    if (remaining > 0 === told) return;
    told = remaining > 0;
    tell(told);
  };
  const unsubscribe = simulation.subscribe(look);
  look();
  return () => {
    clearTimeout(timer);
    unsubscribe();
  };
}
