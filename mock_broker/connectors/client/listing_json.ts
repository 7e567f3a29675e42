/**
 * Listings as JSON. Most sessions and servers of a page are as they were on the page before, so their JSON is kept until
 * they change; the answer is the same, to the byte, as that of writing it anew.
 *
 * @module
 */

import type { Host } from "../../simulation/host.ts";
import type { Session } from "../../simulation/session.ts";
import { JsonText } from "../json_text.ts";
import { type WireContext, wireLifeOf, wireMachineOf, wireNewSession, wireServerInShort } from "./wire.ts";
import type { HostAddresses } from "../host_addresses.ts";

/** The answer of DescribeSessions. */
export function sessionsJson(
  RequestId: string,
  sessions: readonly Session[],
  { addresses }: WireContext,
  NextToken?: string,
): JsonText {
  return listingJson(RequestId, "Sessions", sessions.map((item) => sessionParts(item, addresses)), NextToken);
}

/** The answer of DescribeServers. */
export function serversJson(
  RequestId: string,
  hosts: readonly Host[],
  context: WireContext,
  NextToken?: string,
): JsonText {
  return listingJson(RequestId, "Servers", hosts.map((host) => [serverJson(host, context)]), NextToken);
}

function listingJson(
  RequestId: string,
  list: "Sessions" | "Servers",
  items: readonly (readonly string[])[],
  NextToken: string | undefined,
): JsonText {
  const parts = [`{"RequestId":${JSON.stringify(RequestId)},"${list}":[`];
  for (const [index, item] of items.entries()) {
    if (index > 0) parts.push(",");
    for (const part of item) parts.push(part);
  }
  parts.push(NextToken === undefined ? "]}" : `],"NextToken":${JSON.stringify(NextToken)}}`);
  return new JsonText(parts);
}

/** What of a session may change, and its JSON without its server, which many share. */
interface ShownSession {
  readonly state: string;
  readonly substate: string | undefined;
  readonly reason: string | undefined;
  readonly disconnected: number | undefined;
  readonly connections: number;
  readonly about: string;
  readonly life: string;
}

const shownSessions = new WeakMap<Session, ShownSession>();

function sessionParts(session: Session, addresses: HostAddresses): string[] {
  const { about, life } = shownSession(session);
  const { server } = session;
  return server ? [about, ',"Server":', serverInShortJson(server, addresses), life] : [about, life];
}

function shownSession(session: Session): ShownSession {
  const last = shownSessions.get(session);
  if (last && isUnchanged(session, last)) return last;
  const shown = {
    state: session.state,
    substate: session.substate,
    reason: session.stateReason,
    disconnected: session.lastDisconnectionTime,
    connections: session.connections.length,
    about: JSON.stringify(wireNewSession(session)).slice(0, -1),
    life: `,${JSON.stringify(wireLifeOf(session)).slice(1)}`,
  };
  shownSessions.set(session, shown);
  return shown;
}

function isUnchanged(session: Session, last: ShownSession): boolean {
  return session.state === last.state && session.substate === last.substate &&
    session.stateReason === last.reason && session.lastDisconnectionTime === last.disconnected &&
    session.connections.length === last.connections;
}

/** A server's count of sessions and its load change with time, what it has in short seldom. */
function serverJson(host: Host, context: WireContext): string {
  return `${serverInShortJson(host, context.addresses).slice(0, -1)},${
    JSON.stringify(wireMachineOf(host, context)).slice(1)
  }`;
}

/** A world has one desktop connector at a time, whose address is that of its hosts. */
const shownServers = new WeakMap<Host, { version: number; desktop: object | undefined; json: string }>();

function serverInShortJson(host: Host, addresses: HostAddresses): string {
  const { desktop } = addresses;
  const last = shownServers.get(host);
  if (last?.version === host.version && last.desktop === desktop) return last.json;
  const json = JSON.stringify(wireServerInShort(host, addresses));
  shownServers.set(host, { version: host.version, desktop, json });
  return json;
}
