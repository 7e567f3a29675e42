import { assertMatch, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { FleetModel } from "./history/fleet_model.ts";
import { play } from "./history/play.ts";
import type { HostFacts, Rules } from "./history/rules.ts";
import { histories, type Item, type Step } from "./history/steps.ts";

Deno.test("a broker shows nothing over long random histories that its reference does not allow", async () => {
  await fc.assert(fc.asyncProperty(histories, (history) => play(history)), { numRuns: 150 });
});

const RULES: Rules = {
  seed: 1,
  persistence: false,
  retention: 20_000,
  queueSize: 10,
  queueTime: 60_000,
  retries: 1,
  serverDrop: 70_000,
  sessionDrop: undefined,
  report: 1_000,
  roomReport: 0,
};

const HOST: HostFacts = {
  os: "linux",
  color: undefined,
  size: 1,
  cpus: 4,
  maxVirtual: 1,
  perUser: 1,
  users: undefined,
  failure: undefined,
};

const ITEM: Item = {
  owner: "ana",
  type: "VIRTUAL",
  requirement: 0,
  enqueue: false,
  retry: true,
  maxClients: undefined,
  extra: "none",
};

const create = (item: Partial<Item> = {}): Step => ({ do: "create", items: [{ ...ITEM, ...item }] });
const wait = (time: number): Step => ({ do: "wait", time });
const remove: Step = { do: "delete", session: 0, owned: true, force: false };

/** A host and what happens there, and a belief with which that cannot be. */
const WRONG_BELIEFS: [
  belief: string,
  host: Partial<HostFacts>,
  steps: Step[],
  mislead: (model: FleetModel) => void,
  finding: RegExp,
][] = [
  ["the host is no Linux host", {}, [create()], believe({ os: "windows" }), /No room for/],
  [
    "the host has one place",
    { maxVirtual: 2 },
    [create(), create({ owner: "bo" })],
    believe({ maxVirtual: 1 }),
    /AVAILABLE/,
  ],
  [
    "the host has two places",
    {},
    [create(), create({ owner: "bo" })],
    believe({ maxVirtual: 2 }),
    /AVAILABLE/,
  ],
  [
    "a user may have one session",
    { maxVirtual: 2, perUser: 2 },
    [create(), wait(700), create()],
    believe({ perUser: 1 }),
    /No room for/,
  ],
  [
    "a user may have two sessions",
    { maxVirtual: 2 },
    [create(), wait(700), create()],
    believe({ perUser: 2 }),
    /Room for/,
  ],
  [
    "the owner is no user of the host",
    {},
    [create(), wait(8_000)],
    believe({ users: ["bo"] }),
    /cannot create/,
  ],
  [
    "every owner is a user of the host",
    { users: [] },
    [create(), wait(8_000)],
    believe({ users: undefined }),
    /no reason to end/,
  ],
  ["the host is closed", {}, [], ({ hosts }) => hosts[0]!.open = false, /AVAILABLE/],
  ["the agent is silent", {}, [wait(61_000)], ({ hosts, now }) => hosts[0]!.loseAgent(now), /AVAILABLE/],
  ["the host is not listed", {}, [], ({ hosts }) => hosts[0]!.listed = false, /Listed servers/],
  ["nobody created a session", {}, [create()], ({ sessions }) => sessions.length = 0, /nobody created/],
  [
    "nobody deleted it",
    {},
    [create(), remove],
    ({ sessions: [session] }) => session && (session.deletion = undefined),
    /nobody asked/,
  ],
  [
    "it was deleted",
    {},
    [create(), wait(50)],
    ({ sessions: [session] }) => session && (session.deletion = 0),
    /deletion had begun/,
  ],
  ["DELETED lasts longer", {}, [create(), remove, wait(2_700), wait(29_000)], retain(40_000), /it is lost/],
  [
    "DELETED lasts shorter",
    {},
    [create(), remove, wait(2_700), wait(8_000)],
    retain(5_000),
    /stays too long/,
  ],
];

function believe(facts: Partial<HostFacts>): (model: FleetModel) => void {
  return ({ hosts: [host] }) => host!.facts = { ...host!.facts, ...facts };
}

function retain(retention: number): (model: FleetModel) => void {
  return (model) => model.rules = { ...model.rules, retention };
}

Deno.test("the model notices it when the broker does what cannot be", async (t) => {
  for (const [belief, host, steps, mislead, finding] of WRONG_BELIEFS) {
    await t.step(`because ${belief}`, async () => {
      const history = { rules: RULES, hosts: [{ ...HOST, ...host }], steps };
      await play(history);
      const { message } = await assertRejects(() => play(history, mislead), Error);
      assertMatch(message, finding);
    });
  }
});
