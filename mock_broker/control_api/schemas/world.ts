/**
 * The state as a whole.
 *
 * @module
 */

import * as z from "zod";
import { object } from "../../description/rules.ts";
import { ActiveFault } from "./faults.ts";
import { Hosts } from "./hosts.ts";
import { count, flag, limit, named, text, time } from "./registry.ts";
import { Sessions } from "./sessions.ts";

export const State = named(
  "State",
  "The state as a whole",
  z.object({
    revision: count.describe("Grows whenever the state may have changed"),
    time,
    clock: z.object({ frozen: z.boolean(), skipping: z.boolean(), speed: z.number() }),
    properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    counts: z.object({
      hosts: count,
      hostsByAvailability: z.record(z.string(), count),
      sessions: count,
      sessionsByState: z.record(z.string(), count),
      connections: count,
      journalEntries: count,
    }),
    queue: z.array(text),
    faults: z.array(ActiveFault),
    hosts: Hosts,
    sessions: Sessions,
  }),
);
export const StateQuery = object({
  hosts: limit.describe("Most hosts to show (default 100); further pages are under /_mock/hosts"),
  sessions: limit.describe("Most sessions to show (default 100); further pages are under /_mock/sessions"),
});

export const FleetMetrics = named(
  "FleetMetrics",
  "The metrics that a broker sends to CloudWatch, by their names there; times are means in milliseconds",
  z.record(z.string(), z.number()),
);

export const Upcoming = named(
  "Upcoming",
  "What happens next, as far as it is settled",
  z.object({
    events: z.array(z.object({
      time: time.describe("When it is due in simulated time"),
      kind: text,
      sessionId: text.optional(),
      host: text.optional(),
    })),
    total: count.describe("How much is due in all"),
  }),
);
export const UpcomingQuery = object({ limit: limit.describe("Most events (default 20)") });

export const Activity = named(
  "Activity",
  "The last ten minutes of simulated time, in steps of ten seconds",
  z.object({
    steps: z.array(z.object({ time, requests: count, errors: count, sessions: count })),
  }),
);

export const SaveQuery = object({
  secrets: flag.optional().describe(
    "Whether secrets of API clients and signing keys are in it (default false)",
  ),
});

export const SavedWorld = named(
  "SavedWorld",
  "A saved world, as `MockBroker.save()` makes it",
  z.record(z.string(), z.unknown()),
);
