/**
 * A session as the model sees it: what is known of it, and what the broker may show of it next.
 */

import { assert } from "@std/assert";
import type { Session } from "@dcvkit/session-manager";
import type { HostModel } from "./host_model.ts";
import { DELETION, type HostFacts, PLACEMENT, PREPARATION, type Rules } from "./rules.ts";
import type { Item } from "./steps.ts";

/** A session's state, with the substate where there is one. */
export type Phase = "PLACING" | "PENDING" | "READY" | "UNKNOWN" | "DELETING" | "DELETED";

/** When a session is looked at, when all were looked at before, and what holds in this history. */
export interface Look {
  now: number;
  before: number;
  rules: Rules;
  /** The latest time by which a creation that was asked for at `since` must have come to an end. */
  creationLimit(since: number): number;
}

/** Everything that the model remembers of a session. */
export class SessionModel {
  phase: Phase | undefined;
  /** Where it was last seen; undefined before it was. */
  host: HostModel | undefined;
  /** Hosts on which the broker may have placed it. */
  readonly allowed = new Set<HostModel>();
  /** Why it is not listed: over for good, dropped by force, or not known to the broker although it may run. */
  absence: "over" | "forced" | "hidden" | undefined;
  hiddenSince = Infinity;
  /** When its deletion was asked for. */
  deletion: number | undefined;
  /** Between which two looks it became DELETED. */
  ended: { after: number; by: number } | undefined;
  /** When its host went down and lost it. */
  lostAt: number | undefined;
  /** A host went down on which it may have been placed. */
  perhapsLost = false;
  /** Whether it has been usable, so that it is on its host for certain. */
  wasReady = false;
  /** Whether its permissions let others than its owner see it. */
  isShared = false;
  readonly connections: string[] = [];
  lastDisconnection: number | undefined;
  /** Since when a host has had room for it while it was waiting. */
  roomSince: number | undefined;

  /** @param item What the broker was asked for; undefined for a session that was made on its host. */
  constructor(
    readonly id: string,
    readonly owner: string,
    readonly type: string,
    readonly createdAt: number,
    readonly item: Item | undefined,
  ) {}

  /** Whether the broker lists it and it has not ended. */
  get isLive(): boolean {
    return !this.absence && this.phase !== "DELETED";
  }

  deletionAsked(now: number, force: boolean): void {
    this.deletion ??= now;
    if (force && this.host && !(this.host.reachable && this.host.listed)) this.absence = "forced";
  }

  hostWentDown(host: HostModel, now: number): void {
    if (this.phase === "PLACING") this.perhapsLost ||= this.allowed.has(host);
    else if (this.host === host) this.lostAt = now;
    this.desktopEnded(host, now);
  }

  /** Nothing shows desktops on the host any more: whoever was connected here is not. */
  desktopEnded(host: HostModel, now: number): void {
    if (this.host !== host || this.connections.length === 0) return;
    this.connections.length = 0;
    this.lastDisconnection = now;
  }

  /** Without persistence the broker knows of nothing until agents report; what is not on a host yet is lost. */
  brokerRestarted(now: number): void {
    if (this.absence) return;
    if (this.phase === "PLACING" || this.phase === "DELETED" || !this.host) this.absence = "over";
    else this.hide(now);
  }

  /** The broker does not know of it any more, or not yet, although it may run on its host. */
  hide(now: number): void {
    this.absence = "hidden";
    this.hiddenSince = now;
  }

  /** Whether a user's client may connect or disconnect now. */
  wouldTake(what: "connect" | "disconnect", user: string): boolean {
    if (what === "disconnect") return this.connections.includes(user);
    const { host } = this;
    if (this.phase !== "READY" || !host?.connected || !host.dcvHealthy || this.lostAt !== undefined) {
      return false;
    }
    if (!(host.facts.users?.includes(user) ?? true) || user !== this.owner && !this.isShared) return false;
    return this.connections.length < (this.item?.maxClients || Infinity);
  }

  took(what: "connect" | "disconnect", user: string, now: number): void {
    if (what === "connect") {
      this.connections.push(user);
    } else {
      this.connections.splice(this.connections.indexOf(user), 1);
      this.lastDisconnection = now;
    }
  }

  /** The broker shows the session: is that what may be? */
  isSeen(shown: Session, host: HostModel | undefined, look: Look): void {
    const phase = phaseOf(shown);
    const say = (what: string) => `${this.id} of ${this.owner}, ${this.phase} then ${phase}: ${what}`;
    if (this.absence) this.#returns(phase, host, say);
    if (phase !== "DELETED") assert(this.phase !== "DELETED", say("it had ended"));
    if (phase !== "DELETING" && phase !== "DELETED") {
      assert(this.phase !== "DELETING" && this.deletion === undefined, say("its deletion had begun"));
    }
    if (this.wasReady) assert(host === this.host, say("it has moved"));
    else if (host && phase !== "DELETED") {
      assert(this.allowed.has(host), say(`nothing lets it be on ${host.name}`));
    }
    if (phase === "PLACING") assert(!host, say("it has a server while it is being placed"));
    if (phase === "PLACING" || phase === "PENDING") this.#isCreated(look, say);
    else if (phase === "DELETING") this.#isDeleted(look, say);
    else if (phase === "DELETED") this.#hasEnded(shown, look, say);
    else this.#isThere(phase, host, look, say);
    if (host && host !== this.host) this.lostAt = undefined;
    if (host) this.host = host;
    this.phase = phase;
  }

