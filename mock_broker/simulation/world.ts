/**
 * A simulated broker and its fleet: the parts, and the passing of time. The rules stand beside it, one module
 * for each thing that can happen.
 *
 * @module
 */

import { Agenda } from "./agenda.ts";
import { ApiClients } from "./api_clients.ts";
import type { BrokerProperties } from "./broker_properties.ts";
import type { Chance } from "./chance.ts";
import type { SavedState } from "./saved_state.ts";
import { Faults } from "./active_faults.ts";
import { Fleet } from "./fleet.ts";
import type { Happening, SessionHappening } from "./happening.ts";
import type { Host } from "./host.ts";
import type { Session } from "./session.ts";
import { SessionStore } from "./session_store.ts";
import { Throttle } from "./throttle.ts";
import type { Timings } from "./timings.ts";

/** What a world starts from. */
export interface WorldOptions {
  readonly start: number;
  readonly chance: Chance;
  readonly properties: BrokerProperties;
  readonly timings: Timings;
}

/** The state of a simulated broker. It changes only when a rule is applied or time passes. */
export class World {
  properties: BrokerProperties;
  timings: Timings;
  readonly chance: Chance;
  readonly agenda: Agenda<Happening>;
  readonly fleet: Fleet;
  readonly sessions: SessionStore;
  readonly apiClients: ApiClients;
  /** What is to go wrong. */
  readonly faults: Faults;
  readonly throttle = new Throttle();
  /** Sessions that wait for room, in the order in which they were asked for. */
  readonly queue = new Set<Session>();
  /** Names the key pair that signs connection tokens. */
  signingKeyId: string;
  /** Set when room may have appeared, until the queue has been looked through. */
  roomAppeared = false;

  /** @param saved What is taken up as it was, before the rest is put in its place. */
  constructor(
    { start, chance, properties, timings }: WorldOptions,
    saved?: Pick<SavedState, "signingKeyId" | "scheduled" | "happened">,
  ) {
    this.properties = properties;
    this.timings = timings;
    this.chance = chance;
    this.agenda = new Agenda(start, saved);
    this.fleet = new Fleet(
      this.chance,
      this.agenda,
      () => this.roomAppeared = true,
      (host, isListed) => this.sessions.hostListed(host, isListed),
    );
    this.sessions = new SessionStore((key, value) => this.fleet.withTag(key, value));
    this.apiClients = new ApiClients(this.chance, this.agenda);
    this.faults = new Faults(this.chance, this.agenda);
    this.signingKeyId = saved?.signingKeyId ?? this.chance.signingKeyIds.uuid();
  }

  get now(): number {
    return this.agenda.now;
  }

  /** How long something takes on a host this time, whatever else happens in the fleet. */
  durationOn(host: Host, name: keyof Timings): number {
    const { hostname } = host.about;
    return this.chance.about(name, hostname, host.joining, host.durations++).integer(this.timings[name]);
  }

  /** Schedules what happens to a session next, after a time drawn from the range; it replaces what was to happen. */
  schedule(session: Session, name: keyof Timings, kind: SessionHappening["kind"]): void {
    if (session.next) session.next.cancelled = true;
    const duration = this.chance.about(name, session.id, session.history.length).integer(this.timings[name]);
    session.next = this.agenda.after(duration, { kind, session });
  }
}
