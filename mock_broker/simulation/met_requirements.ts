/**
 * Which hosts meet requirements that are asked for again and again. Looking for one means to look at each host with
 * room until one matches; on many hosts that takes longer than all else that a new session needs.
 *
 * @module
 */

import type { Host } from "./host.ts";
import type { Expression, Requirements } from "./requirements.ts";

/** How many expressions are remembered: those that were used last. */
const MOST_EXPRESSIONS = 16;

/** An expression, and the hosts that meet it if it was used more than once. */
interface Remembered {
  readonly requirements: Requirements;
  hosts: Set<Host> | undefined;
}

/** The requirements that were used last, and who of the listed hosts meets them. */
export class MetRequirements {
  readonly #listed: Iterable<Host>;
  readonly #remembered = new Map<string, Remembered>();

  constructor(listed: Iterable<Host>) {
    this.#listed = listed;
  }

  /** The listed hosts that meet these requirements; `undefined` where it is no shorter way to know all of them. */
  hosts(requirements: Requirements): ReadonlySet<Host> | undefined {
    const { text, expression } = requirements;
    if (expression === null || changesWithTime(expression)) return undefined;
    const before = this.#remembered.get(text);
    const now = { requirements, hosts: before && (before.hosts ?? this.#meeting(requirements)) };
    this.#remembered.delete(text);
    this.#remembered.set(text, now);
    if (this.#remembered.size > MOST_EXPRESSIONS) {
      this.#remembered.delete(this.#remembered.keys().next().value!);
    }
    return now.hosts;
  }

  /** A host has come to the listings. */
  add(host: Host): void {
    for (const { requirements, hosts } of this.#remembered.values()) {
      if (hosts && requirements.matches(host)) hosts.add(host);
    }
  }

  /** A host has left the listings, or is about to be described anew. */
  remove(host: Host): void {
    for (const { hosts } of this.#remembered.values()) hosts?.delete(host);
  }

  #meeting(requirements: Requirements): Set<Host> {
    return new Set([...this.#listed].filter((host) => requirements.matches(host)));
  }
}

/** What a host has only for the moment: how much memory is in use, and its load. */
const OF_THE_MOMENT = /^Host\.(Memory\.UsedBytes|Swap\.|CpuLoadAverage\.)/;

function changesWithTime(expression: Expression): boolean {
  switch (expression.type) {
    case "and":
    case "or":
      return expression.operands.some(changesWithTime);
    case "not":
      return changesWithTime(expression.operand);
    case "comparison":
      return expression.subject.kind !== "tag" && OF_THE_MOMENT.test(expression.subject.path);
  }
}
