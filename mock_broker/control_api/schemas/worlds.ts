/**
 * Further worlds beside the broker's own.
 *
 * @module
 */

import { z } from "zod";
import { named, text } from "./registry.ts";

export const Worlds = named("Worlds", "The worlds by name", z.object({ worlds: z.array(text) }));