  /** The broker does not show the session: may that be? */
  isMissing({ now, before, rules }: Look): void {
    const say = (what: string) => `${this.id} of ${this.owner}, ${this.phase} then not listed: ${what}`;
    const { host } = this;
    if (this.absence) {
      const runs = this.absence === "hidden" && this.wasReady && this.deletion === undefined &&
        this.lostAt === undefined && !this.perhapsLost;
      const mustBeListed = runs && host!.listed && host!.isObserved && host!.isSteady &&
        host!.lastReport > this.hiddenSince;
      assert(!mustBeListed, say(`the agent on ${host?.name} has reported it`));
      return;
    }
    if (host && host.lastSessionDrop >= before) return this.hide(now);
    const endedAfter = this.ended?.after ?? (this.#mayEnd(now, rules) ? before : Infinity);
    assert(endedAfter + rules.retention <= now, say("it is lost"));
    this.absence = "over";
  }

  /** Whether it may still take a place on this host although the broker does not list it there. */
  mayHide(host: HostModel, now: number): boolean {
    const isAnywhere = this.phase === "PLACING";
    if (!isAnywhere && this.host !== host || this.absence === "over") return false;
    if (!this.absence) return isAnywhere;
    if (this.absence === "hidden" || host.wasTroubledSince(this.deletion!)) return true;
    return now <= this.deletion! + DELETION[1];
  }

  #returns(phase: Phase, host: HostModel | undefined, say: (what: string) => string): void {
    assert(this.absence !== "over", say("it was over"));
    assert(phase === "READY", say("only what runs on a host is listed again"));
    assert(host?.listed, say("its host has not reported"));
    if (this.absence === "forced") {
      assert(host.wasTroubledSince(this.deletion!), say("its host could end it"));
    }
    this.absence = undefined;
    this.deletion = undefined;
    this.phase = undefined;
  }

  #isCreated({ now, rules, creationLimit }: Look, say: (what: string) => string): void {
    const was = this.phase;
    assert(was === "PLACING" || was === "PENDING", say("there is no way back"));
    const limit = creationLimit(this.createdAt + (this.item!.enqueue ? rules.queueTime : 0));
    assert(now <= limit, say(`its creation has no end at ${now - this.createdAt} ms`));
  }

  #isThere(phase: Phase, host: HostModel | undefined, look: Look, say: (what: string) => string): void {
    assert(host, say("it has no server"));
    assert(
      (phase === "READY") === host.isObserved,
      say(`the broker ${host.isObserved ? "hears" : "cannot tell"}`),
    );
    const heard = this.wasReady || host.silentSince > look.before;
    assert(heard, say(`${host.name} has been silent throughout`));
    // What was lost while it was prepared may have been placed again, on the same host even.
    if (!this.wasReady) this.lostAt = undefined;
    const reported = this.lostAt !== undefined && host.lastReport > this.lostAt;
    assert(!reported, say(`${host.name} has reported without it`));
    if (this.item && phase === "READY") {
      const earliest = this.createdAt + PLACEMENT[0] + PREPARATION[0];
      assert(look.now >= earliest, say("that was too fast"));
      assert(accepts(host.facts, this.owner), say(`${host.name} cannot create it`));
    }
    assert(host.lastSessionDrop <= host.lastReport, say("it should have been dropped"));
    this.wasReady = true;
  }

  #isDeleted({ now }: Look, say: (what: string) => string): void {
    assert(this.deletion !== undefined, say("nobody asked for that"));
    const since = this.deletion;
    const hosts = this.host ? [this.host] : [...this.allowed];
    if (!hosts.every(({ isSteady, dcvHealthy }) => isSteady && dcvHealthy)) return;
    const disturbances = hosts.flatMap(({ lastFault, lastReport }) => [lastFault, lastReport]);
    const latest = Math.max(since, ...disturbances) + DELETION[1];
    assert(now <= latest, say(`its deletion has no end at ${now - since} ms`));
  }

  #hasEnded(shown: Session, { now, before, rules }: Look, say: (what: string) => string): void {
    assert(this.ended || this.#mayEnd(now, rules), say("it had no reason to end"));
    const heard = this.phase !== "DELETING" || !this.host || this.host.silentSince > before;
    assert(heard, say(`${this.host?.name} has been silent throughout`));
    assert(this.deletion !== undefined || shown.StateReason, say("it ended without a reason"));
    this.ended ??= { after: before, by: now };
    assert(now === this.ended.by || now < this.ended.by + rules.retention, say("it stays too long"));
    const last = shown.LastDisconnectionTime && Date.parse(shown.LastDisconnectionTime);
    if (this.connections.length > 0) {
      assert(last && last > before && last <= now, say("its end has ended its connections"));
      this.lastDisconnection = last;
    }
    this.connections.length = 0;
  }

  #mayEnd(now: number, { queueTime }: Rules): boolean {
    if (this.deletion !== undefined || this.lostAt !== undefined || this.perhapsLost) return true;
    if (this.phase !== "PLACING" && this.phase !== "PENDING") return false;
    if (this.item!.enqueue && now >= this.createdAt + queueTime) return true;
    return [...this.allowed].some((host) =>
      !accepts(host.facts, this.owner) || host.wasTroubledSince(this.createdAt)
    );
  }
}

/** Whether a session of this owner, once placed, succeeds on the host. */
function accepts({ users, failure }: HostFacts, owner: string): boolean {
  return failure === undefined && (users?.includes(owner) ?? true);
}

function phaseOf({ State, Substate }: Session): Phase {
  if (State !== "CREATING") {
    assert(Substate === undefined, `Substate ${Substate} of a session that is ${State}`);
    assert(["READY", "UNKNOWN", "DELETING", "DELETED"].includes(State), `Unknown state: ${State}`);
    return State as Phase;
  }
  assert(Substate === "SESSION_PLACING" || Substate === "PENDING_PREPARATION", `Substate: ${Substate}`);
  return Substate === "SESSION_PLACING" ? "PLACING" : "PENDING";
}
