/**
 * Control over the sessions: what users and hosts do with them, without the broker.
 *
 * @module
 */

import { screenshotOf } from "../screenshots/session.ts";
import { connectUser, disconnectUser } from "../simulation/connections.ts";
import type { z } from "zod";
import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { flag, object, oneOf, text, wholeNumber } from "../description/rules.ts";
import type { Expect, SameType } from "../description/same_type.ts";
import { describeSession, type SessionOptions, sessionSchema } from "../description/session.ts";
import { addLocalSession } from "../simulation/local_sessions.ts";
import type { Session } from "../simulation/session.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { World } from "../simulation/world.ts";
import { findHost } from "./host_control.ts";
import { NotFoundError } from "./not_found_error.ts";
import { type SessionSnapshot, sessionSnapshot } from "./session_snapshot.ts";
import { type SnapshotPage, snapshotPage } from "./snapshot_page.ts";

/** Control over the sessions of a mock broker; an id that no session has is a `TypeError`. */
export interface SessionControl {
  /** Creates a session on a host, without the broker, as `dcv create-session` does; its id. */
  createOnHost(host: string, options: SessionOptions): string;
  /**
   * Connects a user's client to a READY session, as far as a DCV server would: the user has to exist on the host, and
   * the session's permissions have to let them see its display. A refusal is a `TypeError` that says why.
   */
  connect(sessionId: string, user: string): void;
  /** Disconnects a user's client, the one that connected first; an open page of the desktop connector says so. */
  disconnect(sessionId: string, user: string): void;
  /** The sessions that the broker lists, oldest first, page by page. */
  list(query?: SessionSnapshotQuery): SnapshotPage<SessionSnapshot>;
  /** One session, with its history and its permissions; the newest if several share the id. */
  get(sessionId: string): SessionSnapshot;
  /** A picture of a READY session as PNG, by default no larger than 160 by 100. */
  screenshot(
    sessionId: string,
    size?: { maxWidth?: number | undefined; maxHeight?: number | undefined },
  ): Promise<Uint8Array>;
}

/** Which sessions to show. Conditions that are left out hold for every session. */
export interface SessionSnapshotQuery {
  /**
   * The `next` of the page before.
   *
   * @default {the first page}
   */
  readonly after?: number | undefined;
  /**
   * Most sessions on the page.
   *
   * @default {100}
   */
  readonly limit?: number | undefined;
  /** READY, say. */
  readonly state?: string | undefined;
  /** Who owns it. */
  readonly owner?: string | undefined;
  /** The host name or the server id. */
  readonly host?: string | undefined;
  /** What the id, the name or the owner contains, in capitals or not. */
  readonly text?: string | undefined;
  /**
   * Whether the newest is the first rather than the last.
   *
   * @default {false}
   */
  readonly newestFirst?: boolean | undefined;
  /**
   * Whether to show the history of each.
   *
   * @default {false}
   */
  readonly history?: boolean | undefined;
  /**
   * Another order than that in which they came to be; pages are then apart by position.
   *
   * @default {the order in which they came to be}
   */
  readonly sort?: "name" | "owner" | "type" | "state" | "host" | "connections" | undefined;
  /**
   * Whether that order is turned around.
   *
   * @default {false}
   */
  readonly descending?: boolean | undefined;
}

/** What sessions can be sorted by. */
export const SESSION_ORDERS = ["name", "owner", "type", "state", "host", "connections"] as const;

/** The rules of a query. */
const sessionQuerySchema = once(() =>
  object({
    after: wholeNumber(0).optional(),
    limit: wholeNumber(0).optional(),
    state: text().optional(),
    owner: text().optional(),
    host: text().optional(),
    text: text().optional(),
    newestFirst: flag().optional(),
    history: flag().optional(),
    sort: oneOf(...SESSION_ORDERS).optional(),
    descending: flag().optional(),
  })
);

export type SessionQueryMatches = Expect<
  SameType<z.input<ReturnType<typeof sessionQuerySchema>>, SessionSnapshotQuery>
>;

/** The rules of a picture's size. */
const sizeSchema = once(() =>
  object({ maxWidth: wholeNumber(1).optional(), maxHeight: wholeNumber(1).optional() })
);

/** Control over the sessions of a simulation. */
export function sessionControl(simulation: Simulation): SessionControl {
  return {
    createOnHost(name, options) {
      const { world } = simulation;
      const checked = check("sessions.createOnHost()", sessionSchema(), options);
      const { id } = addLocalSession(world, findHost(world, name), describeSession(checked));
      simulation.touch();
      return id;
    },
    connect(id, user) {
      check("sessions.connect()", text(), user, ["user"]);
      const connection = connectUser(findSession(simulation.world, id), user, false);
      if ("reason" in connection) throw new TypeError(connection.reason);
      simulation.touch();
    },
    disconnect(id, user) {
      const { world } = simulation;
      if (!disconnectUser(world, findSession(world, id), user)) {
        throw new TypeError(`User ${user} is not connected to session ${id}`);
      }
      simulation.touch();
    },
    list: (query = {}) =>
      listSessions(simulation.world, check("sessions.list()", sessionQuerySchema(), query)),
    get(id) {
      const session = simulation.world.sessions.withId(id).at(-1);
      if (!session) throw noSuchSession(id);
      return sessionSnapshot(session, { history: true, permissions: true });
    },
    async screenshot(id, size = {}) {
      const { world } = simulation;
      check("sessions.screenshot()", sizeSchema(), size);
      const session = findSession(world, id);
      if (session.state === "READY") return await screenshotOf(session, world.now, size);
      throw new NotFoundError(`There is no picture of a session that is ${session.state}: ${id}`);
    },
  };
}

function listSessions(
  world: World,
  { state, owner, host, text, history = false, sort, ...page }: SessionSnapshotQuery,
): SnapshotPage<SessionSnapshot> {
  const wanted = text?.toLowerCase();
  const matches = [...world.sessions].filter((session) =>
    (state === undefined || session.state === state) &&
    (owner === undefined || session.owner === owner) &&
    (host === undefined || session.host?.about.hostname === host || session.host?.id === host) &&
    (wanted === undefined ||
      [session.id, session.name, session.owner].some((value) => value.toLowerCase().includes(wanted)))
  );
  const keyOf = sort && ((session: Session) => orderOf(session, sort));
  return snapshotPage(matches, page, (session) => sessionSnapshot(session, { history }), keyOf);
}

function orderOf(session: Session, sort: typeof SESSION_ORDERS[number]): string | number {
  if (sort === "host") return session.host?.about.hostname ?? "";
  if (sort === "connections") return session.connections.length;
  return sort === "name" ? session.name || session.id : session[sort];
}

function findSession({ sessions }: World, id: string): Session {
  const session = sessions.find(id);
  if (session) return session;
  throw noSuchSession(id);
}

function noSuchSession(id: string): NotFoundError {
  return new NotFoundError(`No session has this id: ${id}`);
}
