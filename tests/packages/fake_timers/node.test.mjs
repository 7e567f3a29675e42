import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import sinon from "sinon";
import { createBroker, statesAround } from "./walk.mjs";

afterEach(() => {
  mock.timers.reset();
  sinon.restore();
});

test("node:test's mock timers move a broker that was made before", async () => {
  const broker = createBroker();
  mock.timers.enable({ apis: ["Date", "setTimeout"] });
  assert.deepEqual(await statesAround(broker, () => mock.timers.tick(30_000)), ["CREATING", "READY"]);
});

test("node:test's mock timers move a broker that is made under them", async () => {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now: new Date("2030-01-01") });
  assert.deepEqual(await statesAround(createBroker(), () => mock.timers.tick(30_000)), ["CREATING", "READY"]);
});

test("sinon's fake timers move a broker that was made before", async () => {
  const broker = createBroker();
  const clock = sinon.useFakeTimers({ toNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  assert.deepEqual(await statesAround(broker, () => clock.tickAsync(30_000)), ["CREATING", "READY"]);
});

test("sinon's fake timers move a broker that is made under them", async () => {
  const clock = sinon.useFakeTimers({
    now: new Date("2030-01-01"),
    toNotFake: ["nextTick", "setImmediate", "queueMicrotask"],
  });
  assert.deepEqual(await statesAround(createBroker(), () => clock.tick(30_000)), ["CREATING", "READY"]);
});
