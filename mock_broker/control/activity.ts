/**
 * What happened over the last minutes, to be drawn.
 *
 * @module
 */

import type { Journal } from "../journal/journal.ts";
import { RATE_STEP, RATE_STEPS } from "../journal/request_rate.ts";
import type { World } from "../simulation/world.ts";

/** A step of ten seconds of simulated time. */
export interface ActivityStep {
  /** When it began: ISO 8601. The last one goes on. */
  readonly time: string;
  /** How many requests came. */
  readonly requests: number;
  /** How many of them were answered with a status from 400 on, or not at all. */
  readonly errors: number;
  /** How many sessions there were at its end, of those that the broker still lists. */
  readonly sessions: number;
}

/** The last ten minutes of a world, the oldest step first. */
export function activity(world: World, journal: Journal): ActivityStep[] {
  const first = Math.floor(world.now / RATE_STEP) * RATE_STEP - (RATE_STEPS - 1) * RATE_STEP;
  const counts = new Map(journal.rate().map((count) => [count.start, count]));
  const sessions = sessionsFrom(world, first);
  return sessions.map((existing, index) => {
    const start = first + index * RATE_STEP;
    const { requests = 0, errors = 0 } = counts.get(start) ?? {};
    return { time: new Date(start).toISOString(), requests, errors, sessions: existing };
  });
}

/** How many sessions there were at the end of each step; one that is DELETED is none any more. */
function sessionsFrom({ sessions }: World, first: number): number[] {
  const changes = new Array<number>(RATE_STEPS).fill(0);
  const change = (time: number, by: number) => {
    const step = Math.max(0, Math.floor((time - first) / RATE_STEP));
    if (step < RATE_STEPS) changes[step]! += by;
  };
  for (const { history } of sessions) {
    change(history[0]!.time, 1);
    for (const { time, state } of history) if (state === "DELETED") change(time, -1);
  }
  let existing = 0;
  return changes.map((by) => existing += by);
}
