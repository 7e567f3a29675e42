/**
 * The hosts that the broker knows, and which of them have room.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { Timepiece } from "./agenda.ts";
import type { Chance } from "./chance.ts";
import { Host } from "./host.ts";
import { type HostDescription, type NewHost, withDrawnIds } from "./host_description.ts";
import { MetRequirements } from "./met_requirements.ts";
import type { Requirements } from "./requirements.ts";
import type { Session } from "./session.ts";
import { SortedList } from "./sorted_list.ts";

/** All hosts, in the order in which they joined, with indexes by id, host name, instance and tag. */
export class Fleet {
  /** The hosts that DescribeServers lists. */
  readonly listed = new SortedList<Host>((a, b) => a.sequence - b.sequence);
  /** Available hosts with a virtual slot, and those without any session; the emptiest first. */
  readonly #withVirtualSlot = new SortedList<Host>(byLoad);
  readonly #empty = new SortedList<Host>(byLoad);
  readonly #byId = new Map<string, Host>();
  readonly #byHostname = new Map<string, Host>();
  readonly #byInstance = new Map<string, Host>();
  readonly #byTag = new Map<string, Set<Host>>();
  readonly #sessionsOn = new Map<Host, Set<Session>>();
  readonly #sessionIdsOn = new Map<Host, Set<string>>();
  readonly #met = new MetRequirements(this.listed);
  readonly #roomAppeared: () => void;
  readonly #listingChanged: (host: Host, isListed: boolean) => void;
  readonly #chance: Chance;
  readonly #clock: Timepiece;
  #joined = 0;
  #placesTaken = 0;

  /**
   * @param roomAppeared Called after each change that may have made room for a session.
   * @param listingChanged Called when a host has come to the listings and lookups, or has left them.
   */
  constructor(
    chance: Chance,
    clock: Timepiece,
    roomAppeared: () => void,
    listingChanged: (host: Host, isListed: boolean) => void,
  ) {
    this.#chance = chance;
    this.#clock = clock;
    this.#roomAppeared = roomAppeared;
    this.#listingChanged = listingChanged;
  }

  /** How many hosts have joined so far, those that have ended too. */
  get joined(): number {
    return this.#joined;
  }

  set joined(count: number) {
    this.#joined = count;
  }

  /** How many sessions take a place on a host. */
  get placesTaken(): number {
    return this.#placesTaken;
  }

