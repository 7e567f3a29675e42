/**
 * What the rules that find advice have in common.
 *
 * @module
 */

import type { OperationName } from "../../simulation/fault_rule.ts";
import type { JournalEntry } from "../entry.ts";
import type { Advice } from "./advice.ts";

/** One thing that programs do wrong. */
export interface AdviceRule extends Pick<Advice, "id" | "title" | "why" | "remedy"> {
  /** Looks for it in the requests of one API client, oldest first. */
  readonly find: (traffic: readonly JournalEntry[], world: Surroundings) => Finding | undefined;
}

/** What was found. */
export type Finding = Pick<Advice, "found" | "entries">;

/** What the journal does not tell. */
export interface Surroundings {
  /** The owner of a session that the broker lists. */
  ownerOf(sessionId: string): string | undefined;
  /** Whether a session exists and nobody has begun to delete it. */
  isLive(sessionId: string): boolean;
}

/** What there is to say of these entries; nothing of none. */
export function finding(entries: readonly JournalEntry[], found: string): Finding | undefined {
  return entries.length === 0 ? undefined : { found, entries: entries.map(({ id }) => id) };
}

/** The requests for one of these operations. */
export function requestsFor(
  traffic: readonly JournalEntry[],
  ...operations: OperationName[]
): JournalEntry[] {
  return traffic.filter(({ operation }) => operation !== undefined && operations.includes(operation));
}

/** The items of a request for a batch. */
export function itemsOf({ request }: JournalEntry): Record<string, unknown>[] {
  return Array.isArray(request) ? request.filter(isObject) : [];
}

/** A member of a body, if the body is an object. */
export function member(body: unknown, name: string): unknown {
  return isObject(body) ? body[name] : undefined;
}

/** When a request came, in milliseconds. */
export function timeOf({ time }: JournalEntry): number {
  return Date.parse(time);
}

/** "1 token", "2 tokens". */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
