/**
 * Filling an empty world with what a caller asked for.
 *
 * @module
 */

import { DEFAULT_FLEET } from "./default_fleet.ts";
import { describeHost, type HostOptions } from "./host.ts";
import type { MockBrokerOptions } from "./options.ts";
import { describeSession, type InitialSession } from "./session.ts";
import { loseAgent, setDcvHealth } from "../simulation/agents.ts";
import type { Host } from "../simulation/host.ts";
import { addLocalSession } from "../simulation/local_sessions.ts";
import { awaitFirstReport } from "../simulation/room_report.ts";
import type { World } from "../simulation/world.ts";

/** The lists of the options that fill a world. */
export type Inhabitants = Pick<MockBrokerOptions, "clients" | "servers" | "sessions">;

/** Adds one entry of a list; whoever replaces it may catch what `add` throws. */
type AddEntry = (list: keyof Inhabitants, index: number, add: () => void) => void;

/** Registers the clients, lets the hosts join and puts the sessions on them. */
export function populate(
  world: World,
  { clients, servers = DEFAULT_FLEET, sessions = [] }: Inhabitants,
  addEntry: AddEntry = (_list, _index, add) => add(),
): void {
  const registered = clients?.length ? clients : [{}];
  registered.forEach((client, index) => addEntry("clients", index, () => world.apiClients.register(client)));
  const hosts: [Host, HostOptions][] = [];
  servers.forEach((options, index) =>
    addEntry("servers", index, () => hosts.push([join(world, options), options]))
  );
  sessions.forEach((session, index) => addEntry("sessions", index, () => addInitialSession(world, session)));
  // Only now: what fails on a host has to find the sessions that are there.
  for (const [host, options] of hosts) fail(world, host, options);
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
