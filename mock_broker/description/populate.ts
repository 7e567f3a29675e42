/**
 * Filling an empty world with what a caller asked for.
 *
 * @module
 */

import { DEFAULT_FLEET } from "./default_fleet.ts";
import { describeHost, type HostOptions } from "./host.ts";
import type { MockBrokerOptions } from "./options.ts";
import type { Problem } from "./problems.ts";
import { describeSession, type InitialSession } from "./session.ts";
import { loseAgent, setDcvHealth } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import { addLocalSession } from "../simulation/local_sessions.ts";
import { awaitFirstReport } from "../simulation/room_report.ts";
import type { World } from "../simulation/world.ts";

/** The lists of the options that fill a world. */
export type Inhabitants = Pick<MockBrokerOptions, "clients" | "servers" | "sessions" | "faults">;

/**
 * Registers the clients, unless there are some already, lets the hosts join, puts the sessions on them and the faults in force. What the world does
 * not take, a name twice or a session without room, is left out and told.
 */
export function populate(
  world: World,
  { clients, servers = DEFAULT_FLEET, sessions = [], faults = [] }: Inhabitants,
): Problem[] {
  const problems: Problem[] = [];
  const addEach = <T>(list: keyof Inhabitants, entries: readonly T[], add: (entry: T) => void) =>
    entries.forEach((entry, index) => {
      try {
        add(entry);
      } catch (error) {
        if (!(error instanceof TypeError)) throw error;
        problems.push({ path: [list, index], message: error.message });
      }
    });
  if (world.apiClients.isEmpty) {
    addEach("clients", clients?.length ? clients : [{}], (client) => world.apiClients.register(client));
  }
  const hosts: [Host, HostOptions][] = [];
  addEach("servers", servers, (options) => hosts.push([join(world, options), options]));
  addEach("sessions", sessions, (session) => addInitialSession(world, session));
  addEach("faults", faults, (rule) => world.faults.add(rule));
  // Only now: what fails on a host has to find the sessions that are there.
  for (const [host, options] of hosts) fail(world, host, options);
  return problems;
}

/** Adds a host in the condition that the options tell. */
export function addHost(world: World, options: HostOptions): Host {
  const host = join(world, options);
  awaitFirstReport(world, host);
  fail(world, host, options);
  return host;
}

function join({ fleet }: World, options: HostOptions): Host {
  return fleet.join(describeHost(options, fleet.joined));
}

function fail(world: World, host: Host, { agentConnected = true, dcvHealthy = true }: HostOptions): void {
  if (!agentConnected) loseAgent(world, host);
  if (!dcvHealthy) setDcvHealth(world, host, false);
}

/** Puts a session on the host that it names, or on the first that has room for it. */
export function addInitialSession(world: World, session: InitialSession): void {
  addLocalSession(world, serverOf(world, session), describeSession(session));
}

function serverOf(world: World, session: InitialSession): Host {
  const { server: hostname, owner, type = "VIRTUAL" } = session;
  if (hostname !== undefined) {
    const host = world.fleet.withHostname(hostname);
    if (host) return host;
    throw new TypeError(`Session of ${owner} names a server that is not in the fleet: ${hostname}`);
  }
  for (const host of world.fleet.withRoom(type)) {
    if (host.hasRoomFor({ type, owner })) return host;
  }
  throw new TypeError(`No server has room for the ${type} session of ${owner}`);
}
