/**
 * Simulated time.
 *
 * @module
 */

import { z } from "zod";
import { MOST_SPEED } from "../../simulation/clock.ts";
import { milliseconds, named, time } from "./registry.ts";

export const Clock = named(
  "Clock",
  "Simulated time",
  z.object({
    time,
    frozen: z.boolean().describe("Whether it stands"),
    skipping: z.boolean().describe("Whether each poll of a program takes it to what happens next"),
    speed: z.number().describe("Simulated seconds in a real one, while it is not frozen"),
  }),
);
export const ClockChange = named(
  "ClockChange",
  "What is to be otherwise; what is left out stays",
  z.strictObject({
    frozen: z.boolean().optional(),
    skipping: z.boolean().optional(),
    speed: z.number().positive().max(MOST_SPEED).optional(),
  }).refine(({ frozen, skipping }) => !(skipping && frozen === false), {
    error: "A clock that runs does not skip: leave out frozen, or say true",
  }),
);
export const Advance = named("Advance", "How much time is to pass at once", z.strictObject({ milliseconds }));
