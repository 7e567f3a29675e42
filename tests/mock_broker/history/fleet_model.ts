/**
 * The broker and its fleet as the model sees them, held against what DescribeSessions and DescribeServers show.
 */

import { assert, assertEquals } from "@std/assert";
import type { Server, Session } from "@dcvkit/session-manager";
import type { HostModel } from "./host_model.ts";
import { type HostFacts, longestCreation, NOTICE, REQUIREMENTS, type Rules } from "./rules.ts";
import type { SessionModel } from "./session_model.ts";
import type { Item } from "./steps.ts";

/** What the broker shows at one time. */
export interface Shown {
  sessions: readonly Session[];
  servers: readonly Server[];
}

interface Load {
  consoles: number;
  virtuals: number;
}

/** The hosts and sessions of a history. */
export class FleetModel {
  rules: Rules;
  now: number;
  readonly hosts: HostModel[] = [];
  readonly sessions: SessionModel[] = [];
  #lastLook: number;
  #loads = new Map<HostModel, Load>();

  constructor(rules: Rules, now: number) {
    this.rules = rules;
    this.now = now;
    this.#lastLook = now;
  }

  passTo(now: number): void {
    this.now = now;
    for (const host of this.hosts) host.passTo(now);
  }

  /** The sessions with this id that are listed and have not ended. */
  live(id: string, owner?: string): SessionModel[] {
    return this.sessions.filter((session) =>
      session.isLive && session.id === id && (owner === undefined || session.owner === owner)
    );
  }

  /** Compares everything with what the broker shows. */
  check(shown: Shown): void {
    this.#allowMoreHosts();
    this.#checkSessions(shown.sessions);
    this.#checkServers(shown.servers);
    this.#lookForRoom();
    this.#allowMoreHosts();
    this.#checkThatRoomIsUsed();
    this.#lastLook = this.now;
  }

  /** The willing hosts that can hold the session, whether they have room or not. */
  hostsFor(item: Item): HostModel[] {
    return this.hosts.filter((host) => host.isWilling && fits(host.facts, item));
  }

  /**
   * The hosts that have room for a new session, or for one that waits: surely, if the broker counts all that may
   * be there though it is not shown; perhaps, if it counts nothing of that.
   */
  withRoom(item: Item, how: "surely" | "perhaps", waiting?: SessionModel): HostModel[] {
    return this.hostsFor(item).filter((host) =>
      this.isRoomOn(host, item, how, waiting) &&
      (how === "perhaps" || host.hasReportedRoom(this.now))
    );
  }

  isRoomOn(
    host: HostModel,
    { type, owner }: { type: string; owner: string },
    how: "surely" | "perhaps",
    waiting?: SessionModel,
  ): boolean {
    const { maxVirtual, perUser } = host.facts;
    const { consoles, virtuals } = this.loadOf(host);
    if (type === "CONSOLE") return consoles + virtuals === 0;
    if (host.facts.os !== "linux" || consoles > 0 || maxVirtual >= 0 && virtuals >= maxVirtual) return false;
    return this.#ownSessions(host, owner, how, waiting) < perUser;
  }

  /** How many sessions a listed host has, as the broker showed it last. */
  loadOf(host: HostModel): Load {
    return this.#loads.get(host) ?? { consoles: 0, virtuals: 0 };
  }

  /** How many sessions wait or are about to be placed: no more than these are queued. */
  get waiting(): number {
    return this.sessions.filter(({ phase, absence, item }) =>
      phase === "PLACING" && !absence && item?.enqueue
    )
      .length;
  }

