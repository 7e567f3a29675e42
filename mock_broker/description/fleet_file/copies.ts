/**
 * Many of a kind: what an entry with `count` stands for.
 *
 * @module
 */

/** One of the copies of an entry, and the entry's place in its list. */
export interface Copy<T> {
  readonly value: T;
  readonly entry: number;
}

/** An entry that may stand for many. */
type Counted = { count?: number | undefined; ip?: string | undefined };

/**
 * All copies of all entries, in order. In each text of an entry `{n}` becomes the number of the copy, from 1, with as
 * many digits at least as there are n's; `ip` is the address of the first copy, the others have those that follow it.
 */
export function copiesOf<T extends Counted>(entries: readonly T[]): Copy<Omit<T, "count">>[] {
  return entries.flatMap(({ count = 1, ...about }, entry) =>
    Array.from({ length: count }, (_, index) => ({ value: copy(about, index), entry }))
  );
}

function copy<T extends { ip?: string | undefined }>(about: T, index: number): T {
  const value = withNumber(about, index + 1);
  return about.ip === undefined ? value : { ...value, ip: laterAddress(about.ip, index) };
}

function withNumber<T>(value: T, number: number): T {
  if (typeof value === "string") {
    return value.replace(/\{(n+)\}/g, (_, { length }) => String(number).padStart(length, "0")) as T;
  }
  if (Array.isArray(value)) return value.map((item) => withNumber(item, number)) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, withNumber(item, number)]);
  return Object.fromEntries(entries) as T;
}

function laterAddress(ip: string, steps: number): string {
  const address = ip.split(".").reduce((sum, byte) => sum * 256 + Number(byte), 0) + steps;
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}
