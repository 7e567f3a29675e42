/**
 * What it costs to simulate a day: 100,000 sessions on 1,000 hosts, with room for all and with a queue.
 *
 * @module
 */

import { simulate } from "@dcvkit/mock-broker";
import { type Figure, report } from "./report.ts";

const MOST_SECONDS = 10;

/** How many places a host has, and what comes of that. */
const FLEETS: readonly [what: string, places: number][] = [["room for all", 100], ["a queue all day", 30]];

const figures: Figure[] = FLEETS.map(([what, maxVirtualSessions]) => {
  const servers = Array.from({ length: 1_000 }, () => ({ maxVirtualSessions }));
  const since = performance.now();
  const { requested } = simulate({ servers }, {
    sessions: [{ perDay: 100_000, minutes: [120, 600], enqueue: true }],
  });
  const value = (performance.now() - since) / 1000;
  return { what: `${requested} sessions on 1000 hosts, ${what}`, value, unit: "s", atMost: MOST_SECONDS };
});

Deno.exit(report(figures) ? 0 : 1);
