import { assertEquals } from "@std/assert";
import { mock } from "node:test";
import fakeTimers from "@sinonjs/fake-timers";
import { MockBroker } from "@dcvkit/mock-broker";
import { Caller } from "./call.ts";

/** Puts a fake clock in place of the machine's. */
type Install = () => { tick(milliseconds: number): unknown; uninstall(): void };

const YEAR_2030 = Date.UTC(2030, 0, 1);

/** vitest, jest and sinon are fake-timers underneath; older vitest leaves `performance` as it is. */
const FAKE_CLOCKS: Readonly<Record<string, Install>> = {
  "fake-timers, which begin at 0": () => fakeTimers.install(),
  "fake-timers, which begin now": () => fakeTimers.install({ now: Date.now() }),
  "fake-timers at a date": () => fakeTimers.install({ now: YEAR_2030 }),
  "fake-timers without performance": () =>
    fakeTimers.install({ now: Date.now(), toFake: ["Date", "setTimeout"] }),
  "node:test": () => nodeTimers(),
  "node:test from now on": () => nodeTimers(Date.now()),
};

function nodeTimers(now = 0) {
  mock.timers.enable({ apis: ["Date", "setTimeout"], now });
  return {
    tick: (milliseconds: number) => mock.timers.tick(milliseconds),
    uninstall: () => mock.timers.reset(),
  };
}

function createRunningBroker() {
  const broker = new MockBroker({ seed: 1, servers: [{ hostname: "node" }] });
  return { broker, call: new Caller(broker), now: () => broker.clock.now.getTime() };
}

Deno.test("fake timers move a running clock, whenever they are put in place", async (t) => {
  for (const [name, install] of Object.entries(FAKE_CLOCKS)) {
    await t.step(`${name}, before the broker is made`, () => {
      const clock = install();
      try {
        const { now } = createRunningBroker();
        const start = now();
        clock.tick(30_000);
        assertEquals(now() - start, 30_000);
      } finally {
        clock.uninstall();
      }
    });
    await t.step(`${name}, afterwards, and moved before the broker is asked`, async () => {
      const { broker, call } = createRunningBroker();
      const { Id } = await call.createSession();
      const clock = install();
      try {
        clock.tick(30_000);
        assertEquals(broker.sessions.get(Id).state, "READY");
      } finally {
        clock.uninstall();
      }
      assertEquals(broker.sessions.get(Id).state, "READY");
    });
    await t.step(`${name}, and only they do, until they are taken away`, () => {
      const { now } = createRunningBroker();
      const start = now();
      const clock = install();
      const before = now();
      clock.tick(60_000);
      assertEquals(now() - before, 60_000);
      clock.uninstall();
      const passed = now() - start;
      assertEquals(passed >= 60_000 && passed < 120_000, true, `${passed}`);
    });
  }
});

Deno.test("a date that a fake clock is set to is no time that passes", () => {
  const { now } = createRunningBroker();
  const start = now();
  const clock = fakeTimers.install({ now: Date.now() });
  try {
    clock.setSystemTime(YEAR_2030);
    clock.tick(1_000);
    assertEquals(now() - start, 1_000);
  } finally {
    clock.uninstall();
  }
  mock.timers.enable({ apis: ["Date"], now: YEAR_2030 });
  try {
    const before = now();
    mock.timers.tick(1_000);
    assertEquals(now() - before, 1_000);
  } finally {
    mock.timers.reset();
  }
});

Deno.test("fake timers move a fast clock as many times faster", () => {
  const clock = fakeTimers.install();
  try {
    const broker = new MockBroker({ clock: { speed: 60 } });
    const start = broker.clock.now.getTime();
    clock.tick(1_000);
    assertEquals(broker.clock.now.getTime() - start, 60_000);
  } finally {
    clock.uninstall();
  }
});

Deno.test("an answer that is delayed comes when fake timers have moved so far", async () => {
  const { broker } = createRunningBroker();
  broker.faults.add({ operation: "health", fault: { type: "delay", milliseconds: 5_000 } });
  const clock = fakeTimers.install();
  try {
    let status: number | undefined;
    const answer = broker.fetch(`${broker.url}/health`).then((response) => status = response.status);
    await clock.tickAsync(4_999);
    assertEquals(status, undefined);
    await clock.tickAsync(1);
    assertEquals(await answer, 200);
  } finally {
    clock.uninstall();
  }
});
