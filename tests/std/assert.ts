/**
 * Stands in for `jsr:@std/assert` on networks without JSR: the functions that the tests use, with the same names, types
 * and behaviour, over `node:assert/strict`.
 *
 * @module
 */

import nodeAssert from "node:assert/strict";

// deno-lint-ignore no-explicit-any -- the shape that @std/assert gives these types
type Constructor<T> = abstract new (...args: any[]) => T;

/** What `assertFalse` lets pass. */
export type Falsy = false | 0 | 0n | "" | null | undefined;

/** Thrown by every assertion that does not hold. */
export class AssertionError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AssertionError";
  }
}

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, msg = ""): asserts expr {
  if (!expr) throw new AssertionError(msg);
}

/** Asserts that `expr` is falsy. */
export function assertFalse(expr: unknown, msg = ""): asserts expr is Falsy {
  if (expr) throw new AssertionError(msg);
}

/** Asserts deep equality. */
export function assertEquals<T>(actual: T, expected: T, msg?: string): void {
  holds(() => nodeAssert.deepStrictEqual(actual, expected), msg);
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, msg?: string): void {
  holds(() => nodeAssert.notDeepStrictEqual(actual, expected), msg);
}

/** Asserts identity, as `Object.is` sees it. */
export function assertStrictEquals<T>(actual: unknown, expected: T, msg?: string): asserts actual is T {
  holds(() => nodeAssert.strictEqual(actual, expected), msg);
}

/** Asserts that a value is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, msg?: string): asserts actual is NonNullable<T> {
  assert(actual !== null && actual !== undefined, explained("Expected a value, got none", msg));
}

/** Asserts that `actual` matches the expression. */
export function assertMatch(actual: string, expected: RegExp, msg?: string): void {
  assert(expected.test(actual), explained(`Expected ${JSON.stringify(actual)} to match ${expected}`, msg));
}

/** Asserts that `actual` does not match the expression. */
export function assertNotMatch(actual: string, expected: RegExp, msg?: string): void {
  assert(
    !expected.test(actual),
    explained(`Expected ${JSON.stringify(actual)} not to match ${expected}`, msg),
  );
}

/** Asserts that `actual` contains `expected`. */
export function assertStringIncludes(actual: string, expected: string, msg?: string): void {
  const said = `Expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`;
  assert(actual.includes(expected), explained(said, msg));
}

/** Asserts that `actual` was made by `expectedType` or by a class derived from it. */
// deno-lint-ignore no-explicit-any -- as above
export function assertInstanceOf<T extends abstract new (...args: any[]) => any>(
  actual: unknown,
  expectedType: T,
  msg = "",
): asserts actual is InstanceType<T> {
  assert(
    actual instanceof expectedType,
    explained(`Expected an instance of ${expectedType.name}: ${actual}`, msg),
  );
}

/** Asserts `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, msg?: string): void {
  assert(actual > expected, msg ?? `Expected ${actual} > ${expected}`);
}

/** Asserts `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, msg?: string): void {
  assert(actual >= expected, msg ?? `Expected ${actual} >= ${expected}`);
}

/** Asserts `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, msg?: string): void {
  assert(actual < expected, msg ?? `Expected ${actual} < ${expected}`);
}

/** Asserts `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, msg?: string): void {
  assert(actual <= expected, msg ?? `Expected ${actual} <= ${expected}`);
}

/** Fails. */
export function fail(msg?: string): never {
  throw new AssertionError(explained("Failed", msg));
}

/** Asserts that `fn` throws; gives what it threw. */
export function assertThrows(fn: () => unknown, msg?: string): unknown;
/** Asserts that `fn` throws an error of this class, with this text in its message; gives the error. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  ErrorClass: Constructor<E>,
  msgIncludes?: string,
  msg?: string,
): E;
export function assertThrows(
  fn: () => unknown,
  expected?: Constructor<Error> | string,
  msgIncludes?: string,
  msg?: string,
): unknown {
  return checked("throw", failureOf(fn), expected, msgIncludes, msg);
}

/** Asserts that the promise of `fn` rejects; resolves to its reason. */
export function assertRejects(fn: () => PromiseLike<unknown>, msg?: string): Promise<unknown>;
/** Asserts that the promise rejects with an error of this class, with this text in its message; resolves to the error. */
export function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  ErrorClass: Constructor<E>,
  msgIncludes?: string,
  msg?: string,
): Promise<E>;
export async function assertRejects(
  fn: () => PromiseLike<unknown>,
  expected?: Constructor<Error> | string,
  msgIncludes?: string,
  msg?: string,
): Promise<unknown> {
  let promise: PromiseLike<unknown> | undefined;
  const thrown = failureOf(() => promise = fn());
  if (thrown !== undefined) {
    throw new AssertionError(explained(`Expected a rejected promise, but this was thrown: ${thrown.error}`));
  }
  const failure = await Promise.resolve(promise).then(() => undefined, (error) => ({ error }));
  return checked("reject", failure, expected, msgIncludes, msg);
}

interface Failure {
  error: unknown;
}

function failureOf(fn: () => unknown): Failure | undefined {
  try {
    fn();
    return undefined;
  } catch (error) {
    return { error };
  }
}

function checked(
  verb: string,
  failure: Failure | undefined,
  expected: Constructor<Error> | string | undefined,
  msgIncludes: string | undefined,
  msg: string | undefined,
): unknown {
  const said = typeof expected === "string" ? expected : msg;
  if (failure === undefined) throw new AssertionError(explained(`Expected the function to ${verb}`, said));
  const { error } = failure;
  if (typeof expected !== "function") return error;
  assert(error instanceof Error, explained(`Expected an Error: ${error}`, said));
  assertInstanceOf(error, expected, said);
  if (msgIncludes !== undefined) assertStringIncludes(error.message, msgIncludes, said);
  return error;
}

function holds(nodeAssertion: () => void, msg: string | undefined): void {
  try {
    nodeAssertion();
  } catch (error) {
    throw new AssertionError(explained((error as Error).message, msg));
  }
}

function explained(said: string, msg?: string): string {
  return msg ? `${said}: ${msg}` : said;
}
