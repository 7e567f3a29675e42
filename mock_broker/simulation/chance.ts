/**
 * Chance in a world, in streams: what is drawn for one use does not move what is drawn for another.
 *
 * The same seed and the same calls give the same world. Because each use has a stream of its own, that holds for
 * what is left unchanged too: one more host, one more listing or a fault that never strikes changes no id, no secret
 * and no duration but its own. Which of two hosts takes a session is no matter of chance at all: see placement.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createHash } from "node:crypto";
import { xoroshiro128plusFromState } from "pure-rand/generator/xoroshiro128plus";
import { uniformInt } from "pure-rand/distribution/uniformInt";
import type { Range } from "./range.ts";

/** What a world's chance starts from: a number that somebody chose, or two texts that nobody can guess. */
export type Seed = number | SeedTexts;

/** Secrets start from a text of their own: who knows the other one cannot work them out. */
export interface SeedTexts {
  readonly world: string;
  readonly secrets: string;
}

/** Where each stream of chance is; credentials are drawn at the beginning only. */
export interface SavedChance {
  readonly world: string;
  /** What secrets are drawn from; absent where none may be told. */
  readonly secrets?: string | undefined;
  readonly accessTokensDrawn: number;
  readonly streams: Readonly<Record<StreamName, readonly number[]>>;
}

/** The streams of chance that go on from draw to draw. */
export const STREAM_NAMES = [
  "sessionIds",
  "localSessionIds",
  "requestIds",
  "connectionTokenIds",
  "signingKeyIds",
] as const;

export type StreamName = typeof STREAM_NAMES[number];

/** A seed that nobody can guess. */
export function randomSeed(): SeedTexts {
  return { world: randomText(), secrets: randomText() };
}

function randomText(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("hex");
}

/** The sources of chance of a world. */
export class Chance {
  readonly #seed: SeedTexts;
  /** Ids of the sessions that the broker creates. */
  readonly sessionIds: Stream;
  /** Ids of sessions that came to be without the broker. */
  readonly localSessionIds: Stream;
  /** `RequestId` of answers. */
  readonly requestIds: Stream;
  /** `jti` of connection tokens. */
  readonly connectionTokenIds: Stream;
  /** `kid` of the keys that sign connection tokens. */
  readonly signingKeyIds: Stream;
  /** Ids and passwords of API clients. */
  readonly credentials: SecretStream;
  readonly accessTokens: SecretStream;

  /** @param saved Where the streams go on. */
  constructor(seed: Seed, saved?: SavedChance) {
    this.#seed = typeof seed === "number" ? textsOf(seed) : seed;
    const stream = (name: StreamName) => saved ? new Stream(saved.streams[name]) : this.about(name);
    this.sessionIds = stream("sessionIds");
    this.localSessionIds = stream("localSessionIds");
    this.requestIds = stream("requestIds");
    this.connectionTokenIds = stream("connectionTokenIds");
    this.signingKeyIds = stream("signingKeyIds");
    const { secrets } = this.#seed;
    this.credentials = new SecretStream(`${secrets} credentials`);
    this.accessTokens = new SecretStream(`${secrets} access tokens`, saved?.accessTokensDrawn);
  }

  /** The sources of chance go on where they were; without the text for secrets those are drawn from a new one. */
  static resume(saved: SavedChance): Chance {
    const { world, secrets = randomText() } = saved;
    return new Chance({ world, secrets }, saved);
  }

  /** The texts that a number stands for. */
  static textsOf(seed: number): SeedTexts {
    return textsOf(seed);
  }

  /** A text that nobody can guess. */
  static randomText(): string {
    return randomText();
  }

  /** Where the streams are. */
  save(withSecrets: boolean): SavedChance {
    const states = STREAM_NAMES.map((name) => [name, [...this[name].state]]);
    return {
      world: this.#seed.world,
      ...(withSecrets && { secrets: this.#seed.secrets }),
      accessTokensDrawn: this.accessTokens.drawn,
      streams: Object.fromEntries(states),
    };
  }

  /** What is drawn about one thing, whatever was drawn about others before: its name is all that counts. */
  about(...thing: readonly (string | number)[]): Stream {
    const digest = digestOf(`${this.#seed.world} ${JSON.stringify(thing)}`);
    return new Stream([0, 4, 8, 12].map((offset) => digest.readInt32LE(offset)));
  }
}

function textsOf(seed: number): SeedTexts {
  return { world: `world ${seed}`, secrets: `secrets ${seed}` };
}

function digestOf(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

/** Numbers and ids, one after the other. They are not for secrets: who has seen some can work out the others. */
export class Stream {
  readonly #generator: ReturnType<typeof xoroshiro128plusFromState>;

  /** @param state Four whole numbers of 32 bits, not all of them 0. */
  constructor(state: readonly number[]) {
    this.#generator = xoroshiro128plusFromState(state);
  }

  /** Where the stream is: another one goes on from here. */
  get state(): readonly number[] {
    return this.#generator.getState();
  }

  /** A whole number within the range. */
  integer([from, to]: Range): number {
    return from === to ? from : uniformInt(this.#generator, from, to);
  }

  /** A number from 0 up to, but not including, 1. */
  share(): number {
    return this.integer([0, 0x7fffffff]) / 0x80000000;
  }

  /** `digits` hexadecimal digits. */
  hex(digits: number): string {
    return this.#bytes(Math.ceil(digits / 2)).toString("hex").slice(0, digits);
  }

  /** A version 4 UUID, the form of every id that the broker makes. */
  uuid(): string {
    return uuidOf(this.#bytes(16));
  }

  #bytes(count: number): Buffer {
    const words = new Int32Array(Math.ceil(count / 4));
    for (let i = 0; i < words.length; i++) words[i] = this.#generator.next();
    return Buffer.from(words.buffer, 0, count);
  }
}

/** Secrets, one after the other: none of them tells anything about another one. */
export class SecretStream {
  readonly #key: string;
  #drawn: number;

  /** @param drawn How many have been drawn already. */
  constructor(key: string, drawn = 0) {
    this.#key = key;
    this.#drawn = drawn;
  }

  /** How many have been drawn. */
  get drawn(): number {
    return this.#drawn;
  }

  /** 32 bytes. */
  bytes(): Buffer {
    return digestOf(`${this.#key} ${this.#drawn++}`);
  }

  /** A version 4 UUID. */
  uuid(): string {
    return uuidOf(this.bytes().subarray(0, 16));
  }
}

/** It is joined: V8 writes JSON twice as fast if no text in it is a concatenation still to be carried out. */
function uuidOf(bytes: Buffer): string {
  bytes[6] = bytes[6]! & 0x0f | 0x40;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  const digits = bytes.toString("hex");
  return [[0, 8], [8, 12], [12, 16], [16, 20], [20, 32]].map(([from, to]) => digits.slice(from, to)).join(
    "-",
  );
}
