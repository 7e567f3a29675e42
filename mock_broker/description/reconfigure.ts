/**
 * Changed options for a world that goes on.
 *
 * @module
 */

import { beginningOf } from "./create_simulation.ts";
import { DEFAULT_FLEET } from "./default_fleet.ts";
import { type HostOptions, nameAndAddress } from "./host.ts";
import type { MockBrokerOptions } from "./options.ts";
import { addHost, addInitialSession } from "./populate.ts";
import { redescribeHost } from "./redescribe_host.ts";
import { terminateHost } from "../simulation/agents.ts";
import type { Simulation } from "../simulation/simulation.ts";
import type { World } from "../simulation/world.ts";

/** What became of changed options. */
export interface Reconfiguration {
  /** What has changed in the world, such as `server gpu-03 added`. */
  readonly changes: readonly string[];
  /** What changes with the next reset only, such as `seed`. */
  readonly afterReset: readonly string[];
  /** Options that stay as they were when the broker was made, such as `authServers`. */
  readonly fixed: readonly string[];
}

/** Options that say how the world begins, or with whom. */
const AT_RESET = ["seed", "clock", "clients"] as const;

/** Options for what is around the world. */
const FIXED = ["authServers", "dnsMappings", "journalSize", "control", "worlds"] as const;

/**
 * Takes over what differs between two sets of options. A host that is new joins, one that is gone ends as an
 * instance does; sessions that are new are put on their hosts, those that are gone stay.
 *
 * @throws {TypeError} If no world can be made of the new options; then nothing has changed.
 */
export function reconfigure(
  simulation: Simulation,
  before: MockBrokerOptions,
  after: MockBrokerOptions,
): Reconfiguration {
  const beginning = beginningOf(
    "reconfigure()",
    after,
    () => simulation.beginning.seed,
    after.clients ? [] : simulation.beginning.clients,
  );
  const { world } = simulation;
  const wanted = beginning.createWorld(world.now);
  const afterReset: string[] = AT_RESET.filter((option) => differ(before[option], after[option]));
  const changes: string[] = [];
  const attempt = (what: string, act: () => void) => {
    try {
      act();
      changes.push(what);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      afterReset.push(`${what} (${error.message})`);
    }
  };
  simulation.beginning = beginning;
  changeServers(world, before.servers, after.servers, attempt);
  for (const session of newEntries(before.sessions, after.sessions)) {
    attempt(`session of ${session.owner} added`, () => addInitialSession(world, session));
  }
  for (const option of ["properties", "timings"] as const) {
    if (differ(before[option], after[option])) {
      attempt(option, () => Object.assign(world, { [option]: wanted[option] }));
    }
  }
  if (differ(before.faults, after.faults)) {
    attempt("faults", () => {
      world.faults.clear();
      for (const rule of after.faults ?? []) world.faults.add(rule);
    });
  }
  simulation.announce();
  return { changes, afterReset, fixed: FIXED.filter((option) => differ(before[option], after[option])) };
}

function changeServers(
  world: World,
  before: readonly HostOptions[] = DEFAULT_FLEET,
  after: readonly HostOptions[] = DEFAULT_FLEET,
  attempt: (what: string, act: () => void) => void,
): void {
  const [old, wanted] = [byHostname(before), byHostname(after)];
  for (const hostname of old.keys()) {
    const host = world.fleet.withHostname(hostname);
    if (wanted.has(hostname) || !host || host.terminated) continue;
    attempt(`server ${hostname} ended`, () => terminateHost(world, host));
  }
  for (const [hostname, options] of wanted) {
    const known = old.get(hostname);
    if (known && !differ(known, options)) continue;
    const host = world.fleet.withHostname(hostname);
    // One that has ended, or could not be added before, joins with the edit that mends it.
    if (!known || !host || host.terminated) {
      attempt(`server ${hostname} added`, () => addHost(world, options));
    } else attempt(`server ${hostname} changed`, () => redescribeHost(world, host, known, options));
  }
}

/** The hosts by their names; those that have none get the names that they have at the start of a world. */
function byHostname(servers: readonly HostOptions[]): Map<string, HostOptions> {
  const named = servers.map((options, index) => ({ ...options, ...nameAndAddress(options, index) }));
  return new Map(named.map((options) => [options.hostname, options]));
}

/** The entries of a list that it did not have before, as often as they are new. */
function newEntries<T>(before: readonly T[] = [], after: readonly T[] = []): T[] {
  const left = new Map<string, number>();
  for (const entry of before.map((entry) => JSON.stringify(entry))) {
    left.set(entry, (left.get(entry) ?? 0) + 1);
  }
  return after.filter((entry) => {
    const text = JSON.stringify(entry);
    const count = left.get(text) ?? 0;
    left.set(text, count - 1);
    return count <= 0;
  });
}

function differ(before: unknown, after: unknown): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
