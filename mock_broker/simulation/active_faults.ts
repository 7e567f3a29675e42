/**
 * The faults in force: which of them strike a request.
 *
 * @module
 */

import type { Timepiece } from "./agenda.ts";
import { type Chance, Stream } from "./chance.ts";
import {
  AUTHORIZED_OPERATIONS,
  type DelayFault,
  type FailItemFault,
  type Fault,
  type FaultRule,
  type OperationName,
  type RequestFault,
} from "./fault_rule.ts";

/** What the conditions of rules are held against. */
export interface RequestSummary {
  readonly operation: OperationName | undefined;
  readonly clientId: string | undefined;
  /** Ids, names and owners that it names. */
  readonly items: readonly string[];
}

/** A rule in force, and what it has done so far. */
export interface ActiveFault extends FaultRule {
  /** Names the rule. */
  readonly id: string;
  /** How often its conditions have held. */
  readonly matched: number;
  /** How often it has struck. */
  readonly struck: number;
  /** Milliseconds of simulated time until it lapses; absent if it does not. */
  readonly remaining?: number;
}

/** A fault that strikes, and the rule that it belongs to. */
export interface Strike<F extends Fault> {
  readonly id: string;
  readonly fault: F;
}

/** A fault that strikes a request; a delay has been drawn. */
export type StrikingFault =
  | Exclude<RequestFault, DelayFault>
  | DelayFault & { readonly milliseconds: number };

/** The rules as they are saved. */
export interface SavedFaults {
  readonly added: number;
  readonly timesSet: readonly (readonly [rule: string, times: number])[];
  readonly rules: readonly {
    readonly id: string;
    readonly rule: FaultRule;
    readonly expires?: number | undefined;
    readonly chance: readonly number[];
    readonly matched: number;
    readonly struck: number;
  }[];
}

interface Entry {
  readonly id: string;
  readonly rule: FaultRule;
  readonly operations: readonly OperationName[] | undefined;
  readonly expires: number;
  /** Its own, so that no other rule changes what this one draws. */
  readonly chance: Stream;
  matched: number;
  struck: number;
}

/** More rules than this are a mistake: each is looked at with every request. */
const MOST_RULES = 1_000;

/** The rules in force, in the order in which they were set. */
export class Faults {
  readonly #chance: Chance;
  readonly #agenda: Timepiece;
  #entries: Entry[] = [];
  #added = 0;
  /** How often each rule was set in which something is left to chance. */
  readonly #timesSet = new Map<string, number>();

  constructor(chance: Chance, agenda: Timepiece) {
    this.#chance = chance;
    this.#agenda = agenda;
  }

  /** Whether no rule is in force. */
  get isEmpty(): boolean {
    return this.#entries.length === 0;
  }

  /** Whether it matters what requests name. */
  get lookAtItems(): boolean {
    return this.#entries.some(({ rule }) => rule.item !== undefined && rule.fault.type !== "failItem");
  }

