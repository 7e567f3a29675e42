/**
 * The Distinguished Encoding Rules of ASN.1 (X.690), as far as certificates need them.
 *
 * @module
 */

import { Buffer } from "node:buffer";

/** The tags of the types that certificates are made of. */
const TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  objectIdentifier: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const;

/** An element that was read. */
export interface DerElement {
  readonly tag: number;
  readonly contents: Buffer;
  /** The element as a whole, with tag and length. */
  readonly raw: Buffer;
}

/** An element: its tag, the length of its contents, and these. */
function element(tag: number, ...contents: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(contents);
  return Buffer.concat([Buffer.from([tag, ...lengthOf(body)]), body]);
}

/** Short lengths are a byte; longer ones are preceded by how many bytes they have. */
function lengthOf({ length }: Uint8Array): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left = Math.floor(left / 256)) bytes.unshift(left % 256);
  return [0x80 | bytes.length, ...bytes];
}

export function sequence(...elements: readonly Uint8Array[]): Buffer {
  return element(TAGS.sequence, ...elements);
}

export function set(...elements: readonly Uint8Array[]): Buffer {
  return element(TAGS.set, ...elements);
}

export function boolean(value: boolean): Buffer {
  return element(TAGS.boolean, Buffer.from([value ? 0xff : 0]));
}

/** The number whose bytes these are, in two's complement and no more of them than it takes. */
export function integer(...bytes: readonly number[]): Buffer {
  return element(TAGS.integer, Buffer.from(bytes));
}

export function nothing(): Buffer {
  return element(TAGS.null);
}

export function bitString(bytes: Uint8Array, unusedBits = 0): Buffer {
  return element(TAGS.bitString, Buffer.from([unusedBits]), bytes);
}

export function octetString(bytes: Uint8Array): Buffer {
  return element(TAGS.octetString, bytes);
}

export function utf8String(text: string): Buffer {
  return element(TAGS.utf8String, Buffer.from(text));
}

/** An object identifier in its dotted form. */
export function objectIdentifier(dotted: string): Buffer {
  const [first, second, ...rest] = dotted.split(".").map(Number);
  return element(TAGS.objectIdentifier, Buffer.from([40 * first! + second!, ...rest.flatMap(base128)]));
}

/** Seven bits a byte; all but the last have the eighth bit set. */
function base128(value: number): number[] {
  const bytes = [value % 128];
  for (let left = Math.floor(value / 128); left > 0; left = Math.floor(left / 128)) {
    bytes.unshift(0x80 | left % 128);
  }
  return bytes;
}

/** A time to the second. RFC 5280 wants the short form, with two digits of the year, until 2049. */
export function time(date: Date): Buffer {
  const digits = date.toISOString().replace(/\.\d+|[-:T]/g, "");
  const year = date.getUTCFullYear();
  return year >= 1950 && year < 2050
    ? element(TAGS.utcTime, Buffer.from(digits.slice(2)))
    : element(TAGS.generalizedTime, Buffer.from(digits));
}

/** What stands in a field that is told apart by a number: other elements, or bytes in place of a type's own tag. */
export function tagged(number: number, contents: Uint8Array, isConstructed: boolean): Buffer {
  return element((isConstructed ? 0xa0 : 0x80) | number, contents);
}

/** The elements that stand in these contents, which a certificate that was parsed before is known to have. */
export function elementsIn(contents: Buffer): DerElement[] {
  const elements: DerElement[] = [];
  for (let start = 0; start < contents.length;) {
    const first = contents[start + 1]!;
    const moreBytes = first < 0x80 ? 0 : first & 0x7f;
    const from = start + 2 + moreBytes;
    const length = moreBytes === 0 ? first : contents.readUIntBE(start + 2, moreBytes);
    const raw = contents.subarray(start, from + length);
    elements.push({ tag: contents[start]!, contents: contents.subarray(from, from + length), raw });
    start = from + length;
  }
  return elements;
}
