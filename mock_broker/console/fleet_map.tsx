/** @jsxImportSource hono/jsx */
/**
 * Many hosts at one look: a map of squares, whole or in groups.
 *
 * @module
 */

import type { JSX } from "hono/jsx/jsx-runtime";
import type { HostSnapshot } from "../control/host_snapshot.ts";
import { capacityOf, shareInUse, stateOf } from "./capacity.tsx";
import { lookOf } from "./icons.tsx";
import { count, linkTo, type View } from "./view.ts";

/** Most hosts on the maps of a view. */
export const MOST_HOSTS = 1_000;

/** Most groups; the hosts of further ones stand together. */
const MOST_GROUPS = 40;

/** Side of a square on the map, and how many stand in a row. */
const SIDE = 10;
const COLUMNS = 50;

/**
 * Hosts, each a square that fills up and leads to the host; those out of service carry the shape of their state. One of
 * them is reached with the Tab key, the others from there with the arrow keys.
 */
export function HostMap({ view, hosts, label }: {
  view: View;
  hosts: readonly HostSnapshot[];
  label: string;
}): JSX.Element {
  const rows = Math.ceil(hosts.length / COLUMNS);
  return (
    <svg
      class="map"
      viewBox={`0 0 ${COLUMNS * SIDE} ${rows * SIDE}`}
      role="group"
      aria-label={label}
      data-columns={String(COLUMNS)}
    >
      {hosts.map((host, index) => <Square view={view} host={host} index={index} />)}
    </svg>
  );
}

function Square({ view, host, index }: { view: View; host: HostSnapshot; index: number }): JSX.Element {
  const state = stateOf(host);
  const { tone, outline } = lookOf(state);
  const height = Number((8 * shareInUse(host)).toFixed(2));
  const isInService = state === "AVAILABLE" || state === "SERVER_FULL";
  const about = `${host.hostname}: ${state}, ${count(capacityOf(host).used, "session")}`;
  return (
    <a
      id={`square-${host.id}`}
      href={linkTo(view, `/hosts/${encodeURIComponent(host.hostname)}`)}
      tabindex={index === 0 ? 0 : -1}
      transform={`translate(${index % COLUMNS * SIDE} ${Math.floor(index / COLUMNS) * SIDE})`}
    >
      <title>{about}</title>
      <rect class={`track ${tone}`} x="1" y="1" width="8" height="8" rx="1.5" />
      {isInService
        ? <rect class={tone} x="1" y={9 - height} width="8" height={height} rx="1.5" />
        : <path class={tone} d={outline} transform="translate(1.8 1.8) scale(.4)" />}
    </a>
  );
}

/** A map for each value that a tag has. */
export function GroupedMaps({ view, hosts, tag }: {
  view: View;
  hosts: readonly HostSnapshot[];
  tag: string;
}): JSX.Element {
  return (
    <>
      {groupsOf(hosts, tag).map(([value, members]) => {
        const available = members.filter((host) => stateOf(host) === "AVAILABLE").length;
        const sessions = members.reduce((sum, host) => sum + host.sessions.length, 0);
        return (
          <section class="card group" aria-label={`${tag}=${value}`}>
            <h2>
              <span class="clip" title={value}>{tag}={value}</span>
              <span class="note">
                {count(members.length, "host")}, {available} available, {count(sessions, "session")}
              </span>
            </h2>
            <HostMap view={view} hosts={members} label={`Map of the hosts with ${tag}=${value}`} />
          </section>
        );
      })}
    </>
  );
}

/** Names of the tags that hosts have, the broker's own apart. */
export function tagNames(hosts: readonly HostSnapshot[]): string[] {
  const names = new Set(hosts.flatMap(({ tags }) => Object.keys(tags)));
  return [...names].filter((name) => !name.startsWith("dcv:")).sort();
}

function groupsOf(hosts: readonly HostSnapshot[], tag: string): [value: string, hosts: HostSnapshot[]][] {
  const groups = new Map<string, HostSnapshot[]>();
  for (const host of hosts) {
    const value = Object.hasOwn(host.tags, tag) ? host.tags[tag]! : "(none)";
    const name = groups.has(value) || groups.size < MOST_GROUPS ? value : "(others)";
    const group = groups.get(name);
    if (group) group.push(host);
    else groups.set(name, [host]);
  }
  return [...groups];
}
