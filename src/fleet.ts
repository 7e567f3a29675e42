/**
 * Chores around the hosts of a fleet: find the one that is a given EC2 instance, empty one before it goes, and clear
 * away sessions whose host never came back.
 *
 * Each function takes a `SessionManagerClient`, or anything with the few methods that it needs.
 *
 * @module
 */

export type { Deletion, FleetClient, FleetOptions } from "./fleet/client.ts";
export { findServerByInstanceId } from "./fleet/find_server.ts";
export { drainServer } from "./fleet/drain_server.ts";
export type { DrainOptions, DrainReport } from "./fleet/drain_server.ts";
export { sweepUnknownSessions } from "./fleet/sweep_sessions.ts";
export type { SweepOptions, SweepReport } from "./fleet/sweep_sessions.ts";
