/**
 * Servers and sessions in answers of a broker, in whatever form somebody kept them.
 *
 * @module
 */

import type { Server, Session } from "@dcvkit/session-manager";
import { jsonValues } from "./json_values.ts";
import { plain, SERVER, SESSION, shaped } from "./wire_shapes.ts";

/** What answers tell of a fleet. */
export interface Answers {
  readonly servers: readonly Server[];
  readonly sessions: readonly Partial<Session>[];
  /** Whether sessions were asked for, so that those that are not there do not exist. */
  readonly tellSessions: boolean;
  /** Fields without a place in a fleet: unknown ones, and some with a value of another kind. */
  readonly dropped: readonly string[];
}

/**
 * Reads answers: pages of DescribeServers and DescribeSessions, lists of servers or sessions, lists of pages, or JSON
 * texts with any of these, several in a row too. Names may be in snake_case, as `dcvsm` prints them.
 *
 * @throws {TypeError} If something is none of these, naming it.
 */
export function readAnswers(values: readonly unknown[]): Answers {
  const found = { servers: new Map<string, Server>(), sessions: new Map<string, Partial<Session>>() };
  const dropped = new Set<string>();
  let tellSessions = false;
  const drop = (of: string) => (field: string) => void dropped.add(`${of}.${field}`);
  const readServer = (value: unknown, place: string) => {
    const server = shaped(entry(value, place), SERVER, drop("Server")) as Server;
    found.servers.set(server.Id ?? place, server);
  };
  const readSession = (value: unknown, place: string) => {
    const session = shaped(entry(value, place), SESSION, drop("Session")) as Partial<Session>;
    found.sessions.set(JSON.stringify([session.Id ?? place, session.Server?.Id]), session);
  };
  const read = (value: unknown, place: string): void => {
    if (Array.isArray(value)) return value.forEach((item, index) => read(item, `${place}[${index}]`));
    const members = membersOf(value);
    const page = { servers: members.get("servers"), sessions: members.get("sessions") };
    if (page.sessions !== undefined) {
      tellSessions = true;
      listIn(page.sessions, `${place}.Sessions`).forEach((item, index) =>
        readSession(item, `${place}.Sessions[${index}]`)
      );
    }
    if (page.servers !== undefined) {
      listIn(page.servers, `${place}.Servers`).forEach((item, index) =>
        readServer(item, `${place}.Servers[${index}]`)
      );
    }
    if (page.sessions !== undefined || page.servers !== undefined) return;
    if (members.has("owner") && members.has("id")) {
      tellSessions = true;
      readSession(value, place);
    } else if (members.has("hostname") || members.has("ip")) readServer(value, place);
    else throw new TypeError(`Cannot import ${place}: expected ${WANTED}, got ${kindOf(value)}`);
  };
  values.forEach((value, index) => {
    const place = `answers[${index}]`;
    const items = typeof value === "string" ? jsonValues(value, place) : [value];
    for (const item of items) read(item, place);
  });
  return {
    servers: [...found.servers.values()],
    sessions: [...found.sessions.values()],
    tellSessions,
    dropped: [...dropped],
  };
}

const WANTED = "an answer of DescribeServers or DescribeSessions, or a list of servers or sessions";

/** The members of an object under their plain names. */
function membersOf(value: unknown): Map<string, unknown> {
  if (typeof value !== "object" || value === null) return new Map();
  return new Map(Object.entries(value).map(([name, member]) => [plain(name), member]));
}

function listIn(value: unknown, place: string): readonly unknown[] {
  // Python programs show an empty list as nothing.
  if (value === null) return [];
  if (Array.isArray(value)) return value;
  throw new TypeError(`Cannot import ${place}: expected a list, got ${kindOf(value)}`);
}

function entry(value: unknown, place: string): object {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  throw new TypeError(`Cannot import ${place}: expected an object, got ${kindOf(value)}`);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value !== "object") return JSON.stringify(value) ?? String(value);
  const names = Object.keys(value).slice(0, 5);
  return names.length === 0 ? "an empty object" : `an object with ${names.join(", ")}`;
}
