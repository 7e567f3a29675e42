/**
 * What a test does to the fleet beside the broker's own API: hosts that fail, users who connect.
 *
 * @module
 */

import { addHost } from "./populate.ts";
import { loseAgent, rebootHost, restoreAgent, setDcvHealth, terminateHost } from "./simulation/agents.ts";
import { connectUser, disconnectUser } from "./simulation/connections.ts";
import type { Host } from "./simulation/host.ts";
import type { HostOptions } from "./simulation/host_options.ts";
import { addLocalSession, type SessionOptions } from "./simulation/local_sessions.ts";
import { setLoggedInUsers } from "./simulation/servers.ts";
import type { Session } from "./simulation/session.ts";
import type { Simulation } from "./simulation/simulation.ts";
import type { World } from "./simulation/world.ts";

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
}

/** Control over the sessions of a mock broker; an id that no session has is a `TypeError`. */
export interface SessionControl {
  /** Creates a session on a host, without the broker, as `dcv create-session` does; its id. */
  createOnHost(host: string, options: SessionOptions): string;
  /** Connects a user's client to a READY session. */
  connect(sessionId: string, user: string): void;
  /** Disconnects a user's client. */
  disconnect(sessionId: string, user: string): void;
}

/** Control over the hosts of a simulation. */
export function hostControl(simulation: Simulation): HostControl {
  const on = (name: string, act: (world: World, host: Host) => void) => {
    const { world } = simulation;
    act(world, findHost(world, name));
  };
  return {
    add: (options = {}) => addHost(simulation.world, options).id,
    terminate: (name) => on(name, terminateHost),
    loseAgent: (name) => on(name, loseAgent),
    restoreAgent: (name) => on(name, restoreAgent),
    reboot: (name, downFor = 45_000) => on(name, (world, host) => rebootHost(world, host, downFor)),
    setDcvHealth: (name, healthy) => on(name, (world, host) => setDcvHealth(world, host, healthy)),
    setLoggedInUsers: (name, users) => on(name, (world, host) => setLoggedInUsers(world, host, users)),
  };
}

/** Control over the sessions of a simulation. */
export function sessionControl(simulation: Simulation): SessionControl {
  return {
    createOnHost(name, options) {
      const { world } = simulation;
      return addLocalSession(world, findHost(world, name), options).id;
    },
    connect: (id, user) => connectUser(findSession(simulation.world, id), user),
    disconnect(id, user) {
      const { world } = simulation;
      disconnectUser(world, findSession(world, id), user);
    },
  };
}

function findHost({ fleet }: World, name: string): Host {
  const host = fleet.withHostname(name) ?? fleet.withId(name);
  if (host) return host;
  throw new TypeError(`No server has this host name or id: ${name}`);
}

function findSession({ sessions }: World, id: string): Session {
  const session = sessions.find(id);
  if (session) return session;
  throw new TypeError(`No session has this id: ${id}`);
}
