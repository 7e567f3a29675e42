/**
 * Control over the hosts: what happens to a fleet beside the broker's own API.
 *
 * @module
 */

import type { z } from "zod";
import { check } from "../description/check.ts";
import { changeHost, type HostChange, hostChangeSchema } from "../description/change_host.ts";
import { type HostOptions, hostSchema } from "../description/host.ts";
import { once } from "../description/once.ts";
import { addHost } from "../description/populate.ts";
import { flag, list, numberFrom, object, oneOf, text, wholeNumber } from "../description/rules.ts";
import type { Expect, SameType } from "../description/same_type.ts";
import { loseAgent, rebootHost, restoreAgent, setDcvHealth, terminateHost } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import { closeServer, openServer, setLoggedInUsers } from "../simulation/servers.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { World } from "../simulation/world.ts";
import { type HostSnapshot, hostSnapshot } from "./host_snapshot.ts";
import { NotFoundError } from "./not_found_error.ts";
import { type SnapshotPage, snapshotPage } from "./snapshot_page.ts";

/**
 * Control over the hosts of a mock broker. Each is named by its host name or, while it is listed, by its server
 * id; a name that no server has is a `TypeError`, and so is whatever is done to a host that was terminated.
 */
export interface HostControl {
  /** Adds a host whose agent registers at once; its server id. */
  add(options?: HostOptions): string;
  /** Ends a host for good, as the end of its instance does: the broker only sees that its agent is silent. */
  terminate(host: string): void;
  /** Cuts off a host's agent; the broker notices after `timings.agentTimeout`. */
  loseAgent(host: string): void;
  /** Brings a host's agent back; the broker hears from it after `timings.agentReport`. */
  restoreAgent(host: string): void;
  /** Restarts a host, which is down for so many milliseconds (45,000 by default); its sessions are lost. */
  reboot(host: string, downFor?: number): void;
  /** Stops or starts the DCV server of a host whose agent goes on. */
  setDcvHealth(host: string, healthy: boolean): void;
  /** Says who is logged in outside DCV; on Windows that makes the host unavailable. */
  setLoggedInUsers(host: string, users: readonly string[]): void;
  /** Opens a host for placement or closes it, whether it has sessions or not; they run on. */
  setOpen(host: string, open: boolean): void;
  /**
   * Changes whatever an option describes; sessions go on. What is left out stays, `null` brings back the default.
   *
   * @throws {TypeError} If that would make another machine of it, by another `os` say; then nothing has changed.
   */
  change(host: string, change: HostChange): void;
  /** The hosts as they are in truth, those that the broker does not list too, page by page. */
  list(query?: HostQuery): SnapshotPage<HostSnapshot>;
  /** One host as it is in truth. */
  get(host: string): HostSnapshot;
}

/** Which hosts to show. Conditions that are left out hold for every host. */
export interface HostQuery {
  /**
   * The `next` of the page before.
   *
   * @default {the first page}
   */
  readonly after?: number | undefined;
  /**
   * Most hosts on the page.
   *
   * @default {100}
   */
  readonly limit?: number | undefined;
  /** AVAILABLE, UNAVAILABLE, or a reason for it. */
  readonly availability?: string | undefined;
  /** What the host name, the address, the server id or a tag's value contains, in capitals or not. */
  readonly text?: string | undefined;
  /**
   * Another order than that in which they came to be; pages are then apart by position.
   *
   * @default {the order in which they came to be}
   */
  readonly sort?: "hostname" | "availability" | "os" | "sessions" | undefined;
  /**
   * Whether that order is turned around.
   *
   * @default {false}
   */
  readonly descending?: boolean | undefined;
}

/** What hosts can be sorted by. */
export const HOST_ORDERS = ["hostname", "availability", "os", "sessions"] as const;