  /** The sessions that take a place on a host, be it one that has ended and is neither listed nor known any more. */
  get placed(): Session[] {
    return [...this.#sessionsOn.values()].flatMap((there) => [...there]);
  }

  /** How many hosts have a session. */
  get hostsInUse(): number {
    return this.#sessionsOn.size;
  }

  /** Adds a host whose agent has just registered. */
  join(about: NewHost): Host {
    const { hostname, ip } = about;
    const before = this.#byHostname.get(hostname);
    const joining = (before?.joining ?? -1) + 1;
    const chance = this.#chance.about("host", hostname, joining);
    // An instance may have the name of one that has ended, which stays listed for a while.
    if (before && !before.terminated) {
      throw new TypeError(`A server with the host name "${hostname}" is in the fleet already`);
    }
    const settled = withDrawnIds(about, chance);
    const drawn = Buffer.from(`${hostname}-${ip}-${chance.hex(32)}`).toString("base64");
    const id = before ? drawn : about.id ?? drawn;
    if (this.#byId.has(id)) throw new TypeError(`A server with the id "${id}" is in the fleet already`);
    const host = new Host({ id, sequence: this.#joined++, joining }, settled, this.#clock);
    this.#byHostname.set(hostname, host);
    this.list(host);
    return host;
  }

  /** Whether this is the host with its name. */
  isKnown(host: Host): boolean {
    return this.#byHostname.get(host.about.hostname) === host;
  }

  /** Takes up a host as it was. */
  resume(host: Host, { isKnown, isListed }: { readonly isKnown: boolean; readonly isListed: boolean }): void {
    if (isKnown) this.#byHostname.set(host.about.hostname, host);
    if (isListed) this.list(host);
  }

  /** Lists a host, anew or again. */
  list(host: Host): void {
    if (this.#byId.has(host.id)) return;
    this.listed.add(host);
    this.#byId.set(host.id, host);
    if (host.about.ec2) this.#byInstance.set(host.about.ec2.instanceId, host);
    for (const [key, value] of host.tags) {
      const tagged = this.#byTag.get(tagEntry(key, value));
      if (tagged) tagged.add(host);
      else this.#byTag.set(tagEntry(key, value), new Set([host]));
    }
    this.#met.add(host);
    this.#listingChanged(host, true);
    this.change(host, () => {});
  }

  /** Drops a host from listings and lookups. Sessions may still name it. */
  unlist(host: Host): void {
    this.#takeOffShelves(host);
    this.listed.remove(host);
    this.#byId.delete(host.id);
    const { ec2 } = host.about;
    if (ec2 && this.#byInstance.get(ec2.instanceId) === host) this.#byInstance.delete(ec2.instanceId);
    for (const [key, value] of host.tags) this.#byTag.get(tagEntry(key, value))?.delete(host);
    this.#met.remove(host);
    this.#listingChanged(host, false);
  }

  /** Gives a host another description under its name; sessions on it go on. */
  describe(host: Host, about: HostDescription): void {
    const isListed = this.#byId.has(host.id);
    if (isListed) this.unlist(host);
    host.describe(about);
    if (isListed) this.list(host);
  }

  /** Whether the broker knows the host and its agent reports to it. */
  isInSight(host: Host): boolean {
    return host.connected && host.reachable && this.#byId.has(host.id);
  }

  withId(id: string): Host | undefined {
    return this.#byId.get(id);
  }

  withInstanceId(instanceId: string): Host | undefined {
    return this.#byInstance.get(instanceId);
  }

  withTag(key: string, value: string): ReadonlySet<Host> {
    return this.#byTag.get(tagEntry(key, value)) ?? NO_HOSTS;
  }

  /** The listed hosts that meet requirements; `undefined` where that is not known without looking at each. */
  meeting(requirements: Requirements): ReadonlySet<Host> | undefined {
    return this.#met.hosts(requirements);
  }

  /** Every host that exists, whether the broker lists it or not. */
  get machines(): Iterable<Host> {
    return this.#byHostname.values();
  }

  /** The host with this name, listed or not; one that has ended only while it is listed. */
  withHostname(hostname: string): Host | undefined {
    const host = this.#byHostname.get(hostname);
    return host && !this.isGone(host) ? host : undefined;
  }

  /** Whether a host has ended and the broker has dropped it: nobody knows of it any more. */
  isGone({ terminated, id }: Host): boolean {
    return terminated && !this.#byId.has(id);
  }

  /** Available hosts that may have room for a virtual or a console session, the emptiest first. */
  withRoom(type: "VIRTUAL" | "CONSOLE"): Iterable<Host> {
    return type === "VIRTUAL" ? this.#withVirtualSlot : this.#empty;
  }

  /** Sessions that take a place on a host, from placement on, whether the broker lists them or not. */
  sessionsOn(host: Host): ReadonlySet<Session> {
    return this.#sessionsOn.get(host) ?? NO_SESSIONS;
  }

  /** Whether a session with this id takes a place on a host. */
  hasSessionOn(host: Host, id: string): boolean {
    return this.#sessionIdsOn.get(host)?.has(id) ?? false;
  }

  /** Puts a session on a host, or keeps its place there. */
  admit(host: Host, session: Session): void {
    this.change(host, () => {
      const there = this.#sessionsOn.get(host) ?? new Set();
      this.#sessionsOn.set(host, there);
      if (there.has(session)) return;
      there.add(session);
      this.#placesTaken++;
      const ids = this.#sessionIdsOn.get(host) ?? new Set();
      this.#sessionIdsOn.set(host, ids.add(session.id));
      host.occupy(session);
    });
  }

  /** Takes a session off a host; false if it is not there. Its place counts as free once that is reported. */
  release(host: Host, session: Session, { isReported }: { isReported: boolean }): boolean {
    const there = this.#sessionsOn.get(host);
    if (!there?.delete(session)) return false;
    this.#placesTaken--;
    this.#sessionIdsOn.get(host)!.delete(session.id);
    if (there.size === 0) {
      this.#sessionsOn.delete(host);
      this.#sessionIdsOn.delete(host);
    }
    this.change(host, () => host.vacate(session, isReported));
    return true;
  }

  /** Changes whatever decides on a host's place among those with room; every such change goes through here. */
  change(host: Host, apply: () => void): void {
    this.#takeOffShelves(host);
    apply();
    host.version++;
    if (host.unavailabilityReason !== undefined || !this.#byId.has(host.id)) return;
    if (host.isReportedEmpty) this.#empty.add(host);
    if (host.hasReportedSlot) this.#withVirtualSlot.add(host);
    this.#roomAppeared();
  }

  #takeOffShelves(host: Host): void {
    this.#empty.remove(host);
    this.#withVirtualSlot.remove(host);
  }
}

const NO_HOSTS: ReadonlySet<Host> = new Set();

const NO_SESSIONS: ReadonlySet<Session> = new Set();

/** The broker's order of choice is not documented; the guess is: fewest sessions, then id. */
function byLoad(a: Host, b: Host): number {
  return a.sessionCount - b.sessionCount || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function tagEntry(key: string, value: string): string {
  return `${key}\n${value}`;
}