  /** The rules in force and what they have done. */
  save(): SavedFaults {
    return {
      added: this.#added,
      timesSet: [...this.#timesSet],
      rules: this.#entries.map(({ id, rule, expires, chance, matched, struck }) => ({
        id,
        rule,
        ...(expires < Infinity && { expires }),
        chance: [...chance.state],
        matched,
        struck,
      })),
    };
  }

  /** Puts rules in force as they were. */
  resume({ added, timesSet, rules }: SavedFaults): void {
    this.#added = added;
    for (const [rule, times] of timesSet) this.#timesSet.set(rule, times);
    this.#entries = rules.map(({ chance, expires = Infinity, ...entry }) => ({
      ...entry,
      expires,
      operations: operationsOf(entry.rule),
      chance: new Stream(chance),
    }));
  }

  /** For how long connections are refused, in milliseconds; 0 if they are not. */
  get refusal(): number {
    this.#dropLapsed();
    const refusals = this.#entries.filter(({ rule: { fault } }) => fault.type === "reset" && fault.refused);
    return Math.max(0, ...refusals.map(({ expires }) => expires - this.#agenda.now));
  }

  /** Puts a rule in force; its id. */
  add(rule: FaultRule): string {
    const id = rule.id ?? `fault-${++this.#added}`;
    if (this.#entries.some((entry) => entry.id === id)) {
      throw new TypeError(`A fault with this id is in force already: "${id}"`);
    }
    if (this.#entries.length >= MOST_RULES) {
      throw new TypeError(`More than ${MOST_RULES} faults cannot be set`);
    }
    const expires = this.#agenda.now + (rule.duration ?? Infinity);
    const chance = this.#chanceFor(rule);
    this.#entries.push({ id, rule, operations: operationsOf(rule), expires, chance, matched: 0, struck: 0 });
    return id;
  }

  /** What a rule draws depends on what it says, and on how often that was said before. */
  #chanceFor(rule: FaultRule): Stream {
    const text = JSON.stringify(rule);
    const timesSet = this.#timesSet.get(text) ?? 0;
    if (hasChance(rule)) this.#timesSet.set(text, timesSet + 1);
    return this.#chance.about("fault", text, timesSet);
  }

  /** Takes a rule out of force; false when it was not. */
  remove(id: string): boolean {
    const before = this.#entries.length;
    this.#entries = this.#entries.filter((entry) => entry.id !== id);
    return this.#entries.length < before;
  }

  clear(): void {
    this.#entries = [];
  }

  list(): ActiveFault[] {
    this.#dropLapsed();
    return this.#entries.map(({ id, rule, matched, struck, expires }) => ({
      ...rule,
      id,
      matched,
      struck,
      ...(expires < Infinity && { remaining: expires - this.#agenda.now }),
    }));
  }

  /** What strikes a request: delays, which add up, and then the first of the other faults. */
  strikeRequest(request: RequestSummary): Strike<StrikingFault>[] {
    this.#dropLapsed();
    const strikes: Strike<StrikingFault>[] = [];
    for (const entry of this.#entries) {
      const { fault } = entry.rule;
      if (fault.type === "failItem" || !this.#strikes(entry, request)) continue;
      strikes.push({ id: entry.id, fault: settled(fault, entry.chance) });
      if (fault.type !== "delay") break;
    }
    this.#dropSpent();
    return strikes;
  }

  /** What strikes one item of a batch. */
  strikeItem(request: RequestSummary): Strike<FailItemFault> | undefined {
    this.#dropLapsed();
    for (const entry of this.#entries) {
      const { fault } = entry.rule;
      if (fault.type !== "failItem" || !this.#strikes(entry, request)) continue;
      this.#dropSpent();
      return { id: entry.id, fault };
    }
    return undefined;
  }

  #strikes(entry: Entry, request: RequestSummary): boolean {
    if (!matches(entry, request)) return false;
    entry.matched++;
    const { skip = 0, probability = 1 } = entry.rule;
    if (entry.matched <= skip) return false;
    if (probability < 1 && entry.chance.share() >= probability) return false;
    entry.struck++;
    return true;
  }

  #dropLapsed(): void {
    this.#keep(({ expires }) => expires > this.#agenda.now);
  }

  #dropSpent(): void {
    this.#keep(({ struck, rule }) => struck < (rule.times ?? Infinity));
  }

  #keep(isInForce: (entry: Entry) => boolean): void {
    if (!this.#entries.every(isInForce)) this.#entries = this.#entries.filter(isInForce);
  }
}

function hasChance({ probability = 1, fault }: FaultRule): boolean {
  return probability < 1 || fault.type === "delay" && typeof fault.milliseconds !== "number";
}

/** The fault with its delay drawn. */
function settled(fault: RequestFault, chance: Stream): StrikingFault {
  if (fault.type !== "delay") return fault;
  const { milliseconds } = fault;
  const drawn = typeof milliseconds === "number" ? milliseconds : chance.integer(milliseconds);
  return { ...fault, milliseconds: drawn };
}

function matches({ rule: { clientId, item }, operations }: Entry, request: RequestSummary): boolean {
  if (operations && !(request.operation && operations.includes(request.operation))) return false;
  if (clientId !== undefined && clientId !== request.clientId) return false;
  return item === undefined || request.items.includes(item);
}

function operationsOf({ operation, fault }: FaultRule): readonly OperationName[] | undefined {
  if (typeof operation === "string") return [operation];
  if (operation) return operation;
  return fault.type === "refuseToken" ? AUTHORIZED_OPERATIONS : undefined;
}
