/**
 * Schemas of the clock.
 *
 * @module
 */

import * as z from "zod";
import { speedSchema } from "../../description/clock.ts";
import { flag, object } from "../../description/rules.ts";
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
  object({ frozen: flag().optional(), skipping: flag().optional(), speed: speedSchema().optional() })
    .superRefine(({ frozen, skipping }, context) => {
      if (!skipping || frozen !== false) return;
      const message = "must be true or absent with skipping: a clock that runs does not skip";
      context.addIssue({ code: "custom", path: ["frozen"], message, input: frozen });
    }),
);
export const Advance = named("Advance", "How much time is to pass at once", object({ milliseconds }));
