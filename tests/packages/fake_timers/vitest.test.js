import { afterEach, expect, test, vi } from "vitest";
import { createBroker, statesAround } from "./walk.mjs";

afterEach(() => vi.useRealTimers());

test("vitest's fake timers move a broker that was made before", async () => {
  const broker = createBroker();
  vi.useFakeTimers();
  expect(await statesAround(broker, () => vi.advanceTimersByTimeAsync(30_000))).toEqual([
    "CREATING",
    "READY",
  ]);
});

test("vitest's fake timers move a broker that is made under them", async () => {
  vi.useFakeTimers({ now: new Date("2030-01-01") });
  expect(await statesAround(createBroker(), () => vi.advanceTimersByTime(30_000))).toEqual([
    "CREATING",
    "READY",
  ]);
});
