/**
 * Further worlds beside the broker's own.
 *
 * @module
 */

import * as z from "zod";
import { anyText, object } from "../../description/rules.ts";
import { FleetFile } from "./fleet.ts";
import { named, text } from "./registry.ts";
import { SavedWorld } from "./world.ts";

export const Worlds = named("Worlds", "The worlds by name", z.object({ worlds: z.array(text) }));

export const WorldSource = named(
  "WorldSource",
  "What a world is made of: exactly one of these",
  object({
    fleet: FleetFile.optional(),
    saved: SavedWorld.optional(),
    copyOf: anyText().optional().describe("The name of another world; the empty text is the broker's own"),
  }),
);
