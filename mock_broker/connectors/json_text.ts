/**
 * JSON that is written already, in parts.
 *
 * @module
 */

/** A text of parts that others share: who keeps it for later, as the journal does, keeps no copy of them. */
export class JsonText {
  readonly #parts: readonly string[];

  constructor(parts: readonly string[]) {
    this.#parts = parts;
  }

  get length(): number {
    let length = 0;
    for (const part of this.#parts) length += part.length;
    return length;
  }

  toString(): string {
    return this.#parts.join("");
  }
}
