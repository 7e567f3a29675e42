/**
 * Further worlds beside a broker's own, so that tests that run at the same time do not disturb each other.
 *
 * @module
 */

import { check } from "../description/check.ts";
import { once } from "../description/once.ts";
import { textLike } from "../description/rules.ts";
import type { BrokerControl, WorldControl } from "./broker_control.ts";

/** Each world holds a fleet in memory. */
const MOST_WORLDS = 100;

/** The rule of a world's name. */
const worldNameSchema = once(() => textLike(/^[\w.-]{1,64}$/, '1 to 64 letters, digits, ".", "_" or "-"'));

/** Control over the worlds that `create` makes. */
export function worldControl<Broker extends BrokerControl>(
  create: (name: string) => Broker,
): WorldControl<Broker> {
  const worlds = new Map<string, Broker>();
  return {
    get(name) {
      const found = worlds.get(name);
      if (found) return found;
      check("worlds.get()", worldNameSchema(), name, ["name"]);
      if (worlds.size >= MOST_WORLDS) {
        throw new TypeError(`There are ${MOST_WORLDS} worlds already: remove one before making ${name}`);
      }
      const world = create(name);
      worlds.set(name, world);
      return world;
    },
    list: () => [...worlds.keys()],
    remove: (name) => worlds.delete(name),
  };
}
