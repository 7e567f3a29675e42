/**
 * What a broker that serves an imported fleet shows otherwise than the answers did.
 *
 * @module
 */

import { HostAddresses } from "../connectors/host_addresses.ts";
import { wireMachineOf, wireServerInShort, wireSession } from "../connectors/client/wire.ts";
import { createSimulation } from "../description/create_simulation.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { DEFAULT_TIMINGS } from "../description/timings.ts";
import type { Draft } from "./draft.ts";

/** Notes each difference at the entry that it is about; returns the fields that only the broker shows. */
export function noteDifferences(draft: Draft, options: MockBrokerOptions): ReadonlySet<string> {
  const simulation = createSimulation({ ...options, clock: "manual" });
  // Until it is noticed that agents are silent.
  simulation.advance(DEFAULT_TIMINGS.agentTimeout[1] + 1);
  const { world } = simulation;
  const addresses = new HostAddresses();
  const added = new Set<string>();
  draft.servers.forEach(({ original, notes }, index) => {
    const host = world.fleet.withHostname(options.servers![index]!.hostname!);
    if (!original || !host) return;
    const shown = { ...wireServerInShort(host, addresses), ...wireMachineOf(host, { world, addresses }) };
    notes.push(...differences(original, shown, added, "Server"));
  });
  draft.sessions.forEach(({ original, notes }, index) => {
    const { id, server } = options.sessions![index]!;
    const host = world.fleet.withHostname(server!);
    const session = host && [...world.fleet.sessionsOn(host)].find((session) => session.id === id);
    if (!original || !session) return;
    notes.push(...differences(original, wireSession(session, { world, addresses }), added, "Session"));
  });
  return added;
}

function differences(original: object, shown: object, added: Set<string>, of: string): string[] {
  const [then, now] = [fieldsOf(original), fieldsOf(shown)];
  const notes: string[] = [];
  for (const [field, value] of then) {
    if (now.get(field) !== value) {
      notes.push(`${field} was ${value}, is ${now.has(field) ? now.get(field) : "not shown"}`);
    }
  }
  for (const field of now.keys()) {
    if (!then.has(field)) added.add(`${of}.${field.replaceAll(/\[\d+\]/g, "[]")}`);
  }
  return notes;
}

/** Each simple value with its place; tags go by their keys, in whatever order they come. */
function fieldsOf(value: unknown, place = ""): Map<string, string> {
  if (value === undefined) return new Map();
  if (typeof value !== "object" || value === null) return new Map([[place, JSON.stringify(value)]]);
  const steps: [string, unknown][] = Array.isArray(value)
    ? value.map((item, index) => [`${place}[${index}]`, item])
    : Object.entries(value).map(([name, member]) => [place === "" ? name : `${place}.${name}`, member]);
  if (place.endsWith("Tags")) {
    const tags = value as { Key?: string; Value?: string }[];
    return new Map(tags.map(({ Key, Value }) => [`${place}.${Key}`, JSON.stringify(Value)]));
  }
  return new Map(steps.flatMap(([step, member]) => [...fieldsOf(member, step)]));
}
