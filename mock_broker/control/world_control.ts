/**
 * Further worlds beside a broker's own, so that tests that run at the same time do not disturb each other.
 *
 * @module
 */

import type { MockBroker } from "../mock_broker.ts";

/**
 * Control over the further worlds of a mock broker.
 *
 * @example Two worlds that do not disturb each other
 * ```ts
 * import { MockBroker } from "@dcvkit/mock-broker";
 *
 * const broker = new MockBroker({ worlds: true });
 * broker.worlds.get("a").faults.add({ fault: { type: "status", status: 503 } });
 *
 * const [a, b] = await Promise.all(["a", "b"].map((name) => broker.fetch(`${broker.url}/worlds/${name}/health`)));
 * console.log(a?.status, b?.status); // 503 200
 * ```
 */
export interface WorldControl {
  /**
   * The world with this name, made on first use: with the broker's options and API clients, at its beginning, and with
   * a clock, faults and a journal of its own.
   *
   * @throws {TypeError} If the name has more than letters, digits, `.`, `_` and `-`, or there are 100 worlds.
   */
  get(name: string): MockBroker;
  /** The names of the worlds. */
  list(): string[];
  /** Drops a world; false if there is none with this name. */
  remove(name: string): boolean;
}

/** Each world holds a fleet in memory. */
const MOST_WORLDS = 100;

/** Control over the worlds that `create` makes. */
export function worldControl(create: () => MockBroker): WorldControl {
  const worlds = new Map<string, MockBroker>();
  return {
    get(name) {
      const found = worlds.get(name);
      if (found) return found;
      if (!/^[\w.-]{1,64}$/.test(name)) {
        throw new TypeError(`Name of a world must be 1 to 64 letters, digits, ".", "_" or "-": ${name}`);
      }
      if (worlds.size >= MOST_WORLDS) {
        throw new TypeError(`There are ${MOST_WORLDS} worlds already: remove one before making ${name}`);
      }
      const world = create();
      worlds.set(name, world);
      return world;
    },
    list: () => [...worlds.keys()],
    remove: (name) => worlds.delete(name),
  };
}
