/**
 * Saved worlds: a broker as plain JSON, and back.
 *
 * @module
 */

import type { ApiClientCredentials } from "../simulation/api_clients.ts";
import { Chance, randomSeed } from "../simulation/chance.ts";
import { Clock, type ClockMode } from "../simulation/clock.ts";
import { loadWorld } from "../simulation/load_world.ts";
import { saveWorld } from "../simulation/save_world.ts";
import type { Simulation } from "../simulation/simulation.ts";
import { recoverSecrets } from "./client_secrets.ts";
import { beginningOf } from "./create_simulation.ts";
import type { MockBrokerOptions } from "./options.ts";
import { type CheckedWorld, checkSavedWorld } from "./saved_world_schema.ts";

/** Tells saved worlds from other JSON. */
export const SAVED_WORLD_FORMAT = "dcv-mock-broker-world";

/** Grows when a saved world of before could no longer be read. */
export const SAVED_WORLD_VERSION = 1;

/**
 * A mock broker as plain JSON: everything that decides what happens next. The journal, further worlds and requests that
 * are waiting are not part of it.
 */
export interface SavedWorld {
  /** Tells saved worlds from other JSON: "dcv-mock-broker-world". */
  readonly format: string;
  /** Which fields it has: another version may have others. */
  readonly version: number;
  /** What the broker was made with, to go back to with `reset()`. */
  readonly options: Readonly<Record<string, unknown>>;
  /** How time passes, and how far it has come, in milliseconds since the epoch. */
  readonly clock: { readonly mode: ClockMode; readonly speed: number; readonly time: number };
  /** How often it has changed. */
  readonly revision: number;
  /** How many polls in a row found nothing under way. */
  readonly pollsInVain: number;
  /** Hosts, sessions, the queue, tokens as digests, faults, chance, and what is due. */
  readonly state: Readonly<Record<string, unknown>>;
  /** When it was written, in real time: ISO 8601. Only state files of the command have it. */
  readonly savedAt?: string;
  /** The key that signs connection tokens, where secrets were asked for: a JWK (RFC 7517). */
  readonly signingKey?: Readonly<Record<string, unknown>>;
}

/** How to save a world. */
export interface SaveOptions {
  /**
   * Whether the secrets of API clients, what later secrets are drawn from, and the key that signs connection tokens
   * are in it. Without them a broker without a seed goes on with the same clients and tokens, but draws other secrets
   * from then on, and connection tokens from before are void.
   *
   * @default {false}
   */
  secrets?: boolean | undefined;
}

/** How to load a world. */
export interface LoadOptions {
  /**
   * Secrets of API clients that were saved without them; only `credentials` needs to know.
   *
   * @default {none}
   */
  clients?: readonly ApiClientCredentials[] | undefined;
  /**
   * Whether API clients whose secret nobody knows any more get a new one: that of `clients`, or a random one. For worlds
   * that come from somebody else, who has kept the secrets.
   *
   * @default {false}
   */
  renewSecrets?: boolean | undefined;
}

/** The world of a simulation. It shares nothing with it that either of them changes. */
export function saveSimulation(
  simulation: Simulation,
  { clients: _, ...options }: MockBrokerOptions,
  { secrets = false }: SaveOptions,
): CheckedWorld {
  const { world, clock: { mode, speed, time }, revision, pollsInVain } = simulation;
  return {
    options,
    clock: { mode, speed, time },
    revision,
    pollsInVain,
    state: saveWorld(world, { secrets }),
  };
}

/** The JSON of a world, with nothing in it that JSON has not. */
export function toJson(world: CheckedWorld): SavedWorld {
  return JSON.parse(JSON.stringify({
    format: SAVED_WORLD_FORMAT,
    version: SAVED_WORLD_VERSION,
    ...world,
  }));
}

/** Whether it says of itself that it is a saved world, of whatever version. */
export function isSavedWorld(value: unknown): value is SavedWorld {
  return typeof value === "object" && value !== null && "format" in value;
}

/**
 * The world of a JSON text that was parsed.
 *
 * @throws {TypeError} If it is none, or of another version.
 */
export function fromJson(saved: unknown): CheckedWorld {
  const { format, version } = (saved ?? {}) as Partial<SavedWorld>;
  if (format !== SAVED_WORLD_FORMAT) {
    throw new TypeError(
      `Not a saved world: its "format" must be "${SAVED_WORLD_FORMAT}", not ${JSON.stringify(format)}`,
    );
  }
  if (version !== SAVED_WORLD_VERSION) {
    throw new TypeError(
      `Saved world of version ${JSON.stringify(version)}: this package reads version ${SAVED_WORLD_VERSION}`,
    );
  }
  const world = checkSavedWorld(saved);
  const { options, clock, state } = world;
  // A reset goes back there: what cannot be made then is refused now.
  beginningOf("MockBroker.load()", options, randomSeed, state.clients).createWorld(clock.time);
  return world;
}

/** Puts a simulation into the state of a saved world, with its beginning to go back to. */
export function resumeSimulation(
  simulation: Simulation,
  { options, clock, revision, pollsInVain, state }: CheckedWorld,
  { clients: known = [], renewSecrets = false }: LoadOptions = {},
): void {
  const clients = recoverSecrets(state.clients, known, options.seed, renewSecrets);
  const secrets = options.seed === undefined ? state.chance.secrets : Chance.textsOf(options.seed).secrets;
  const chance = { ...state.chance, secrets };
  const world = loadWorld({ ...state, clients, chance });
  const seed = { world: chance.world, secrets: secrets ?? Chance.randomText() };
  simulation.resume({
    beginning: beginningOf("MockBroker.load()", options, () => seed, clients),
    clock: new Clock(clock.time, { mode: clock.mode, speed: clock.speed }),
    world,
    revision,
    pollsInVain,
  });
}
