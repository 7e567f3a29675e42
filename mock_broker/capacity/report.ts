/**
 * What came of a demand on a fleet.
 *
 * @module
 */

/** What came of it; times are in milliseconds, sessions are those that the broker was asked for. */
export interface CapacityReport {
  /** When it began: ISO 8601, in simulated time. */
  readonly start: string;
  /** How long it took. */
  readonly duration: number;
  /** How many hosts there were at the start. */
  readonly hosts: number;
  /** How many sessions these can hold at a time; `null` if a host has no limit. */
  readonly places: number | null;
  /** How many sessions were asked for. */
  readonly requested: number;
  /** How many became READY. */
  readonly started: number;
  /** How many never got a host: at once, or after they had waited in vain. */
  readonly refused: number;
  /** How many got a host, and failed there. */
  readonly failed: number;
  /** How many waited or were being prepared at the end. */
  readonly pending: number;
  /** Why sessions were refused or failed, in the broker's words, and how many each time. */
  readonly reasons: Readonly<Record<string, number>>;
  /** How many of those that became READY had to wait in the queue. */
  readonly waited: number;
  /** How long those that became READY waited in the queue; 0 for those that did not have to. */
  readonly wait: { readonly p50: number; readonly p95: number; readonly longest: number };
  /** When most sessions were on hosts at a time. */
  readonly busiest: { readonly time: string; readonly sessions: number };
  /** Hour by hour. The last one may be shorter. */
  readonly hours: readonly CapacityHour[];
}

/** An hour of it. */
export interface CapacityHour {
  /** When it began: ISO 8601. */
  readonly time: string;
  /** How many sessions were asked for. */
  readonly requested: number;
  /** How many were refused in this hour, whenever they were asked for. */
  readonly refused: number;
  /** How many sessions were on hosts, on average, and at most. */
  readonly sessions: { readonly mean: number; readonly most: number };
  /** How many hosts had a session, on average. */
  readonly hostsInUse: number;
  /** Which share of the places was taken, on average, from 0 to 1; `null` if a host has no limit. */
  readonly occupancy: number | null;
  /** How many sessions waited in the queue at most. */
  readonly mostWaiting: number;
}
