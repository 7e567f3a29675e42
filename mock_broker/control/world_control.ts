/**
 * Further worlds beside a broker's own, so that tests that run at the same time do not disturb each other.
 *
 * @module
 */

import * as z from "zod";
import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { anyText, object, textLike } from "../description/rules.ts";
import type { BrokerControl, WorldControl, WorldSource } from "./broker_control.ts";

/** Each world holds a fleet in memory. */
const MOST_WORLDS = 100;

/** The rule of a world's name. */
const worldNameSchema = once(() => textLike(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, ".", "_" or "-"'));

/** The rules of what a world is made of; whoever makes it checks the rest. */
const worldSourceSchema = once(() =>
  object({ fleet: anyObject(), saved: anyObject(), copyOf: anyText().optional() })
);

function anyObject() {
  return z.record(z.string(), z.unknown(), "must be an object").optional();
}

/** Control over the worlds that `create` makes. */
export function worldControl<Broker extends BrokerControl>(
  create: (name: string, source: WorldSource) => Broker,
): WorldControl<Broker> {
  const worlds = new Map<string, Broker>();
  const make = (call: string, name: string, source: WorldSource) => {
    check(call, worldNameSchema(), name, ["name"]);
    if (worlds.size >= MOST_WORLDS && !worlds.has(name)) {
      throw new TypeError(`There are ${MOST_WORLDS} worlds already: remove one before making ${name}`);
    }
    const world = create(name, source);
    worlds.set(name, world);
    return world;
  };
  return {
    get: (name) => worlds.get(name) ?? make("worlds.get()", name, {}),
    make(name, source) {
      const given = Object.values(check("worlds.make()", worldSourceSchema(), source))
        .filter((value) => value !== undefined);
      if (given.length === 1) return make("worlds.make()", name, source);
      throw new TypeError(`worlds.make(): expected one of fleet, saved and copyOf, got ${given.length}`);
    },
    list: () => [...worlds.keys()],
    remove: (name) => worlds.delete(name),
  };
}
