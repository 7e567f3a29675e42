/**
 * The sessions, hosts and owners that a request and its answer name.
 *
 * @module
 */

import type { JournalEntry } from "./entry.ts";

/** What an entry names. */
export interface NamedThings {
  /** The ids of sessions. */
  readonly sessions: ReadonlySet<string>;
  /** The names of sessions, which several sessions may share. */
  readonly sessionNames: ReadonlySet<string>;
  /** The host names and server ids of hosts. */
  readonly hosts: ReadonlySet<string>;
  /** The owners of sessions, and who connects to them. */
  readonly owners: ReadonlySet<string>;
}

type Kind = keyof NamedThings;

/** Fields whose texts name something wherever they stand. Maps, because callers may send fields of any name. */
const KIND_OF_FIELD: ReadonlyMap<string, Kind> = new Map([
  ["SessionId", "sessions"],
  ["SessionIds", "sessions"],
  ["sessionId", "sessions"],
  ["ServerId", "hosts"],
  ["ServerIds", "hosts"],
  ["Hostname", "hosts"],
  ["Owner", "owners"],
]);

/** What the fields `Id` and `Name` mean within the objects of other fields. */
const SESSION: ReadonlyMap<string, Kind> = new Map([["Id", "sessions"], ["Name", "sessionNames"]]);
const HOST: ReadonlyMap<string, Kind> = new Map([["Id", "hosts"]]);
const KINDS_WITHIN: ReadonlyMap<string, ReadonlyMap<string, Kind>> = new Map([
  ["Sessions", SESSION],
  ["Session", SESSION],
  ["SuccessfulList", SESSION],
  ["CreateSessionRequestData", SESSION],
  ["Servers", HOST],
  ["Server", HOST],
]);

/** The items of a creation, which stand in no field. */
const NEW_SESSIONS = "CreateSessionRequestData";

/** Collects what an entry names. */
export function namesIn({ operation, path, connector, query, request, response }: JournalEntry): NamedThings {
  const found = {
    sessions: new Set<string>(),
    sessionNames: new Set<string>(),
    hosts: new Set<string>(),
    owners: new Set<string>(),
  };
  const visit = (value: unknown, field: string, parent: string) => {
    if (typeof value === "string") {
      const kind = KIND_OF_FIELD.get(field) ?? KINDS_WITHIN.get(parent)?.get(field);
      if (kind !== undefined && value !== "") found[kind].add(value);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, field, parent);
    } else if (typeof value === "object" && value !== null) {
      for (const [name, inner] of Object.entries(value)) visit(inner, name, field);
    }
  };
  visit(request, operation === "createSessions" ? NEW_SESSIONS : "", "");
  visit(response, "", "");
  visit(query, "", "");
  const [first, second, third] = stepsOf(path);
  if (operation === "getSessionConnectionData") {
    if (second) found.sessions.add(second);
    if (third) found.owners.add(third);
  }
  if (connector === "desktop" && first) found.hosts.add(first);
  return found;
}

/** The parts of a path between its slashes, decoded; one that cannot be decoded stays as it is. */
function stepsOf(path: string): string[] {
  return path.split("/").slice(1).map((step) => {
    try {
      return decodeURIComponent(step);
    } catch {
      return step;
    }
  });
}
