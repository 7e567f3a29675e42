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

/** Above twice this a piece is cut in two: what is moved to make or take room is never longer. */
const PIECE = 256;

/**
 * Items in the order of `compare`, which must tell any two of them apart. A long list is kept in pieces, so that items
 * come and go in the middle of a hundred thousand others as cheaply as in the middle of a hundred.
 */
export class SortedList<T> {
  /** None of them is empty. */
  readonly #pieces: T[][] = [];
  readonly #compare: (a: T, b: T) => number;
  #size = 0;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
  }

  get size(): number {
    return this.#size;
  }

  /** Adds an item. The usual case, an item that comes after all others, costs nothing to place. */
  add(item: T): void {
    this.#size++;
    const last = this.#pieces.at(-1);
    if (last === undefined || this.#compare(last.at(-1)!, item) < 0) return this.#append(item);
    const isReached = (other: T) => this.#compare(other, item) >= 0;
    const at = this.#pieceWith(isReached);
    const piece = this.#pieces[at]!;
    piece.splice(firstIndex(piece, isReached), 0, item);
    if (piece.length > 2 * PIECE) this.#pieces.splice(at + 1, 0, piece.splice(PIECE));
  }

  /** Removes an item; false when it was not there. */
  remove(item: T): boolean {
    const isReached = (other: T) => this.#compare(other, item) >= 0;
    const at = this.#pieceWith(isReached);
    const piece = this.#pieces[at];
    if (piece === undefined) return false;
    const index = firstIndex(piece, isReached);
    if (piece[index] !== item) return false;
    piece.splice(index, 1);
    if (piece.length === 0) this.#pieces.splice(at, 1);
    this.#size--;
    return true;
  }

  /** The items in order, from the first for which `isReached` holds; it must hold for all that follow. */
  *from(isReached: (item: T) => boolean): Generator<T> {
    const first = this.#pieceWith(isReached);
    for (let at = first; at < this.#pieces.length; at++) {
      const piece = this.#pieces[at]!;
      for (let i = at === first ? firstIndex(piece, isReached) : 0; i < piece.length; i++) yield piece[i]!;
    }
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const piece of this.#pieces) yield* piece;
  }

  #append(item: T): void {
    const last = this.#pieces.at(-1);
    if (last && last.length < PIECE) last.push(item);
    else this.#pieces.push([item]);
  }

  /** Which piece has the first item for which this holds; the one after the last if it holds for none. */
  #pieceWith(isReached: (item: T) => boolean): number {
    return firstIndex(this.#pieces, (piece) => isReached(piece.at(-1)!));
  }
}

/** Where the first item is for which this holds; it must hold for all that follow. */
function firstIndex<T>(items: readonly T[], isReached: (item: T) => boolean): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (isReached(items[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}
