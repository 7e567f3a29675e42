/**
 * How time passes in a world: what is due is carried out, each kind by its rule.
 *
 * @module
 */

import { becomeUnreachable, dropSessions, restoreAgent, takeReport } from "./agents.ts";
import type { Happening, HostHappening, SessionHappening } from "./happening.ts";
import type { Host } from "./host.ts";
import { takeRoomReport } from "./room_report.ts";
import type { Session } from "./session.ts";
import { endQueuedSession, finishCreation, placeQueuedSessions, prepare } from "./session_creation.ts";
import { finishDeletion } from "./session_deletion.ts";
import type { World } from "./world.ts";

/**
 * Lets everything happen that is due by `time`; queued sessions are placed as soon as there is room.
 *
 * @param happened Called with each thing that has happened.
 */
export function letTimePass(world: World, time: number, happened?: (what: Happening) => void): void {
  placeQueuedSessions(world);
  world.agenda.passTo(time, (what) => {
    carryOut(world, what);
    placeQueuedSessions(world);
    happened?.(what);
  });
}

const OF_SESSION: Readonly<Record<SessionHappening["kind"], (world: World, session: Session) => void>> = {
  placed: prepare,
  prepared: finishCreation,
  queueTimeout: endQueuedSession,
  ended: finishDeletion,
  forgotten: ({ sessions }, session) => sessions.forget(session),
};

const OF_HOST: Readonly<Record<HostHappening["kind"], (world: World, host: Host) => void>> = {
  agentTimeout: becomeUnreachable,
  agentReport: takeReport,
  agentReturn: restoreAgent,
  roomReport: takeRoomReport,
  serverDropped: ({ fleet }, host) => fleet.unlist(host),
  sessionsDropped: dropSessions,
};

function carryOut(world: World, what: Happening): void {
  if ("session" in what) {
    what.session.next = undefined;
    OF_SESSION[what.kind](world, what.session);
  } else if ("host" in what) {
    OF_HOST[what.kind](world, what.host);
  } else {
    world.apiClients.forgetToken(what.digest);
  }
}

/** What changes when callers can see that something has happened; some events find that there is nothing to do. */
export function appearance({ sessions }: World, what: Happening): string | number {
  if ("host" in what) return what.host.version;
  if (!("session" in what)) return 0;
  const { session } = what;
  return `${session.history.length} ${sessions.has(session)}`;
}
