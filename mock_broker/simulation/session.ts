/**
 * One remote-desktop session, as the broker and its host know it.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Event } from "./agenda.ts";
import type { Requirements } from "./requirements.ts";
import type { SessionState, SessionSubstate, SessionType } from "./session_states.ts";

/** What a caller asks of a new session, already checked. Without an agent's answer nothing more is known. */
export interface SessionRequest {
  readonly name: string;
  readonly owner: string;
  readonly type: SessionType;
  readonly requirements: Requirements;
  readonly enqueue: boolean;
  readonly retryOnFailure: boolean;
  readonly dcvGl: boolean;
  readonly initFile: string | undefined;
  readonly autorunFile: string | undefined;
  readonly autorunFileArguments: readonly string[] | undefined;
  readonly maxConcurrentClients: number | undefined;
  readonly permissionsFile: string | undefined;
  readonly storageRoot: string | undefined;
}

/** A step in a session's life. */
export interface SessionStep {
  readonly time: number;
  readonly state: SessionState;
  readonly substate: SessionSubstate | undefined;
  readonly reason: string | undefined;
  readonly server: string | undefined;
}

/** A user's client that is connected to a session. */
export interface Connection {
  readonly user: string;
  /** Whether it lasts as long as a page of the desktop connector is open; such a page does not outlive its server. */
  readonly isPage: boolean;
}

/** A session. Only the modules that hold the rules change one, and always through {@linkcode Session.become}. */
export class Session {
  readonly id: string;
  /** Tells sessions apart that share an id, and orders them by age. */
  readonly sequence: number;
  readonly name: string;
  readonly owner: string;
  readonly type: SessionType;
  readonly creationTime: number;
  #creationTimestamp: string | undefined;
  readonly maxConcurrentClients: number | undefined;
  readonly storageRoot: string | undefined;
  /** What the broker was asked for; absent for a session that was created on its host. */
  readonly request: SessionRequest | undefined;
  permissionsFile: string | undefined;
  state: SessionState = "CREATING";
  substate: SessionSubstate | undefined;
  stateReason: string | undefined;
  /** The host that was chosen, from placement on. */
  host: Host | undefined;
  /** Hosts on which the creation failed. */
  readonly failedOn = new Set<Host>();
  creationFailures = 0;
  readonly connections: Connection[] = [];
  lastDisconnectionTime: number | undefined;
  /** Gone from the host, by a reboot say, although the broker has not heard of it yet. */
  lost = false;
  /** What will happen to it next. */
  next: Event | undefined;
  readonly history: SessionStep[] = [];

  constructor(id: string, sequence: number, creationTime: number, about: SessionRequest | LocalSession) {
    this.id = id;
    this.sequence = sequence;
    this.creationTime = creationTime;
    this.name = about.name;
    this.owner = about.owner;
    this.type = about.type;
    this.maxConcurrentClients = about.maxConcurrentClients;
    this.storageRoot = about.storageRoot;
    this.permissionsFile = about.permissionsFile;
    this.request = "requirements" in about ? about : undefined;
  }

  /** The server that callers see: none while the session is still being placed. */
  get server(): Host | undefined {
    return this.substate === "SESSION_PLACING" ? undefined : this.host;
  }

  /** Whether it may still be used, now or later. */
  get isAlive(): boolean {
    return this.state === "CREATING" || this.state === "READY" || this.state === "UNKNOWN";
  }

  /** The creation time in ISO 8601, kept because every listing shows it. */
  get creationTimestamp(): string {
    return this.#creationTimestamp ??= new Date(this.creationTime).toISOString();
  }

  /** Whether it ever ran on its host. */
  get wasReady(): boolean {
    return this.history.some(({ state }) => state === "READY");
  }

  /** Enters a state; whatever was to happen next in the old one is called off. */
  become(time: number, state: SessionState, why: { substate?: SessionSubstate; reason?: string } = {}): void {
    if (this.next) this.next.cancelled = true;
    this.next = undefined;
    this.state = state;
    this.substate = why.substate;
    this.stateReason = why.reason;
    const { substate, stateReason: reason, server } = this;
    this.history.push({ time, state, substate, reason, server: server?.id });
  }
}

/** A session that was made with `dcv create-session` on its host, without the broker. */
export interface LocalSession {
  readonly name: string;
  readonly owner: string;
  readonly type: SessionType;
  readonly maxConcurrentClients: number | undefined;
  readonly permissionsFile: string | undefined;
  readonly storageRoot: string | undefined;
}
