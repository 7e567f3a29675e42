/**
 * Stands in for `jsr:@std/assert` on networks without JSR: the functions that the tests use, with the same
 * names and behaviour, over `node:assert/strict`.
 *
 * @module
 */

import nodeAssert from "node:assert/strict";

// deno-lint-ignore no-explicit-any -- the shape that @std/assert gives this type
type Constructor<T> = abstract new (...args: any[]) => T;

/** Thrown by every assertion that does not hold. */
export const AssertionError: typeof nodeAssert.AssertionError = nodeAssert.AssertionError;

/** Asserts that `condition` is truthy. */
export function assert(condition: unknown, message?: string): asserts condition {
  nodeAssert.ok(condition, message);
}

/** Asserts that `condition` is falsy. */
export function assertFalse(condition: unknown, message?: string): void {
  nodeAssert.ok(!condition, message ?? `Expected a falsy value: ${condition}`);
}

/** Asserts deep equality. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.deepStrictEqual(actual, expected, message);
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.notDeepStrictEqual(actual, expected, message);
}

/** Asserts identity, as `Object.is` sees it. */
export function assertStrictEquals<T>(actual: unknown, expected: T, message?: string): asserts actual is T {
  nodeAssert.strictEqual(actual, expected, message);
}

/** Asserts that a value is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  nodeAssert.ok(actual !== null && actual !== undefined, message ?? "Expected a value, got none");
}

/** Asserts that `actual` matches the expression. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.match(actual, expected, message);
}

/** Asserts that `actual` does not match the expression. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  nodeAssert.doesNotMatch(actual, expected, message);
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  nodeAssert.ok(
    actual.includes(expected),
    message ?? `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`,
  );
}

/** Asserts that `actual` was made by `constructor` or by a class derived from it. */
export function assertInstanceOf<T>(
  actual: unknown,
  constructor: Constructor<T>,
  message?: string,
): asserts actual is T {
  nodeAssert.ok(
    actual instanceof constructor,
    message ?? `Expected an instance of ${constructor.name}: ${actual}`,
  );
}

/** Asserts `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual > expected, message ?? `Expected ${actual} > ${expected}`);
}

/** Asserts `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual >= expected, message ?? `Expected ${actual} >= ${expected}`);
}

/** Asserts `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual < expected, message ?? `Expected ${actual} < ${expected}`);
}

/** Asserts `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  nodeAssert.ok(actual <= expected, message ?? `Expected ${actual} <= ${expected}`);
}

/** Fails. */
export function fail(message?: string): never {
  nodeAssert.fail(message ?? "Failed");
}

/** Asserts that `fn` throws, optionally an error of this class with this text in its message; returns the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass?: Constructor<E>,
  includes?: string,
  message?: string,
): E {
  let thrown: unknown;
  try {
    fn();
  } catch (error) {
    thrown = error;
    return checkError(thrown, ErrorClass, includes, message);
  }
  return nodeAssert.fail(message ?? "Expected the function to throw");
}

/** Asserts that the promise rejects, optionally with this class and this text; resolves to the error. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass?: Constructor<E>,
  includes?: string,
  message?: string,
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return checkError(error, ErrorClass, includes, message);
  }
  return nodeAssert.fail(message ?? "Expected the promise to reject");
}

function checkError<E extends Error>(
  error: unknown,
  ErrorClass: Constructor<E> | undefined,
  includes: string | undefined,
  message: string | undefined,
): E {
  nodeAssert.ok(error instanceof Error, message ?? `Expected an Error: ${error}`);
  if (ErrorClass) assertInstanceOf(error, ErrorClass, message);
  if (includes !== undefined) assertStringIncludes(error.message, includes, message);
  return error as E;
}
