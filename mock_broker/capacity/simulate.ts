/**
 * Would this fleet do? A time of sessions by a demand, in a world without anybody who calls it.
 *
 * @module
 */

import TinyQueue from "tinyqueue";
import * as z from "zod";
import { check } from "../description/check.ts";
import { beginningOf } from "../description/create_simulation.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { numberFrom } from "../description/rules.ts";
import { fromJson, isSavedWorld, type SavedWorld } from "../description/saved_world.ts";
import type { Happening } from "../simulation/happening.ts";
import { loadWorld } from "../simulation/load_world.ts";
import { letTimePass } from "../simulation/passing_time.ts";
import { createSession } from "../simulation/session_creation.ts";
import { deleteSession } from "../simulation/session_deletion.ts";
import { Session, type SessionRequest } from "../simulation/session.ts";
import type { World } from "../simulation/world.ts";
import { type Arrival, arrivalsOf, arrivalsOfHistory } from "./arrivals.ts";
import { type Demand, demandSchema } from "./demand.ts";
import type { CapacityReport } from "./report.ts";
import { Tally } from "./tally.ts";

const DAY = 86_400_000;

/** The longest time that is simulated: a year. */
const LONGEST = 366 * DAY;

/**
 * Plays a day, or another time, of sessions on a fleet, with the mock broker's own placement, queue and durations, and
 * counts what came of it. Nothing waits for real time: a day of some hundred sessions takes less than a second.
 *
 * People ask by the broker's rules and end their sessions when they are done. There is no HTTP in between, so that
 * faults and limits of requests have no effect. The same arguments give the same report; and the same demand asks for
 * the same sessions at the same moments on any fleet, so that fleets can be compared.
 *
 * @param description The fleet, as options of {@linkcode MockBroker}, or a saved world to go on from. Its clock says
 * when the time begins (2026-01-01T00:00:00Z by default).
 * @param demand What is asked for; or a saved world, whose sessions are asked for again, the first of them at once.
 * @param duration How long, in milliseconds, up to 366 days; a day by default.
 * @throws {TypeError} If an argument is wrong, naming it.
 *
 * @example Would twelve hosts do?
 * ```ts
 * import { simulate } from "@dcvkit/mock-broker";
 *
 * const demand = { sessions: [{ perDay: 300, minutes: { median: 120, p95: 480 }, enqueue: true }] };
 * for (const hosts of [8, 12, 16]) {
 *   const servers = Array.from({ length: hosts }, () => ({ maxVirtualSessions: 8 }));
 *   const { requested, refused, wait } = simulate({ servers }, demand);
 *   console.log(`${hosts} hosts: ${refused} of ${requested} refused, p95 ${wait.p95 / 60_000} minutes in the queue`);
 * }
 * ```
 */
export function simulate(
  description: MockBrokerOptions | SavedWorld,
  demand: Demand | SavedWorld,
  duration: number = DAY,
): CapacityReport {
  const length = check("simulate()", numberFrom(1, LONGEST), duration, ["duration"]);
  check("simulate()", z.looseObject({}, "must be an object"), description, ["description"]);
  const history = isSavedWorld(demand) ? fromJson(demand).state.sessions : undefined;
  const wanted = history ? undefined : check("simulate()", demandSchema(), demand, ["demand"]) as Demand;
  const world = isSavedWorld(description)
    ? loadWorld(fromJson(description).state)
    : createWorld(description, wanted?.seed);
  const [start, end] = [world.now, world.now + length];
  const arrivals = history
    ? arrivalsOfHistory(history, start)
    : arrivalsOf(wanted!, start, end, usersOf(world));
  return play(world, arrivals, start, end);
}

/** Under a clock that stands, so that nobody's time passes. */
function createWorld(description: MockBrokerOptions, seed = 1): World {
  const { clock } = description;
  const start = typeof clock === "object" ? clock.start : undefined;
  const options = { seed, ...description, clock: { mode: "manual", start } as const };
  const beginning = beginningOf("simulate()", options, () => seed);
  return beginning.createWorld(beginning.createClock().now());
}

/** Who may have sessions, if that is settled for each host. */
function usersOf({ fleet }: World): readonly string[] {
  const users = [...fleet.machines].map(({ about }) => about.users);
  if (users.includes(undefined)) return [];
  return [...new Set(users.flatMap((names) => [...names!]))];
}

/** A session that somebody will end. */
interface Use {
  readonly end: number;
  readonly session: Session;
}

/** What is known of a session that is not READY yet. */
interface Expected {
  readonly length: number;
  readonly isQueued: boolean;
}

function play(world: World, arrivals: readonly Arrival[], start: number, end: number): CapacityReport {
  const tally = new Tally(world, start, end);
  const uses = new TinyQueue<Use>([], (a, b) => a.end - b.end);
  const expected = new Map<Session, Expected>();
  const follow = (what: Happening) => {
    const use = "session" in what ? settle(what.session, world.now, expected, tally) : undefined;
    if (use && use.end < Infinity) uses.push(use);
  };
  let next = 0;
  for (;;) {
    const arrival = arrivals[next];
    const time = Math.min(arrival?.time ?? Infinity, uses.peek()?.end ?? Infinity, world.agenda.nextDue);
    tally.passTo(Math.min(time, end));
    if (time >= end) return tally.report();
    letTimePass(world, time, follow);
    for (let use = uses.peek(); use && use.end <= time; use = uses.peek()) {
      uses.pop();
      deleteSession(world, use.session.id, use.session.owner, false);
    }
    if (!arrival || arrival.time > time) continue;
    next++;
    tally.request();
    const created = createSession(world, requestOf(arrival));
    if (created instanceof Session) {
      expected.set(created, { length: arrival.length, isQueued: !created.host });
    } else tally.refuse(created.failure);
  }
}

/** What has become of a session that is waited for: one that is READY is in use from now on. */
function settle(
  session: Session,
  now: number,
  expected: Map<Session, Expected>,
  tally: Tally,
): Use | undefined {
  const known = expected.get(session);
  if (!known || session.state === "CREATING") return undefined;
  expected.delete(session);
  if (session.state === "READY") {
    tally.start(known.isQueued ? timeInQueue(session) : 0, known.isQueued);
    return { end: now + known.length, session };
  }
  if (session.host) tally.fail(session);
  else tally.refuse(session.stateReason!);
  return undefined;
}

/** Its first step is into the queue, the second one to a host. */
function timeInQueue({ history: [queued, placed] }: Session): number {
  return placed!.time - queued!.time;
}

function requestOf({ owner, type, requirements, enqueue }: Arrival): SessionRequest {
  return {
    ...{ name: "", owner, type, requirements, enqueue, retryOnFailure: true, dcvGl: false },
    ...{ initFile: undefined, autorunFile: undefined, autorunFileArguments: undefined },
    ...{ maxConcurrentClients: undefined, permissionsFile: undefined, storageRoot: undefined },
  };
}
