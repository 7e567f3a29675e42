/**
 * What can be done to a broker from outside: what the control API, the console and the worlds know of one.
 *
 * @module
 */

import type { ActivityStep } from "./activity.ts";
import type { Advice } from "../journal/advice/advice.ts";
import type { JournalEntry } from "../journal/entry.ts";
import type { Journal } from "../journal/journal.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import type { Reconfiguration } from "../description/reconfigure.ts";
import type { LoadOptions, SavedWorld, SaveOptions } from "../description/saved_world.ts";
import type { BrokerState } from "./broker_state.ts";
import type { ClockControl } from "./clock_control.ts";
import type { FaultControl } from "./fault_control.ts";
import type { FleetMetrics } from "./fleet_metrics.ts";
import type { HostControl } from "./host_control.ts";
import type { SessionControl } from "./session_control.ts";
import type { ApiClientCredentials } from "../simulation/api_clients.ts";
import type { Upcoming, UpcomingQuery } from "./upcoming.ts";

/** Control over a mock broker, as {@linkcode MockBroker} has it. */
export interface BrokerControl {
  /** The client connector's URL in process, for `fetch`. */
  readonly url: string;
  /** The first API client. */
  readonly credentials: ApiClientCredentials;
  /** Answers a request in process. */
  readonly fetch: typeof globalThis.fetch;
  /** Control over the hosts. */
  readonly hosts: HostControl;
  /** Control over the sessions. */
  readonly sessions: SessionControl;
  /** Control over simulated time. */
  readonly clock: ClockControl;
  /** Control over what goes wrong. */
  readonly faults: FaultControl;
  /** What was asked, and what was answered. */
  readonly journal: Journal;
  /** Further worlds beside this one. */
  readonly worlds: WorldControl;
  /** The state as a whole: time, properties, counts, the queue and the faults. */
  state(): BrokerState;
  /** What the programs that call this broker do that would hurt on a real one. */
  advice(): Advice[];
  /** What happened over the last ten minutes of simulated time, in steps of ten seconds. */
  activity(): ActivityStep[];
  /** What happens next. */
  upcoming(query?: UpcomingQuery): Upcoming;
  /** Sends a request of the journal again; its new entry, or `undefined` if no answer comes for a while. */
  sendAgain(id: number): Promise<JournalEntry | undefined>;
  /** What a real broker would tell Amazon CloudWatch of its fleet. */
  fleetMetrics(): FleetMetrics;
  /** Lets simulated time pass at once, in milliseconds: whatever is due happens, in order. */
  advance(milliseconds: number): void;
  /** What the broker was made with, or last given to `reconfigure()`. */
  readonly options: MockBrokerOptions;
  /** Takes over changed options while the world goes on. */
  reconfigure(options: MockBrokerOptions): Reconfiguration;
  /** The world as plain JSON. */
  save(options?: SaveOptions): SavedWorld;
  /** Goes on from a saved world in place of its own. */
  restore(saved: SavedWorld, options?: LoadOptions): void;
  /** Goes back to the beginning. */
  reset(): void;
  /** Restarts the broker. */
  restart(): void;
  /** Makes every access token invalid. */
  revokeTokens(): void;
}

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
export interface WorldControl<Broker extends BrokerControl = BrokerControl> {
  /**
   * The world with this name, made on first use: with the broker's options and API clients, at its beginning, and with
   * a clock, faults and a journal of its own.
   *
   * @throws {TypeError} If the name has more than letters, digits, `.`, `_` and `-`, or there are 100 worlds.
   */
  get(name: string): Broker;
  /**
   * Makes a world with this name of a fleet, of a saved world or of another world, in place of one that there is.
   *
   * @throws {TypeError} If no world can be made of it; then one that there is stays.
   */
  make(name: string, source: WorldSource): Broker;
  /** The names of the worlds. */
  list(): string[];
  /** Drops a world; false if there is none with this name. */
  remove(name: string): boolean;
}

/** What a world is made of: exactly one of these. */
export interface WorldSource {
  /** A fleet, with its clock, faults and whatever else options say; API clients are the broker's own. */
  readonly fleet?: MockBrokerOptions | undefined;
  /** A saved world, with its API clients. */
  readonly saved?: SavedWorld | undefined;
  /** The name of the world to copy as it is now; the empty text is the broker's own. */
  readonly copyOf?: string | undefined;
}
