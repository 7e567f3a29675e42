/** Would twelve hosts do? */

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import {
  capacityPlot,
  type CapacityReport,
  capacityTable,
  comparisonTable,
  type Demand,
  type HostOptions,
  MockBroker,
  simulate,
} from "@dcvkit/mock-broker";
import fc from "fast-check";
import { Caller } from "./call.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const OFFICE: Demand = { sessions: [{ perDay: 300, minutes: { median: 120, p95: 480 }, enqueue: true }] };

function fleet(count: number, host: HostOptions = { maxVirtualSessions: 8 }) {
  return { servers: Array.from({ length: count }, () => host) };
}

/** Sums over the hours. */
function total(report: CapacityReport, what: "requested" | "refused"): number {
  return report.hours.reduce((sum, hour) => sum + hour[what], 0);
}

Deno.test("simulate shows how many hosts a day of sessions takes", () => {
  const [six, eight, twelve] = [6, 8, 12].map((count) => simulate(fleet(count), OFFICE));
  assert(six!.refused > eight!.refused && eight!.refused > 0);
  assertEquals([twelve!.refused, twelve!.waited, twelve!.started], [0, 0, twelve!.requested]);
  assert(twelve!.requested > 250 && twelve!.requested < 350);
  assertEquals(six!.busiest.sessions, 48);
  assertEquals(six!.reasons, {
    "No DCV server found for the given criteria within 1800 seconds": six!.refused,
  });
  assert(six!.wait.p95 > six!.wait.p50 && six!.wait.longest <= 30 * MINUTE);
});

Deno.test("the same arguments give the same report, and a demand asks every fleet for the same sessions", () => {
  assertEquals(simulate(fleet(6), OFFICE), simulate(fleet(6), OFFICE));
  const asked = (report: CapacityReport) => report.hours.map(({ requested }) => requested);
  assertEquals(
    asked(simulate(fleet(6), OFFICE)),
    asked(simulate(fleet(60, { maxVirtualSessions: 1 }), OFFICE)),
  );
  const other = simulate(fleet(6), { ...OFFICE, seed: 2 });
  assert(JSON.stringify(asked(other)) !== JSON.stringify(asked(simulate(fleet(6), OFFICE))));
  // One more kind of session moves none of the others.
  const more = { sessions: [...OFFICE.sessions, { perHour: 0, owners: 3 }] };
  assertEquals(simulate(fleet(6), more), simulate(fleet(6), OFFICE));
});

Deno.test("simulate counts what a broker answers that is asked for the same sessions, one by one", async () => {
  const options = {
    ...fleet(3, { maxVirtualSessions: 2 }),
    seed: 5,
    properties: {
      "delete-session-duration-seconds": 1_000_000,
      "create-sessions-queue-max-time-seconds": 600,
    },
    timings: { roomReport: [1_000, 30_000] as const },
  };
  const broker = new MockBroker({ ...options, clock: "manual" });
  const call = new Caller(broker);
  const start = broker.clock.now.getTime();
  const ends = new Map<string, number>();
  for (let minute = 0; minute < 240; minute++) {
    for (const [id, end] of ends) {
      const { owner, state } = broker.sessions.get(id);
      if (minute < end || state === "CREATING") continue;
      if (state === "READY") await call.deleteSessions([{ SessionId: id, Owner: owner }]);
      ends.delete(id);
    }
    if (minute % 4 === 0) {
      const request = { Name: "n", Owner: `u${minute}`, Type: "VIRTUAL" as const, EnqueueRequest: true };
      const { SuccessfulList: [session] } = await call.createSessions([request]);
      ends.set(session!.Id!, minute + 20 + minute % 30);
    }
    broker.advance(MINUTE);
  }
  const listed = broker.sessions.list({ limit: 1000 }).items.map(({ id }) => broker.sessions.get(id));
  const [started, others] = [true, false].map((wasReady) =>
    listed.filter(({ history }) => history!.some(({ state }) => state === "READY") === wasReady)
  );
  const again = simulate(options, broker.save(), 240 * MINUTE);
  assertEquals(again.requested, 60);
  assertEquals(again.started, started!.length);
  assertEquals(again.refused, others!.filter(({ state }) => state === "DELETED").length);
  assert(again.refused > 0 && again.waited > 0);
  assertEquals(Date.parse(again.start), start);
});

Deno.test("on average as many sessions run as are asked for in an hour, times their length", () => {
  const { hours, places } = simulate(fleet(50, { maxVirtualSessions: -1 }), {
    sessions: [{ perHour: 60, minutes: [60, 180] }],
  });
  const settled = hours.slice(4).map(({ sessions }) => sessions.mean);
  const mean = settled.reduce((sum, value) => sum + value) / settled.length;
  assert(mean > 110 && mean < 130, `${mean} sessions`);
  assertEquals([places, hours[0]!.occupancy], [null, null]);
});