  #lookForRoom(): void {
    for (const host of this.hosts) {
      const there = this.sessions.filter((session) => session.host === host && session.isLive);
      host.has(new Set(there), this.now);
    }
  }

  #ownSessions(host: HostModel, owner: string, how: "surely" | "perhaps", except?: SessionModel): number {
    return this.sessions.filter((session) => {
      if (session.owner !== owner || isConsole(session) || session === except) return false;
      if (session.isLive && session.phase !== "PLACING") return session.host === host;
      return how === "surely" && session.mayHide(host, this.now);
    }).length;
  }

  #allowMoreHosts(): void {
    for (const session of this.sessions) {
      if (!session.item || session.wasReady || session.absence) continue;
      for (const host of this.hostsFor(session.item)) session.allowed.add(host);
    }
  }

  #checkSessions(shown: readonly Session[]): void {
    const missing = new Set(this.sessions);
    const look = {
      now: this.now,
      before: this.#lastLook,
      rules: this.rules,
      creationLimit: (since: number) => this.#creationLimit(since),
    };
    for (const session of shown) {
      const host = session.Server && this.hosts.find(({ id }) => id === session.Server!.Id);
      const model = [...missing].find(({ id, item, host: home }) =>
        id === session.Id && (item !== undefined || home === host)
      );
      assert(model, `A session that nobody created, or twice: ${JSON.stringify(session)}`);
      missing.delete(model);
      model.isSeen(session, host, look);
      assertEquals(
        [session.Owner, session.Type, session.NumOfConnections, Date.parse(session.CreationTime!)],
        [model.owner, model.type, model.connections.length, model.createdAt],
      );
      const { LastDisconnectionTime: last } = session;
      assertEquals(last && Date.parse(last), model.lastDisconnection);
    }
    for (const model of missing) model.isMissing(look);
  }

  #creationLimit(since: number): number {
    return Math.max(since, this.#lastDisturbance) + NOTICE + this.rules.report + longestCreation(this.rules);
  }

  get #lastDisturbance(): number {
    return Math.max(...this.hosts.flatMap(({ lastFault, lastReport }) => [lastFault, lastReport]));
  }

  #checkServers(shown: readonly Server[]): void {
    assertEquals(
      shown.map(({ Id }) => Id).sort(),
      this.hosts.filter(({ listed }) => listed).map(({ id }) => id).sort(),
      "Listed servers",
    );
    this.#loads = new Map();
    for (const server of shown) {
      const host = this.hosts.find(({ id }) => id === server.Id)!;
      const load = { consoles: server.ConsoleSessionCount!, virtuals: server.VirtualSessionCount! };
      this.#loads.set(host, load);
      this.#checkCount(host, load.consoles, this.sessions.filter(isConsole));
      this.#checkCount(host, load.virtuals, this.sessions.filter((session) => !isConsole(session)));
      this.#checkCapacity(host, load);
      checkAvailability(host, load, server);
    }
  }

  #checkCount(host: HostModel, count: number, ofType: readonly SessionModel[]): void {
    const least = ofType.filter((session) =>
      session.isLive && session.phase !== "PLACING" && session.host === host
    );
    const more = ofType.filter((session) => !least.includes(session) && session.mayHide(host, this.now));
    assert(
      count >= least.length && count <= least.length + more.length,
      `${host.name} counts ${count}, ${least.length} are shown and ${more.length} may hide`,
    );
  }

  #checkCapacity({ name, facts }: HostModel, { consoles, virtuals }: Load): void {
    assert(consoles <= 1 && (consoles === 0 || virtuals === 0), `${name}: ${consoles} and ${virtuals}`);
    const most = facts.os !== "linux" ? 0 : facts.maxVirtual < 0 ? Infinity : facts.maxVirtual;
    assert(virtuals <= most, `${name} has ${virtuals} virtual sessions, ${most} at most`);
    for (const { owner } of this.sessions) {
      const own = this.sessions.filter((session) =>
        session.isLive && session.phase !== "PLACING" && session.owner === owner && !isConsole(session) &&
        session.host?.name === name
      );
      assert(own.length <= facts.perUser, `${name} has ${own.length} sessions of ${owner}`);
    }
  }

  /** A session does not wait while a host has room for it. */
  #checkThatRoomIsUsed(): void {
    for (const session of this.sessions) {
      const waits = session.phase === "PLACING" && !session.absence;
      if (!waits || this.withRoom(session.item!, "surely", session).length === 0) {
        session.roomSince = undefined;
      } else session.roomSince ??= this.now;
      const since = Math.max(session.roomSince ?? this.now, this.#lastDisturbance);
      assert(
        this.now <= since + longestCreation(this.rules),
        `${session.id} is not placed although there is room`,
      );
    }
  }
}

function isConsole({ type }: { type: string }): boolean {
  return type === "CONSOLE";
}

/** Whether the host's system and tags let it hold such a session at all. */
function fits(host: HostFacts, { type, requirement, extra }: Item): boolean {
  const virtual = host.os === "linux" && type === "VIRTUAL";
  if (type === "VIRTUAL" && (!virtual || host.maxVirtual === 0)) return false;
  if ((extra === "DcvGlEnabled" || extra === "InitFile") && !virtual) return false;
  if (extra === "AutorunFile" && !virtual && host.os !== "windows") return false;
  return REQUIREMENTS[requirement]!.holds(host);
}

/** Which of several true reasons is shown is not documented. */
function checkAvailability(host: HostModel, { consoles, virtuals }: Load, server: Server): void {
  const reasons: string[] = [];
  if (!host.reachable) reasons.push("UNREACHABLE_AGENT");
  if (!host.dcvHealthy) reasons.push("UNHEALTHY_DCV_SERVER");
  if (!host.open) reasons.push("SERVER_CLOSED");
  if (host.facts.os === "windows" && host.loggedIn) reasons.push("EXISTING_LOGGED_IN_USER");
  if (consoles > 0 || virtuals > 0 && virtuals === host.facts.maxVirtual) reasons.push("SERVER_FULL");
  const { Availability: availability, UnavailabilityReason: reason } = server;
  const found = `${host.name} is ${availability} for ${reason}, not for ${reasons}`;
  assert(availability === (reasons.length > 0 ? "UNAVAILABLE" : "AVAILABLE"), found);
  assert(reasons.length > 0 ? reasons.includes(reason!) : reason === undefined, found);
}
