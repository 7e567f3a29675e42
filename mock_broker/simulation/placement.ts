/**
 * Which host a session goes to.
 *
 * @module
 */

import type { Fleet } from "./fleet.ts";
import type { Host } from "./host.ts";
import type { EqualTerm, Requirements } from "./requirements.ts";
import type { SessionRequest } from "./session.ts";

/** An index answer longer than this is no shorter way than to go through the hosts that have room. */
const FEW_HOSTS = 32;

/** The emptiest available host with room that meets the requirements, `undefined` if there is none. */
export function chooseHost(
  fleet: Fleet,
  request: SessionRequest,
  except: ReadonlySet<Host> = NO_HOSTS,
): Host | undefined {
  const { requirements } = request;
  const meeting = fleet.meeting(requirements);
  const matches = (host: Host) => meeting ? meeting.has(host) : requirements.matches(host);
  for (const host of candidates(fleet, request, meeting)) {
    if (!matches(host) || except.has(host) || !host.hasReportedRoomFor(request)) continue;
    if (supports(host, request)) return host;
  }
  return undefined;
}

const NO_HOSTS: ReadonlySet<Host> = new Set();

function candidates(
  fleet: Fleet,
  request: SessionRequest,
  meeting: ReadonlySet<Host> | undefined,
): Iterable<Host> {
  const named = fewHosts(fleet, request.requirements, meeting);
  if (!named) return fleet.withRoom(request.type);
  return named
    .filter((host) => host.unavailabilityReason === undefined)
    .sort((a, b) => a.sessionCount - b.sessionCount || (a.id < b.id ? -1 : 1));
}

/** The hosts that meet the requirements, or that a term of them names, if an index knows them and they are few. */
function fewHosts(
  fleet: Fleet,
  { equalTerms }: Requirements,
  meeting: ReadonlySet<Host> | undefined,
): Host[] | undefined {
  if (meeting && meeting.size <= FEW_HOSTS) return [...meeting];
  for (const term of equalTerms) {
    const hosts = lookUp(fleet, term);
    if (hosts && hosts.size <= FEW_HOSTS) return [...hosts];
  }
  return undefined;
}

function lookUp(fleet: Fleet, { subject, value }: EqualTerm): ReadonlySet<Host> | undefined {
  if (subject.kind === "tag") return fleet.withTag(subject.key, value);
  if (subject.path === "Id") return setOf(fleet.withId(value));
  if (subject.path === "Host.Aws.Ec2InstanceId") return setOf(fleet.withInstanceId(value));
  return undefined;
}

function setOf(host: Host | undefined): ReadonlySet<Host> {
  return new Set(host ? [host] : []);
}

/** Whether the operating system can do what is asked; what it cannot counts as a host that does not match. */
function supports(host: Host, request: SessionRequest): boolean {
  const linuxVirtual = host.about.os === "linux" && request.type === "VIRTUAL";
  if (linuxVirtual) return true;
  if (request.dcvGl || request.initFile !== undefined || request.autorunFileArguments !== undefined) {
    return false;
  }
  return request.autorunFile === undefined || host.about.os === "windows";
}
