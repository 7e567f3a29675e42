/**
 * Letting a request wait in simulated time. Here are the only timers of the broker: under a running clock nobody
 * else may be there to let its time pass.
 *
 * @module
 */

import type { Simulation } from "../simulation/simulation.ts";
import type { ServerBindings } from "./server_bindings.ts";

/** Longest time between two looks at a running clock, in real milliseconds. */
const LONGEST_NAP = 60_000;

/** How a wait ended: its time came, the caller gave up, or the world in which it waited is no more. */
export type EndOfWait = "due" | "callerGone" | "worldGone";

/** Waits `milliseconds` of simulated time; if that is `Infinity`, as long as the server does. */
export function waitSimulated(
  simulation: Simulation,
  milliseconds: number,
  request: Request,
  { outgoing, closing }: ServerBindings,
): Promise<EndOfWait> {
  const { world } = simulation;
  const due = world.now + milliseconds;
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const end = (how: EndOfWait) => {
      clearTimeout(timer);
      unsubscribe();
      request.signal.removeEventListener("abort", giveUp);
      outgoing?.off("close", giveUp);
      closing?.removeEventListener("abort", giveUp);
      resolve(how);
    };
    const giveUp = () => end("callerGone");
    const look = () => {
      clearTimeout(timer);
      if (simulation.world !== world) return end("worldGone");
      if (world.now >= due) return end("due");
      const { mode, running, speed } = simulation.clock;
      if (due === Infinity) return;
      // Nobody else would let the time pass for which a program waits; whoever does is heard of at once.
      if (mode === "skipping") return simulation.advance(due - world.now);
      if (!running) return;
      timer = setTimeout(look, Math.min(Math.ceil((due - world.now) / speed), LONGEST_NAP));
    };
    const unsubscribe = simulation.subscribe(look);
    request.signal.addEventListener("abort", giveUp);
    outgoing?.once("close", giveUp);
    if (due === Infinity) closing?.addEventListener("abort", giveUp);
    const isOver = request.signal.aborted || outgoing?.destroyed || due === Infinity && closing?.aborted;
    if (isOver) giveUp();
    else look();
  });
}
