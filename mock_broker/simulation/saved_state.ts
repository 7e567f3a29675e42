/**
 * A world as plain data: everything that decides what happens next. Hosts and sessions stand for each other by their
 * sequence numbers.
 *
 * @module
 */

import type { SavedFaults } from "./active_faults.ts";
import type { SavedClient, SavedToken } from "./api_clients.ts";
import type { BrokerProperties } from "./broker_properties.ts";
import type { SavedChance } from "./chance.ts";
import type { HostHappening, SessionHappening } from "./happening.ts";
import type { HostDescription } from "./host_description.ts";
import type { Place } from "./host.ts";
import type { LocalSession, SessionRequest } from "./session.ts";
import type { SessionState, SessionSubstate } from "./session_states.ts";
import type { SavedThrottle } from "./throttle.ts";
import type { Timings } from "./timings.ts";

/** A world at a time. */
export interface SavedState {
  readonly time: number;
  /** How many events have happened, and how many were ever planned. */
  readonly happened: number;
  readonly scheduled: number;
  readonly properties: SavedProperties;
  readonly timings: Timings;
  readonly chance: SavedChance;
  readonly signingKeyId: string;
  readonly roomAppeared: boolean;
  /** How many hosts have joined, and how many sessions came to be. */
  readonly hostsJoined: number;
  readonly sessionsCreated: number;
  readonly hosts: readonly SavedHost[];
  readonly sessions: readonly SavedSession[];
  /** The sessions that the broker lists; those that share an id in the order in which it heard of them. */
  readonly listedSessions: readonly number[];
  readonly queue: readonly number[];
  readonly events: readonly SavedEvent[];
  readonly clients: readonly SavedClient[];
  readonly tokens: readonly SavedToken[];
  readonly faults: SavedFaults;
  readonly throttle: SavedThrottle;
}

/** Without a limit on requests there is none here. */
export type SavedProperties = Partial<BrokerProperties>;

/** A host and what the broker knows of it. */
export interface SavedHost {
  readonly id: string;
  readonly sequence: number;
  readonly joining: number;
  readonly durations: number;
  readonly version: number;
  readonly about: Omit<HostDescription, "users"> & { readonly users?: readonly string[] | undefined };
  /** Whether it is the one with its name, and whether DescribeServers lists it. */
  readonly isKnown: boolean;
  readonly isListed: boolean;
  readonly connected: boolean;
  readonly reachable: boolean;
  readonly dcvHealthy: boolean;
  readonly terminated: boolean;
  readonly open: boolean;
  readonly loggedInUsers: readonly string[];
  readonly willingnessReported: boolean;
  readonly unreported: readonly Place[];
  /** The sessions that have a place on it, in the order in which they came. */
  readonly sessions: readonly number[];
}

/** A session. */
export interface SavedSession {
  readonly id: string;
  readonly sequence: number;
  readonly creationTime: number;
  readonly request?: SavedRequest | undefined;
  readonly local?: LocalSession | undefined;
  readonly permissionsFile?: string | undefined;
  readonly state: SessionState;
  readonly substate?: SessionSubstate | undefined;
  readonly stateReason?: string | undefined;
  readonly host?: number | undefined;
  readonly failedOn: readonly number[];
  readonly creationFailures: number;
  readonly connections: readonly string[];
  readonly lastDisconnectionTime?: number | undefined;
  readonly lost: boolean;
  readonly history: readonly SavedStep[];
}

/** A step in its life. */
export interface SavedStep {
  readonly time: number;
  readonly state: SessionState;
  readonly substate?: SessionSubstate | undefined;
  readonly reason?: string | undefined;
  readonly server?: string | undefined;
}

/** A request with its requirements as they were written. */
export type SavedRequest = Omit<SessionRequest, "requirements"> & { readonly requirements: string };

/** What is due, and when. */
export type SavedEvent =
  & { readonly due: number; readonly order: number }
  & (
    | { readonly kind: SessionHappening["kind"]; readonly session: number }
    | { readonly kind: HostHappening["kind"]; readonly host: number }
    | { readonly kind: "tokenForgotten"; readonly digest: string }
  );
