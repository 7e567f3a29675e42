/**
 * A host as the model sees it: what its agent does, and what the broker has heard of that by now.
 */

import { type HostFacts, NOTICE, type Rules } from "./rules.ts";

type Happening = "notice" | "drop" | "drop sessions" | "report" | "return";

/** A host and the broker's knowledge of it. */
export class HostModel {
  readonly name: string;
  readonly id: string;
  facts: HostFacts;
  readonly #rules: Rules;
  /** What is going to happen to the host, and when. */
  #plan: { at: number; what: Happening }[] = [];

  open = true;
  dcvHealthy = true;
  loggedIn = false;
  connected = true;
  terminated = false;
  /** Since when the agent is silent, Infinity while it is not. */
  silentSince = Infinity;
  /** Whether the broker takes the agent to be there. */
  reachable = true;
  listed = true;
  lastReport = -Infinity;
  /** When it last may have got room. */
  lastRoom = -Infinity;
  /** When its agent first fell silent after that. */
  #silence = Infinity;
  #wasWilling = false;
  #had: ReadonlySet<unknown> = new Set();
  lastFault = -Infinity;
  /** When the broker dropped its sessions, though they may run on. */
  lastSessionDrop = -Infinity;

  constructor(name: string, id: string, facts: HostFacts, rules: Rules) {
    this.name = name;
    this.id = id;
    this.facts = facts;
    this.#rules = rules;
  }

  /** Whether the broker places sessions here, room permitting. */
  get isWilling(): boolean {
    const usedByOthers = this.facts.os === "windows" && this.loggedIn;
    return this.listed && this.reachable && this.dcvHealthy && this.open && !usedByOthers;
  }

  /** Takes note of what it has now: did it get room since it was looked at last? */
  has(sessions: ReadonlySet<unknown>, now: number): void {
    const isRoomier = !sessions.isSupersetOf(this.#had) || this.isWilling && !this.#wasWilling;
    if (isRoomier) {
      this.lastRoom = now;
      this.#silence = this.connected ? Infinity : now;
    }
    this.#had = sessions;
    this.#wasWilling = this.isWilling;
  }

  /** Whether the agent must have told the broker of all the room that there is. */
  hasReportedRoom(now: number): boolean {
    const { roomReport } = this.#rules;
    if (roomReport === 0) return true;
    const reported = this.lastRoom + roomReport;
    return this.lastReport >= this.lastRoom || now >= reported && this.#silence >= reported;
  }

  /** Whether the broker can tell what becomes of the sessions here. */
  get isObserved(): boolean {
    return this.reachable && this.dcvHealthy;
  }

  /** Whether the agent is there, and the broker has heard of it. */
  get isSteady(): boolean {
    return this.connected && !this.#plan.some(({ what }) => what === "report");
  }

  /** Whether something may have gone wrong here after that time. */
  wasTroubledSince(time: number): boolean {
    return !this.isSteady || !this.dcvHealthy || this.lastFault >= time || this.lastReport >= time;
  }

  loseAgent(now: number): void {
    if (!this.connected) return;
    this.connected = false;
    this.silentSince = now;
    this.#silence = Math.min(this.#silence, now);
    this.lastFault = now;
    this.#plan.push({ at: now + NOTICE, what: "notice" });
  }

  restoreAgent(now: number): void {
    if (this.connected || this.terminated) return;
    this.connected = true;
    this.silentSince = Infinity;
    this.#forget("notice", "drop", "drop sessions", "report");
    this.#plan.push({ at: now + this.#rules.report, what: "report" });
  }

  setDcvHealth(now: number, healthy: boolean): void {
    if (this.dcvHealthy !== healthy) this.lastFault = now;
    this.dcvHealthy = healthy;
  }

  reboot(now: number, downFor: number): void {
    this.lastFault = now;
    this.loseAgent(now);
    this.#plan.push({ at: now + downFor, what: "return" });
  }

  terminate(now: number): void {
    this.terminated = true;
    this.loseAgent(now);
  }

  /** Without persistence the broker forgets hosts too, until it hears of them again. */
  brokerRestarted(now: number): void {
    this.listed = false;
    this.open = true;
    this.#forget("notice", "drop", "drop sessions", "report");
    if (this.connected) this.#plan.push({ at: now + this.#rules.report, what: "report" });
  }

  /** Lets happen what is due by then. */
  passTo(now: number): void {
    const due = this.#plan.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at)[0];
    if (!due) return;
    this.#plan.splice(this.#plan.indexOf(due), 1);
    this.#happen(due.what, due.at);
    this.passTo(now);
  }

  #happen(what: Happening, at: number): void {
    if (what === "return") return this.restoreAgent(at);
    if (what === "drop") {
      this.listed = false;
    } else if (what === "drop sessions") {
      this.lastSessionDrop = at;
    } else if (what === "notice") {
      this.reachable = false;
      this.lastFault = at;
      this.#plan.push({ at: at + this.#rules.serverDrop, what: "drop" });
      if (this.#rules.sessionDrop === undefined) return;
      this.#plan.push({ at: at + this.#rules.sessionDrop, what: "drop sessions" });
    } else if (this.connected) {
      this.listed = true;
      this.reachable = true;
      this.lastReport = at;
    }
  }

  #forget(...what: Happening[]): void {
    this.#plan = this.#plan.filter((planned) => !what.includes(planned.what));
  }
}
