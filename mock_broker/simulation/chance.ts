/**
 * The one source of chance in a world. The same seed gives the same draws, so the same calls give the same world.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { xoroshiro128plus, xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { Range } from "./range.ts";

type Generator = ReturnType<typeof xoroshiro128plus>;

/** What a source of chance starts from: a number that somebody chose, or 128 bits that nobody can guess. */
export type Seed = number | Int32Array;

/** A small seed fills little of the generator's state: its first draws would be alike. */
const WARM_UP = 64;

/** A seed that nobody can guess. */
export function randomSeed(): Seed {
  return crypto.getRandomValues(new Int32Array(4));
}

/** Draws numbers, identifiers and secrets from one generator. */
export class Chance {
  readonly #generator: Generator;

  constructor(seed: Seed) {
    this.#generator = typeof seed === "number"
      ? xoroshiro128plus(seed)
      : xoroshiro128plusFromState([...seed]);
    for (let i = 0; i < WARM_UP; i++) this.#generator.next();
  }

  /** A whole number within the range. */
  integer([from, to]: Range): number {
    return uniformInt(this.#generator, from, to);
  }

  /** A number from 0 up to, but not including, 1. */
  share(): number {
    return this.integer([0, 0x7fffffff]) / 0x80000000;
  }

  /** `count` random bytes. */
  bytes(count: number): Buffer {
    const words = new Int32Array(Math.ceil(count / 4));
    for (let i = 0; i < words.length; i++) words[i] = this.#generator.next();
    return Buffer.from(words.buffer, 0, count);
  }

  /** `digits` hexadecimal digits. */
  hex(digits: number): string {
    return this.bytes(Math.ceil(digits / 2)).toString("hex").slice(0, digits);
  }

  /**
   * A version 4 UUID, the form of every id that the broker makes. It is joined: V8 writes JSON twice as fast if no
   * text in it is a concatenation that is still to be carried out.
   */
  uuid(): string {
    const bytes = this.bytes(16);
    bytes[6] = bytes[6]! & 0x0f | 0x40;
    bytes[8] = bytes[8]! & 0x3f | 0x80;
    const digits = bytes.toString("hex");
    return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => digits.slice(from, to)).join(
      "-",
    );
  }
}
