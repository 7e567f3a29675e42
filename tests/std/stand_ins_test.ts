/**
 * With JSR these tests compare the originals with their stand-ins; without, the stand-ins with themselves.
 *
 * @module
 */

import * as assert from "@std/assert";
import * as base64 from "@std/encoding/base64";
import * as assertStandIn from "./assert.ts";
import * as base64StandIn from "./encoding/base64.ts";

type Assert = Pick<typeof assert, keyof typeof assertStandIn>;
type Base64 = Pick<typeof base64, keyof typeof base64StandIn>;

/** These compile only if each can stand where the other does. */
export const sameTypes: [Assert, typeof assertStandIn, Base64, typeof base64StandIn] = [
  assertStandIn,
  assert,
  base64StandIn,
  base64,
];

/** What the other way round is no error either way: without a class, nothing is known of what was thrown. */
export const unknownReasons = (): [unknown, Promise<unknown>] => [
  // @ts-expect-error: it may be anything
  assert.assertThrows(() => {}).message,
  // @ts-expect-error: as above
  assert.assertRejects(() => Promise.resolve()).then(({ message }) => message),
];

const never = Promise.resolve();
const rejected = (reason: unknown) => () => Promise.reject(reason);
const throws = (error: unknown) => () => {
  throw error;
};

/** Whether each use holds. Objects are as simple as what the tests compare. */
const USES: Readonly<Record<string, [holds: boolean, use: (std: Assert) => unknown]>> = {
  "assert of a truthy value": [true, (std) => std.assert(1)],
  "assert of a falsy value": [false, (std) => std.assert("")],
  "assertFalse of a falsy value": [true, (std) => std.assertFalse(0)],
  "assertFalse of a truthy value": [false, (std) => std.assertFalse("a")],
  "assertEquals of equal objects": [true, (std) => std.assertEquals({ a: [1, "b"] }, { a: [1, "b"] })],
  "assertEquals of other objects": [false, (std) => std.assertEquals({ a: [1] }, { a: [2] })],
  "assertEquals of a missing property": [false, (std) => std.assertEquals<unknown>({}, { a: undefined })],
  "assertEquals of 1 and '1'": [false, (std) => std.assertEquals<unknown>(1, "1")],
  "assertNotEquals of other values": [true, (std) => std.assertNotEquals([1], [2])],
  "assertNotEquals of equal values": [false, (std) => std.assertNotEquals([1], [1])],
  "assertStrictEquals of another object": [false, (std) => std.assertStrictEquals({}, {})],
  "assertStrictEquals of NaN": [true, (std) => std.assertStrictEquals(NaN, NaN)],
  "assertExists of 0": [true, (std) => std.assertExists(0)],
  "assertExists of null": [false, (std) => std.assertExists(null)],
  "assertMatch of a match": [true, (std) => std.assertMatch("abc", /b/)],
  "assertMatch of no match": [false, (std) => std.assertMatch("abc", /d/)],
  "assertNotMatch of a match": [false, (std) => std.assertNotMatch("abc", /b/)],
  "assertStringIncludes of another text": [false, (std) => std.assertStringIncludes("abc", "d")],
  "assertInstanceOf of a derived class": [true, (std) => std.assertInstanceOf(new TypeError(), Error)],
  "assertInstanceOf of another class": [false, (std) => std.assertInstanceOf(new Error(), TypeError)],
  "assertGreater of equal values": [false, (std) => std.assertGreater(1, 1)],
  "assertGreaterOrEqual of equal values": [true, (std) => std.assertGreaterOrEqual(1, 1)],
  "assertLess of equal values": [false, (std) => std.assertLess(1, 1)],
  "assertLessOrEqual of equal values": [true, (std) => std.assertLessOrEqual(1, 1)],
  "fail": [false, (std) => std.fail("no")],
  "assertThrows of a thrown text": [true, (std) => std.assertThrows(throws("no"))],
  "assertThrows of a thrown text and a class": [false, (std) => std.assertThrows(throws("no"), Error)],
  "assertThrows of another class": [false, (std) => std.assertThrows(throws(new Error()), TypeError)],
  "assertThrows of another message": [
    false,
    (std) => std.assertThrows(throws(new Error("a")), Error, "b"),
  ],
  "assertThrows of nothing": [false, (std) => std.assertThrows(() => {})],
  "assertRejects of a class and its message": [
    true,
    (std) => std.assertRejects(rejected(new TypeError("ab")), TypeError, "b"),
  ],
  "assertRejects of another class": [false, (std) => std.assertRejects(rejected(new Error()), TypeError)],
  "assertRejects of no rejection": [false, (std) => std.assertRejects(() => never)],
  "assertRejects of a function that throws": [false, (std) => std.assertRejects(throws(new Error()))],
};

for (const [name, [holds, use]] of Object.entries(USES)) {
  Deno.test(`${name} ${holds ? "holds" : "is an AssertionError"}, as in @std/assert`, async () => {
    for (const std of [assert, assertStandIn]) {
      const failure = await Promise.resolve().then(() => use(std)).then(() => undefined, (error) => error);
      assert.assertEquals(failure?.name, holds ? undefined : "AssertionError");
    }
  });
}

for (const text of ["", "YQ==", "YQ", "YWI=", "/+8=", "YQ=", "Y", "Y Q=", "Y-_=", "YQ\n"]) {
  Deno.test(`decodeBase64(${JSON.stringify(text)}) is that of @std/encoding`, () => {
    const [original, standIn] = [base64, base64StandIn].map(({ decodeBase64 }) => {
      try {
        return [...decodeBase64(text)];
      } catch (error) {
        return (error as Error).constructor;
      }
    });
    assert.assertEquals(standIn, original);
  });
}

for (const data of ["", "ü", new Uint8Array([251, 255]), new Uint8Array([1]).buffer]) {
  Deno.test(`encodeBase64(${data instanceof ArrayBuffer ? "a buffer" : data}) is that of @std/encoding`, () => {
    assert.assertEquals(base64StandIn.encodeBase64(data), base64.encodeBase64(data));
  });
}
