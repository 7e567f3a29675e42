/**
 * From plain data to the world that was saved.
 *
 * @module
 */

import type { Event } from "./agenda.ts";
import type { BrokerProperties } from "./broker_properties.ts";
import { Chance } from "./chance.ts";
import type { Happening } from "./happening.ts";
import { Host } from "./host.ts";
import { parseRequirements } from "./requirements.ts";
import type { SavedEvent, SavedHost, SavedSession, SavedState } from "./saved_state.ts";
import { Session } from "./session.ts";
import { World } from "./world.ts";

/**
 * The world as it was.
 *
 * @throws {TypeError} If it names a host or a session that it does not have.
 */
export function loadWorld(saved: SavedState): World {
  const properties = { "max-api-requests-per-second": Infinity, ...saved.properties } as BrokerProperties;
  const chance = Chance.resume(saved.chance);
  const world = new World({ start: saved.time, chance, properties, timings: saved.timings }, saved);
  world.apiClients.resumeClients(saved.clients);
  world.apiClients.resumeTokens(saved.tokens);
  world.throttle.resume(saved.throttle);
  world.faults.resume(saved.faults);
  const hosts = new Numbered("host", saved.hostsJoined, saved.hosts, (host) => loadHost(world, host));
  const sessions = new Numbered(
    "session",
    saved.sessionsCreated,
    saved.sessions,
    (session) => loadSession(session, hosts),
  );
  refuseWithoutHost(saved);
  for (const { sequence, sessions: there } of saved.hosts) {
    for (const number of there) world.fleet.admit(hosts.get(sequence), sessions.get(number));
  }
  saved.hosts.forEach((host) => putInPlace(world, hosts.get(host.sequence), host));
  world.fleet.joined = saved.hostsJoined;
  for (const number of saved.listedSessions) world.sessions.add(sessions.get(number));
  world.sessions.created = saved.sessionsCreated;
  for (const number of saved.queue) world.queue.add(sessions.get(number));
  for (const event of saved.events) plan(world, event, hosts, sessions);
  world.roomAppeared = saved.roomAppeared;
  return world;
}

/** Only a session that waits, or did until it ended, has no host. */
function refuseWithoutHost({ sessions, queue }: SavedState): void {
  const waiting = new Set(queue);
  for (const { id, host, state, sequence } of sessions) {
    if (host !== undefined || waiting.has(sequence) || state === "DELETING" || state === "DELETED") continue;
    throw new TypeError(`Saved world has the session ${id}, which is ${state}, on no host`);
  }
}

/** Things by their sequence numbers. */
class Numbered<Saved extends { readonly sequence: number }, Thing> {
  readonly #what: string;
  readonly #things = new Map<number, Thing>();

  /** @param count How many there ever were: the next one gets this number. */
  constructor(what: string, count: number, saved: readonly Saved[], load: (saved: Saved) => Thing) {
    this.#what = what;
    for (const item of saved) {
      if (item.sequence >= count) {
        throw new TypeError(
          `Saved world has a ${what} with the sequence ${item.sequence}, and counts ${count}`,
        );
      }
      if (this.#things.has(item.sequence)) {
        throw new TypeError(`Saved world has two ${what}s with the sequence ${item.sequence}`);
      }
      this.#things.set(item.sequence, load(item));
    }
  }

  get(sequence: number): Thing {
    const thing = this.#things.get(sequence);
    if (thing) return thing;
    throw new TypeError(`Saved world names a ${this.#what} that it does not have: ${sequence}`);
  }
}

function loadHost({ agenda }: World, saved: SavedHost): Host {
  const { users, ...about } = saved.about;
  const host = new Host(saved, { ...about, users: users && new Set(users) }, agenda);
  host.durations = saved.durations;
  host.connected = saved.connected;
  host.reachable = saved.reachable;
  host.dcvHealthy = saved.dcvHealthy;
  host.terminated = saved.terminated;
  host.open = saved.open;
  host.loggedInUsers = saved.loggedInUsers;
  host.willingnessReported = saved.willingnessReported;
  host.unreported = saved.unreported;
  return host;
}

/** Only now, for its place among the others depends on its sessions. */
function putInPlace({ fleet }: World, host: Host, saved: SavedHost): void {
  fleet.resume(host, saved);
  host.version = saved.version;
}

function loadSession(saved: SavedSession, hosts: Numbered<SavedHost, Host>): Session {
  const { request, local } = saved;
  const about = request ? { ...request, requirements: parseRequirements(request.requirements) } : local!;
  const session = new Session(saved.id, saved.sequence, saved.creationTime, about);
  session.permissionsFile = saved.permissionsFile;
  session.state = saved.state;
  session.substate = saved.substate;
  session.stateReason = saved.stateReason;
  session.host = saved.host === undefined ? undefined : hosts.get(saved.host);
  for (const sequence of saved.failedOn) session.failedOn.add(hosts.get(sequence));
  session.creationFailures = saved.creationFailures;
  session.connections.push(...saved.connections.map((user) => ({ user, isPage: false })));
  session.lastDisconnectionTime = saved.lastDisconnectionTime;
  session.lost = saved.lost;
  for (const { time, state, substate, reason, server } of saved.history) {
    session.history.push({ time, state, substate, reason, server });
  }
  return session;
}

function plan(
  { agenda }: World,
  saved: SavedEvent,
  hosts: Numbered<SavedHost, Host>,
  sessions: Numbered<SavedSession, Session>,
): void {
  const what: Happening = "session" in saved
    ? { kind: saved.kind, session: sessions.get(saved.session) }
    : "host" in saved
    ? { kind: saved.kind, host: hosts.get(saved.host) }
    : { kind: saved.kind, digest: saved.digest };
  remember(what, agenda.plan(saved.due, saved.order, what));
}

/** Whoever calls an event off has to find it. */
function remember(what: Happening, event: Event): void {
  if ("session" in what) what.session.next = event;
  else if (what.kind === "roomReport") what.host.roomReport = event;
  else if ("host" in what && what.kind !== "agentReturn") what.host.expected.push(event);
}
