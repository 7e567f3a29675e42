/**
 * A list that keeps its items in order, with lookups by binary search: the backbone of paging and placement.
 *
 * @module
 */

import TinyQueue from "tinyqueue";

/** The items of several ordered sequences in one order. */
export function* merged<T>(sequences: Iterable<Iterator<T>>, compare: (a: T, b: T) => number): Generator<T> {
  const heads: { item: T; rest: Iterator<T> }[] = [];
  for (const rest of sequences) {
    const { done, value } = rest.next();
    if (!done) heads.push({ item: value, rest });
  }
  const queue = new TinyQueue(heads, (a, b) => compare(a.item, b.item));
  for (let head = queue.pop(); head; head = queue.pop()) {
    yield head.item;
    const { done, value } = head.rest.next();
    if (!done) queue.push({ item: value, rest: head.rest });
  }
}

/** Items in the order of `compare`, which must tell any two of them apart. */
export class SortedList<T> {
  readonly #items: T[] = [];
  readonly #compare: (a: T, b: T) => number;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#items.length;
  }

  /** Adds an item. The usual case, an item that comes after all others, costs nothing to place. */
  add(item: T): void {
    const last = this.#items.at(-1);
    if (last === undefined || this.#compare(last, item) < 0) this.#items.push(item);
    else this.#items.splice(this.#firstIndex((other) => this.#compare(other, item) >= 0), 0, item);
  }

  /** Removes an item; false when it was not there. */
  remove(item: T): boolean {
    const index = this.#firstIndex((other) => this.#compare(other, item) >= 0);
    if (this.#items[index] !== item) return false;
    this.#items.splice(index, 1);
    return true;
  }

  /** The items in order, from the first for which `isReached` holds; it must hold for all that follow. */
  *from(isReached: (item: T) => boolean): Generator<T> {
    for (let i = this.#firstIndex(isReached); i < this.#items.length; i++) yield this.#items[i]!;
  }

  [Symbol.iterator](): Iterator<T> {
    return this.#items[Symbol.iterator]();
  }

  #firstIndex(isReached: (item: T) => boolean): number {
    let [low, high] = [0, this.#items.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (isReached(this.#items[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
