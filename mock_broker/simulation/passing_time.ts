/**
 * How time passes in a world.
 *
 * @module
 */

import { placeQueuedSessions } from "./session_creation.ts";
import type { World } from "./world.ts";

/** Lets everything happen that is due by `time`; queued sessions are placed as soon as there is room. */
export function letTimePass(world: World, time: number): void {
  placeQueuedSessions(world);
  world.agenda.passTo(time, () => placeQueuedSessions(world));
}
