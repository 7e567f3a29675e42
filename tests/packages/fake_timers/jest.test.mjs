import { afterEach, expect, jest, test } from "@jest/globals";
import { createBroker, statesAround } from "./walk.mjs";

afterEach(() => jest.useRealTimers());

test("jest's fake timers move a broker that was made before", async () => {
  const broker = createBroker();
  jest.useFakeTimers({ doNotFake: ["nextTick", "setImmediate", "queueMicrotask"] });
  expect(await statesAround(broker, () => jest.advanceTimersByTime(30_000))).toEqual(["CREATING", "READY"]);
});

test("jest's fake timers move a broker that is made under them", async () => {
  jest.useFakeTimers({
    doNotFake: ["nextTick", "setImmediate", "queueMicrotask"],
    now: new Date("2030-01-01"),
  });
  expect(await statesAround(createBroker(), () => jest.advanceTimersByTime(30_000))).toEqual([
    "CREATING",
    "READY",
  ]);
});
