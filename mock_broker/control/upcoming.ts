/**
 * What happens next in a world, as far as it is settled already.
 *
 * @module
 */

import type { z } from "zod";
import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { object, wholeNumber } from "../description/rules.ts";
import type { Expect, SameType } from "../description/same_type.ts";
import type { HostHappening, SessionHappening } from "../simulation/happening.ts";
import type { World } from "../simulation/world.ts";

/**
 * What can happen. To a session: it is tied to its host (`placed`), is ready (`prepared`), has waited for a host for too
 * long, has ended, or is no longer listed. To a host: its silence is noticed, its agent reports, is back after a reboot,
 * or reports in its rhythm, and the broker drops it or its sessions.
 */
export type UpcomingKind =
  | "placed"
  | "prepared"
  | "queueTimeout"
  | "ended"
  | "forgotten"
  | "agentTimeout"
  | "agentReport"
  | "agentReturn"
  | "roomReport"
  | "serverDropped"
  | "sessionsDropped";

export type UpcomingKindMatches = Expect<
  SameType<UpcomingKind, SessionHappening["kind"] | HostHappening["kind"]>
>;

/** Something that will happen, unless something else comes in between. */
export interface UpcomingEvent {
  /** When it is due in simulated time: ISO 8601. */
  readonly time: string;
  /** What will happen. */
  readonly kind: UpcomingKind;
  /** The id of the session to which it happens. */
  readonly sessionId?: string;
  /** The name of the host to which it happens. */
  readonly host?: string;
}

/** What happens next. */
export interface Upcoming {
  /** The first of it, the next one first. */
  readonly events: readonly UpcomingEvent[];
  /** How much is due in all. */
  readonly total: number;
}

/** How much of it to show. */
export interface UpcomingQuery {
  /**
   * Most events.
   *
   * @default {20}
   */
  readonly limit?: number | undefined;
}

const querySchema = once(() => object({ limit: wholeNumber(0).optional() }));

export type UpcomingQueryMatches = Expect<SameType<z.input<ReturnType<typeof querySchema>>, UpcomingQuery>>;

/** Shows what is due. Tokens that are forgotten some day are left out: nobody sees that. */
export function upcoming(world: World, query: UpcomingQuery = {}): Upcoming {
  const { limit = 20 } = check("upcoming()", querySchema(), query);
  const planned = world.agenda.planned.filter(({ what }) => !("digest" in what));
  const events = planned.slice(0, limit).map(({ due, what }) => ({
    // Never before it is due: whoever lets time pass until then sees it happen.
    time: new Date(Math.ceil(due)).toISOString(),
    kind: what.kind as UpcomingKind,
    ...("session" in what && { sessionId: what.session.id }),
    ...("host" in what && { host: what.host.about.hostname }),
  }));
  return { events, total: planned.length };
}
