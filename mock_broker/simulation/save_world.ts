/**
 * From a world to plain data.
 *
 * @module
 */

import type { Happening } from "./happening.ts";
import type { Host } from "./host.ts";
import type { SavedEvent, SavedHost, SavedProperties, SavedSession, SavedState } from "./saved_state.ts";
import type { Session } from "./session.ts";
import type { World } from "./world.ts";

/** Everything that decides what happens next in a world; secrets only if they are asked for. */
export function saveWorld(world: World, { secrets }: { secrets: boolean }): SavedState {
  const { agenda, fleet, queue } = world;
  const planned = agenda.planned;
  const sessions = allSessions(world, planned.map(({ what }) => what));
  const hosts = allHosts(world, sessions, planned.map(({ what }) => what));
  return {
    time: world.now,
    happened: agenda.happened,
    scheduled: agenda.scheduled,
    properties: finite(world.properties),
    timings: { ...world.timings },
    chance: world.chance.save(secrets),
    signingKeyId: world.signingKeyId,
    roomAppeared: world.roomAppeared,
    hostsJoined: fleet.joined,
    sessionsCreated: world.sessions.created,
    hosts: hosts.map((host) => saveHost(world, host)),
    sessions: sessions.map((session) => saveSession(session, world.now)),
    listedSessions: world.sessions.inOrderOfAddition.map(({ sequence }) => sequence),
    queue: [...queue].map(({ sequence }) => sequence),
    events: planned.map(({ due, order, what }) => saveEvent(due, order, what)),
    clients: world.apiClients.saveClients(secrets),
    tokens: world.apiClients.saveTokens(),
    faults: world.faults.save(),
    throttle: world.throttle.save(),
  };
}

/** JSON has no Infinity: a limit that there is not is left out. */
function finite(properties: World["properties"]): SavedProperties {
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== Infinity));
}

/** Listed or not, a session is there as long as it has a place, waits, or something is to happen to it. */
function allSessions({ fleet, queue, sessions }: World, due: readonly Happening[]): Session[] {
  const all = new Set<Session>([...sessions, ...fleet.placed, ...queue]);
  for (const what of due) if ("session" in what) all.add(what.session);
  return [...all].sort((a, b) => a.sequence - b.sequence);
}

function allHosts({ fleet }: World, sessions: readonly Session[], due: readonly Happening[]): Host[] {
  const all = new Set<Host>([...fleet.machines, ...fleet.listed]);
  for (const { host, failedOn } of sessions) {
    if (host) all.add(host);
    for (const failed of failedOn) all.add(failed);
  }
  for (const what of due) if ("host" in what) all.add(what.host);
  // The order in which hosts are gone through is part of what happens next, so it is kept.
  return [...all];
}

function saveHost({ fleet }: World, host: Host): SavedHost {
  const { users, ...about } = host.about;
  return {
    id: host.id,
    sequence: host.sequence,
    joining: host.joining,
    durations: host.durations,
    version: host.version,
    about: { ...about, ...(users && { users: [...users] }) },
    isKnown: fleet.isKnown(host),
    isListed: fleet.withId(host.id) === host,
    connected: host.connected,
    reachable: host.reachable,
    dcvHealthy: host.dcvHealthy,
    terminated: host.terminated,
    open: host.open,
    loggedInUsers: [...host.loggedInUsers],
    willingnessReported: host.willingnessReported,
    unreported: [...host.unreported],
    sessions: [...fleet.sessionsOn(host)].map(({ sequence }) => sequence),
  };
}

function saveSession(session: Session, now: number): SavedSession {
  const { request, connections, name, owner, type, maxConcurrentClients, storageRoot } = session;
  // Pages that are open do not come along; to whoever looks at the world they have been closed.
  const lasting = connections.filter(({ isPage }) => !isPage);
  const lastDisconnectionTime = lasting.length < connections.length ? now : session.lastDisconnectionTime;
  return {
    id: session.id,
    sequence: session.sequence,
    creationTime: session.creationTime,
    ...(request
      ? { request: { ...request, requirements: request.requirements.text } }
      : { local: { name, owner, type, maxConcurrentClients, storageRoot, permissionsFile: undefined } }),
    permissionsFile: session.permissionsFile,
    state: session.state,
    substate: session.substate,
    stateReason: session.stateReason,
    host: session.host?.sequence,
    failedOn: [...session.failedOn].map(({ sequence }) => sequence),
    creationFailures: session.creationFailures,
    connections: lasting.map(({ user }) => user),
    lastDisconnectionTime,
    lost: session.lost,
    history: [...session.history],
  };
}

function saveEvent(due: number, order: number, what: Happening): SavedEvent {
  if ("session" in what) return { due, order, kind: what.kind, session: what.session.sequence };
  if ("host" in what) return { due, order, kind: what.kind, host: what.host.sequence };
  return { due, order, ...what };
}
