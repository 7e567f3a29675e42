/**
 * What can become due in a world, as data: its kind, and whom it is about.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Session } from "./session.ts";

/** What can happen to a session. */
export const SESSION_HAPPENINGS = [
  /** It is tied to its host, which begins to prepare it. */
  "placed",
  /** Its host has prepared it. */
  "prepared",
  /** It has waited for a host for too long. */
  "queueTimeout",
  /** Its host has ended it. */
  "ended",
  /** It has been listed as DELETED for long enough. */
  "forgotten",
] as const;

/** What can happen to a host. */
export const HOST_HAPPENINGS = [
  /** Its agent has been silent for so long that the broker notices. */
  "agentTimeout",
  /** Its agent reports for the first time, or again. */
  "agentReport",
  /** It has restarted, and its agent is back. */
  "agentReturn",
  /** Its agent reports in its rhythm. */
  "roomReport",
  /** It has been unreachable for so long that the broker drops it. */
  "serverDropped",
  /** It has been unreachable for so long that the broker drops its sessions. */
  "sessionsDropped",
] as const;

export type SessionHappening = {
  readonly kind: typeof SESSION_HAPPENINGS[number];
  readonly session: Session;
};
export type HostHappening = { readonly kind: typeof HOST_HAPPENINGS[number]; readonly host: Host };
/** An access token expired so long ago that it is no longer told apart from one that there never was. */
export type TokenHappening = { readonly kind: "tokenForgotten"; readonly digest: string };

/** What can become due. */
export type Happening = SessionHappening | HostHappening | TokenHappening;

/** What ends a wait that somebody gave up, or forgets what is over. All else is a step of something under way. */
const DEADLINES: ReadonlySet<Happening["kind"]> = new Set<Happening["kind"]>([
  "queueTimeout",
  "forgotten",
  "serverDropped",
  "sessionsDropped",
]);

/** Whether it is the next step of something that goes on. */
export function isUnderWay({ kind }: Happening): boolean {
  return !DEADLINES.has(kind) && kind !== "tokenForgotten";
}

/** Whether a wait ends with it, or something that is over is forgotten. */
export function isDeadline({ kind }: Happening): boolean {
  return DEADLINES.has(kind);
}
