/**
 * A fleet as answers tell of it: a host for each server, a session for each that runs on one.
 *
 * @module
 */

import type { Server, Session } from "@dcvkit/session-manager";
import type { HostOptions } from "../description/host.ts";
import type { InitialSession } from "../description/session.ts";
import type { Answers } from "./answers.ts";
import { hostOptions } from "./host_options.ts";

/** An entry of a fleet file, and what it was made of. */
export interface Entry<Options, Original> {
  options: Options;
  /** Absent where the answers tell of it only in passing. */
  readonly original: Original | undefined;
  /** What has to be said of it. */
  readonly notes: string[];
}

/** A fleet file in the making. */
export interface Draft {
  servers: Entry<HostOptions, Server>[];
  sessions: Entry<InitialSession, Partial<Session>>[];
  /** What has no entry. */
  readonly leftOut: string[];
}

/** The fleet that answers tell of. */
export function draftOf(answers: Answers): Draft {
  const leftOut: string[] = [];
  const machines = new Machines(answers, leftOut);
  const sessions: Draft["sessions"] = [];
  for (const session of answers.sessions) {
    const hostname = session.Server && machines.nameOf(session.Server);
    if (hostname === undefined || session.State !== "READY" && session.State !== "UNKNOWN") {
      leftOut.push(`${titleOf(session)}: it is ${stateOf(session)}`);
      continue;
    }
    sessions.push({ options: sessionOptions(session, hostname), original: session, notes: [] });
  }
  if (!answers.tellSessions) sessions.push(...machines.standIns());
  const servers = machines.all.map(({ hostname, server }) => ({
    options: hostOptions(server, hostname, occupationOf(hostname, sessions)),
    original: server,
    notes: [],
  }));
  return { servers, sessions, leftOut };
}

/** How an entry that is left out is called. */
export function titleOf({ Id, Name, Owner }: Partial<Session>): string {
  return `Session ${Id ?? ""} of ${Owner ?? "nobody"}${Name ? ` (${Name})` : ""}`;
}

function stateOf({ State, Substate, Server }: Partial<Session>): string {
  const state = [State ?? "in no state", Substate].filter(Boolean).join(", ");
  return Server ? state : `${state}, without a server`;
}

function sessionOptions(session: Partial<Session>, server: string): InitialSession {
  return {
    id: session.Id,
    owner: session.Owner!,
    name: session.Name === "" ? undefined : session.Name,
    type: session.Type as InitialSession["type"],
    server,
    maxConcurrentClients: session.MaxConcurrentClients,
    storageRoot: session.StorageRoot,
    creationTime: session.CreationTime,
    lastDisconnectionTime: session.LastDisconnectionTime,
  };
}

function occupationOf(hostname: string, sessions: Draft["sessions"]) {
  const owners = new Map<string, number>();
  let virtualSessions = 0;
  for (const { options: { server, type, owner } } of sessions) {
    if (server !== hostname || type === "CONSOLE") continue;
    virtualSessions++;
    owners.set(owner, (owners.get(owner) ?? 0) + 1);
  }
  return { virtualSessions, ofOneOwner: Math.max(0, ...owners.values()) };
}

/** The servers of the answers, and those that only sessions tell of, by their host names. */
class Machines {
  readonly #byName = new Map<string, Server>();
  readonly #names = new Map<string, string>();

  constructor({ servers, sessions }: Answers, leftOut: string[]) {
    for (const server of servers) this.#add(server, leftOut);
    for (const { Server: server } of sessions) {
      if (server && this.nameOf(server) === undefined) this.#add(server, leftOut);
    }
  }

  get all(): { hostname: string; server: Server }[] {
    return [...this.#byName].map(([hostname, server]) => ({ hostname, server }));
  }

  /** The host name of a server that is known by its id or its name. */
  nameOf(server: Server): string | undefined {
    const hostname = hostnameOf(server);
    if (server.Id !== undefined) {
      const named = this.#names.get(server.Id);
      if (named !== undefined) return named;
      // Another id under the same name is another registration of the host.
      if (this.#byName.get(hostname)?.Id !== undefined) return undefined;
    }
    return this.#byName.has(hostname) ? hostname : undefined;
  }

  /** Sessions for the counts of servers where nothing more is known of them. */
  standIns(): Draft["sessions"] {
    return this.all.flatMap(({ hostname, server: { ConsoleSessionCount = 0, VirtualSessionCount = 0 } }) => {
      const standIn = (type: "CONSOLE" | "VIRTUAL") => (_: unknown, index: number) => ({
        options: { owner: `unknown-${index + 1}`, type, server: hostname },
        original: undefined,
        notes: [],
      });
      return [
        ...Array.from({ length: Math.min(ConsoleSessionCount, 1) }, standIn("CONSOLE")),
        ...Array.from({ length: Math.min(VirtualSessionCount, MOST_STAND_INS) }, standIn("VIRTUAL")),
      ];
    });
  }

  #add(server: Server, leftOut: string[]): void {
    const hostname = hostnameOf(server);
    const other = this.#byName.get(hostname);
    // A host whose agent has started anew may be listed twice: the one that answers is the one that is there.
    const isBetter = other?.Availability !== "AVAILABLE" && server.Availability === "AVAILABLE";
    if (other && !isBetter) {
      leftOut.push(`Server ${server.Id ?? ""}: another has its host name, ${hostname}`);
      return;
    }
    if (other) leftOut.push(`Server ${other.Id ?? ""}: another has its host name, ${hostname}`);
    this.#byName.set(hostname, server);
    if (server.Id !== undefined) this.#names.set(server.Id, hostname);
  }
}

/** More than a host has, and few enough for a file. */
const MOST_STAND_INS = 1_000;

function hostnameOf({ Hostname, DefaultDnsName, Ip = "", Id = "" }: Server): string {
  return Hostname || DefaultDnsName?.split(".")[0] || (Ip ? `ip-${Ip.replaceAll(/[.:]/g, "-")}` : Id);
}