Deno.test("half of the lengths are below the median, and 95 of 100 below p95", () => {
  const sessions = [{ perHour: 500, minutes: { median: 30, p95: 120 }, owners: 1 }];
  const world = fleet(1, { maxVirtualSessions: -1, maxConcurrentSessionsPerUser: 1_000_000 });
  const { requested, hours } = simulate(world, { sessions }, 6 * HOUR);
  // The mean of such lengths is median * exp(spread² / 2), here 42.8 minutes.
  const mean = hours.at(-1)!.sessions.mean / (requested / 6) * 60;
  assert(mean > 36 && mean < 48, `${mean} minutes`);
});

Deno.test("sessions are asked for by the hour of the day, and of the week", () => {
  const nine = Array.from({ length: 24 }, (_, hour) => hour === 9 ? 100 : 0);
  const day = simulate({ ...fleet(20), clock: { start: new Date("2026-03-04T06:30:00Z") } }, {
    sessions: [{ perHour: nine }],
  });
  const busy = day.hours.filter(({ requested }) => requested > 0).map(({ time }) => time);
  assertEquals(busy, ["2026-03-04T08:30:00.000Z", "2026-03-04T09:30:00.000Z"]);
  const sunday = Array.from({ length: 168 }, (_, hour) => hour >= 144 ? 10 : 0);
  const week = simulate(fleet(20), { sessions: [{ perHour: sunday }] }, 7 * 24 * HOUR);
  const days = new Set(
    week.hours.filter(({ requested }) => requested > 0).map(({ time }) => time.slice(0, 10)),
  );
  assertEquals([...days], ["2026-01-04"]);
});

Deno.test("the broker's own rules decide: requirements, kinds, users, the queue, and what fails on hosts", () => {
  const one = { perHour: 30, minutes: [5, 10] as const };
  const servers = [
    { hostname: "gpu", tags: { gpu: "yes" }, maxVirtualSessions: 50, maxConcurrentSessionsPerUser: 50 },
    { hostname: "win", os: "windows" as const },
  ];
  const play = (demand: object, options: object = {}) =>
    simulate({ servers, ...options }, { sessions: [{ ...one, ...demand }] }, 4 * HOUR);
  assertEquals(play({ requirements: "tag:gpu = 'yes'" }).refused, 0);
  const none = play({ requirements: "tag:gpu = 'no'" });
  assertEquals([none.refused, none.started], [none.requested, 0]);
  assert(play({ type: "CONSOLE" }).busiest.sessions <= 2);
  const small = play({ requirements: "tag:gpu = 'no'", enqueue: true }, {
    properties: { "create-sessions-queue-max-size": 3 },
  });
  assert(small.hours.every(({ mostWaiting }) => mostWaiting <= 3));
  assert(small.reasons["The queue of session creation requests is full"]! > 0);
  assert(small.pending > 0 && small.pending <= 3);
  const users = [{ users: ["ana", "ben"], maxVirtualSessions: 50, maxConcurrentSessionsPerUser: 50 }];
  assertEquals(play({}, { servers: users }).failed, 0);
  const strangers = play({ owners: ["cid"] }, { servers: users });
  assertEquals(strangers.failed, strangers.requested - strangers.pending);
  assertStringIncludes(Object.keys(strangers.reasons)[0]!, "User cid does not exist");
});

Deno.test("a saved world goes on with its sessions, and stays as it was", () => {
  const broker = new MockBroker({ ...fleet(1, { maxVirtualSessions: 2 }), clock: "manual" });
  for (const owner of ["ana", "ben"]) {
    broker.sessions.createOnHost(broker.hosts.list().items[0]!.hostname, { owner });
  }
  const saved = JSON.stringify(broker.save());
  const report = simulate(JSON.parse(saved), { sessions: [{ perHour: 10 }] });
  assertEquals([report.started, report.refused], [0, report.requested]);
  assertEquals(report.hours[5]!.occupancy, 1);
  assertEquals(JSON.stringify(broker.save()), saved);
});

