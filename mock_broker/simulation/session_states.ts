/**
 * What kinds of sessions there are, and the states of their lives.
 *
 * @module
 */

/** Who shares the screen with whom: one console session a host, or many virtual ones on Linux. */
export type SessionType = "CONSOLE" | "VIRTUAL";

/** The states of a session in the order of its life, and the one that it falls into when its host is silent. */
export type SessionState = "CREATING" | "READY" | "DELETING" | "DELETED" | "UNKNOWN";

/** What a session is waiting for while it is CREATING. */
export type SessionSubstate = "SESSION_PLACING" | "PENDING_PREPARATION";