/** The rules of a query. */
const hostQuerySchema = once(() =>
  object({
    after: wholeNumber(0).optional(),
    limit: wholeNumber(0).optional(),
    availability: text().optional(),
    text: text().optional(),
    sort: oneOf(...HOST_ORDERS).optional(),
    descending: flag().optional(),
  })
);

export type HostQueryMatches = Expect<SameType<z.input<ReturnType<typeof hostQuerySchema>>, HostQuery>>;

/** The longest time that a host can be down, in milliseconds: a year. */
const LONGEST_REBOOT = 366 * 24 * 60 * 60 * 1000;

/** Control over the hosts of a simulation. */
export function hostControl(simulation: Simulation): HostControl {
  const on = (name: string, act: (world: World, host: Host) => void) => {
    const { world } = simulation;
    const host = findHost(world, name);
    if (host.terminated) {
      throw new TypeError(`Host ${host.about.hostname} was terminated: nothing can be done to it any more`);
    }
    act(world, host);
    simulation.touch();
  };
  return {
    add(options = {}) {
      const { id } = addHost(simulation.world, check("hosts.add()", hostSchema(), options));
      simulation.touch();
      return id;
    },
    terminate: (name) => on(name, terminateHost),
    loseAgent: (name) => on(name, loseAgent),
    restoreAgent: (name) => on(name, restoreAgent),
    reboot(name, downFor = 45_000) {
      const checked = check("hosts.reboot()", numberFrom(0, LONGEST_REBOOT), downFor, ["downFor"]);
      on(name, (world, host) => rebootHost(world, host, checked));
    },
    setDcvHealth(name, healthy) {
      const checked = check("hosts.setDcvHealth()", flag(), healthy, ["healthy"]);
      on(name, (world, host) => setDcvHealth(world, host, checked));
    },
    setLoggedInUsers(name, users) {
      const checked = check("hosts.setLoggedInUsers()", list(text()), users, ["users"]);
      on(name, (world, host) => setLoggedInUsers(world, host, checked));
    },
    setOpen(name, open) {
      const checked = check("hosts.setOpen()", flag(), open, ["open"]);
      on(name, (world, { id }) => void (checked ? openServer(world, id) : closeServer(world, id, true)));
    },
    change(name, change) {
      const checked = check("hosts.change()", hostChangeSchema(), change);
      on(name, (world, host) => changeHost(world, host, checked));
    },
    list: (query = {}) => listHosts(simulation.world, check("hosts.list()", hostQuerySchema(), query)),
    get: (name) => hostSnapshot(findHost(simulation.world, name), simulation.world),
  };
}

/** The host with this name or id. */
export function findHost({ fleet }: World, name: string): Host {
  const host = fleet.withHostname(name) ?? fleet.withId(name);
  if (host) return host;
  throw new NotFoundError(`No server has this host name or id: ${name}`);
}

function listHosts(
  world: World,
  { availability, text, sort, ...page }: HostQuery,
): SnapshotPage<HostSnapshot> {
  const wanted = text?.toLowerCase();
  const hosts = [...world.fleet.machines].sort((a, b) => a.sequence - b.sequence).filter((host) => {
    if (world.fleet.isGone(host)) return false;
    const reason = host.unavailabilityReason;
    const is = [reason === undefined ? "AVAILABLE" : "UNAVAILABLE", reason];
    if (availability !== undefined && !is.includes(availability)) return false;
    if (wanted === undefined) return true;
    return [host.about.hostname, host.about.ip, host.id, ...host.tags.values()]
      .some((value) => value.toLowerCase().includes(wanted));
  });
  const keyOf = sort && ((host: Host) => orderOf(host, sort, world));
  return snapshotPage(hosts, page, (host) => hostSnapshot(host, world), keyOf);
}

function orderOf(
  host: Host,
  sort: typeof HOST_ORDERS[number],
  { fleet }: World,
): string | number {
  if (sort === "availability") return host.unavailabilityReason ?? "AVAILABLE";
  return sort === "sessions" ? [...fleet.sessionsOn(host)].length : host.about[sort];
}