const demands = fc.record({
  seed: fc.nat(),
  sessions: fc.array(
    fc.record({
      perHour: fc.integer({ min: 0, max: 40 }),
      minutes: fc.constantFrom([0, 5] as const, [10, 200] as const, { median: 20, p95: 300 }),
      type: fc.constantFrom("VIRTUAL" as const, "VIRTUAL" as const, "CONSOLE" as const),
      enqueue: fc.boolean(),
      owners: fc.constantFrom(1, 5, undefined),
      requirements: fc.constantFrom(undefined, "tag:color = 'red'", "server:Host.Os.Family != 'windows'"),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});
const fleets = fc.array(
  fc.record({
    os: fc.constantFrom("linux" as const, "windows" as const),
    maxVirtualSessions: fc.integer({ min: 0, max: 4 }),
    tags: fc.constantFrom({ color: "red" }, { color: "blue" }),
    users: fc.constantFrom(undefined, ["user-1", "user-2"]),
    agentConnected: fc.boolean(),
  }),
  { maxLength: 6 },
);

Deno.test("whatever is asked of whatever fleet, the counts agree with each other", () => {
  fc.assert(
    fc.property(fleets, demands, fc.integer({ min: 1, max: 30 * 60 }), (servers, demand, minutes) => {
      const report = simulate(
        { servers, timings: { roomReport: [1_000, 30_000] } },
        demand,
        minutes * MINUTE,
      );
      const { requested, started, refused, failed, pending, wait, waited, hours, places, busiest } = report;
      assertEquals(requested, started + refused + failed + pending);
      assert([started, refused, failed, pending].every((count) => count >= 0));
      assertEquals([total(report, "requested"), total(report, "refused")], [requested, refused]);
      assertEquals(Object.values(report.reasons).reduce((sum, count) => sum + count, 0), refused + failed);
      assert(waited <= started && wait.p50 <= wait.p95 && wait.p95 <= wait.longest);
      assertEquals(hours.length, Math.ceil(minutes / 60));
      for (const { sessions, occupancy, hostsInUse } of hours) {
        assert(
          sessions.mean <= sessions.most && sessions.most <= busiest.sessions && busiest.sessions <= places!,
        );
        assert(occupancy! >= 0 && occupancy! <= 1 && hostsInUse <= servers.length);
      }
      for (const line of capacityTable(report).split("\n")) assert(line.length <= 100, line);
      assert(!/NaN|Infinity|undefined/.test(capacityPlot(report) + capacityTable(report)));
    }),
    { numRuns: 60 },
  );
});

Deno.test("what is wrong with the arguments is named", () => {
  const wrong = (words: string, demand: unknown, duration?: unknown, description: unknown = fleet(1)) =>
    assertStringIncludes(
      assertThrows(() => simulate(description as never, demand as never, duration as never), TypeError)
        .message,
      words,
    );
  wrong("demand.sessions: missing", {});
  wrong("demand.sessions: must be a list with a kind of session at least", { sessions: [] });
  wrong("demand.sessions[0].perday: unknown, perDay?", { sessions: [{ perday: 1 }] });
  wrong("must have either perDay or perHour", { sessions: [{}] });
  wrong("must have either perDay or perHour", { sessions: [{ perDay: 1, perHour: 1 }] });
  wrong("24 or 168 of them: got", { sessions: [{ perHour: [1, 2] }] });
  wrong("the smaller one first", { sessions: [{ perDay: 1, minutes: [2, 1] }] });
  wrong("a median that p95 is not below", { sessions: [{ perDay: 1, minutes: { median: 2, p95: 1 } }] });
  wrong("must be a requirement expression", { sessions: [{ perDay: 1, requirements: "gpu" }] });
  wrong("demand: must be an object", 5);
  wrong("duration: must be a number from 1", OFFICE, 0);
  wrong("duration: must be a number from 1", OFFICE, NaN);
  wrong("simulate(): serverz: unknown", OFFICE, undefined, { serverz: [] });
  wrong("simulate(): description: must be an object: got null", OFFICE, undefined, null);
  wrong("Saved world of version 7", OFFICE, undefined, { format: "dcv-mock-broker-world", version: 7 });
  wrong("no session that its broker was asked for", new MockBroker().save());
});

Deno.test("the table has a line for each hour, a comparison one for each report", () => {
  const report = simulate(fleet(6), OFFICE);
  const lines = capacityTable(report).trimEnd().split("\n");
  assertEquals(lines[0], "6 hosts, 48 places, 24 h from 2026-01-01 00:00");
  assertEquals(lines.filter((line) => line.startsWith("2026-01-01 ")).length, 24);
  for (const line of lines) assert(line.length <= 80, line);
  const comparison = comparisonTable([report, simulate(fleet(12), OFFICE)]).split("\n");
  assertEquals(comparison.slice(1).map((line) => line.trim().split(/\s+/)[0]), ["6", "12", ""]);
});

Deno.test("the plot is an SVG picture with axes, bars for each hour, and the places as a line", () => {
  const plot = capacityPlot(simulate(fleet(6), OFFICE));
  assertEquals(plot.match(/class="sessions" x="[\d.]+"/g)!.length, 25);
  for (const text of ["6 hosts", "places: 48", ">00:00<", ">40<", "hours from 2026-01-01, UTC"]) {
    assertStringIncludes(plot, text);
  }
});
