/**
 * Control over the hosts: what happens to a fleet beside the broker's own API.
 *
 * @module
 */

import { addHost } from "../description/populate.ts";
import { loseAgent, rebootHost, restoreAgent, setDcvHealth, terminateHost } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import type { HostOptions } from "../description/host.ts";
import { closeServer, openServer, setLoggedInUsers } from "../simulation/servers.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { World } from "../simulation/world.ts";
import { type HostSnapshot, hostSnapshot } from "./host_snapshot.ts";
import { NotFoundError } from "./not_found_error.ts";
import { type SnapshotPage, snapshotPage } from "./snapshot_page.ts";

/**
 * Control over the hosts of a mock broker. Each is named by its host name or, while it is listed, by its server
 * id; a name that no server has is a `TypeError`.
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
}

/** Control over the hosts of a simulation. */
export function hostControl(simulation: Simulation): HostControl {
  const on = (name: string, act: (world: World, host: Host) => void) => {
    const { world } = simulation;
    act(world, findHost(world, name));
    simulation.touch();
  };
  return {
    add(options = {}) {
      const { id } = addHost(simulation.world, options);
      simulation.touch();
      return id;
    },
    terminate: (name) => on(name, terminateHost),
    loseAgent: (name) => on(name, loseAgent),
    restoreAgent: (name) => on(name, restoreAgent),
    reboot(name, downFor = 45_000) {
      if (!(downFor >= 0 && downFor < Infinity)) {
        throw new TypeError(`Time to reboot must be a number of milliseconds from 0: ${downFor}`);
      }
      on(name, (world, host) => rebootHost(world, host, downFor));
    },
    setDcvHealth: (name, healthy) => on(name, (world, host) => setDcvHealth(world, host, healthy)),
    setLoggedInUsers: (name, users) => on(name, (world, host) => setLoggedInUsers(world, host, users)),
    setOpen: (name, open) =>
      on(name, (world, { id }) => void (open ? openServer(world, id) : closeServer(world, id, true))),
    list: (query = {}) => listHosts(simulation.world, query),
    get: (name) => hostSnapshot(findHost(simulation.world, name), simulation.world),
  };
}

/** The host with this name or id. */
export function findHost({ fleet }: World, name: string): Host {
  const host = fleet.withHostname(name) ?? fleet.withId(name);
  if (host) return host;
  throw new NotFoundError(`No server has this host name or id: ${name}`);
}

function listHosts(world: World, { availability, text, ...page }: HostQuery): SnapshotPage<HostSnapshot> {
  const wanted = text?.toLowerCase();
  const hosts = [...world.fleet.machines].sort((a, b) => a.sequence - b.sequence).filter((host) => {
    const reason = host.unavailabilityReason;
    const is = [reason === undefined ? "AVAILABLE" : "UNAVAILABLE", reason];
    if (availability !== undefined && !is.includes(availability)) return false;
    if (wanted === undefined) return true;
    return [host.about.hostname, host.about.ip, host.id, ...host.tags.values()]
      .some((value) => value.toLowerCase().includes(wanted));
  });
  return snapshotPage(hosts, page, (host) => hostSnapshot(host, world));
}
