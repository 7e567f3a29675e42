/**
 * Filling an empty world with what a caller asked for.
 *
 * @module
 */

import { DEFAULT_FLEET } from "./default_fleet.ts";
import type { InitialSession, MockBrokerOptions } from "./options.ts";
import type { Host } from "./simulation/host.ts";
import { addLocalSession } from "./simulation/local_sessions.ts";
import type { World } from "./simulation/world.ts";

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
  servers.forEach((host, index) => addEntry("servers", index, () => world.fleet.join(host)));
  sessions.forEach((session, index) => addEntry("sessions", index, () => addInitialSession(world, session)));
}

/** Puts a session on the host that it names, or on the first that has room for it. */
export function addInitialSession(world: World, session: InitialSession): void {
  addLocalSession(world, serverOf(world, session), session);
}

function serverOf(world: World, session: InitialSession): Host {
  const { server: hostname, owner, type = "VIRTUAL" } = session;
  const host = hostname === undefined
    ? [...world.fleet.withRoom(type)].find((candidate) => candidate.hasRoomFor(type, owner))
    : world.fleet.withHostname(hostname);
  if (host) return host;
  throw new TypeError(
    hostname === undefined
      ? `No server has room for the ${type} session of ${owner}`
      : `Session of ${owner} names a server that is not in the fleet: ${hostname}`,
  );
}
