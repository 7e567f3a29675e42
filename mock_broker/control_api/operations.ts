/**
 * All operations of the control API: one table for the routes and for their description.
 *
 * @module
 */

import type { ControlOperation } from "./operation.ts";
import { CLOCK_OPERATIONS } from "./operations/clock.ts";
import { FAULT_OPERATIONS } from "./operations/faults.ts";
import { FLEET_OPERATIONS } from "./operations/fleet.ts";
import { HOST_OPERATIONS } from "./operations/hosts.ts";
import { JOURNAL_OPERATIONS } from "./operations/journal.ts";
import { SESSION_OPERATIONS } from "./operations/sessions.ts";
import { WORLD_OPERATIONS } from "./operations/world.ts";
import { WORLDS_OPERATIONS } from "./operations/worlds.ts";

/** Every operation that answers once; the events are a stream of their own. */
export const CONTROL_OPERATIONS: readonly ControlOperation[] = [
  ...WORLD_OPERATIONS,
  ...FLEET_OPERATIONS,
  ...CLOCK_OPERATIONS,
  ...FAULT_OPERATIONS,
  ...HOST_OPERATIONS,
  ...SESSION_OPERATIONS,
  ...JOURNAL_OPERATIONS,
  ...WORLDS_OPERATIONS,
];
