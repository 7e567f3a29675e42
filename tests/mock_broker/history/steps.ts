/**
 * What may happen in a history, as plain data: fast-check makes it, and shows the shortest that still fails.
 */

import fc from "fast-check";
import { type HostFacts, REQUIREMENTS, type Rules } from "./rules.ts";

/** A session to create. */
export interface Item {
  owner: string;
  type: "CONSOLE" | "VIRTUAL";
  /** Which of {@linkcode REQUIREMENTS}. */
  requirement: number;
  enqueue: boolean;
  retry: boolean;
  maxClients: number | undefined;
  extra: "DcvGlEnabled" | "InitFile" | "AutorunFile" | "none";
}

/** One step. Hosts and sessions are meant by number, modulo those that there are. */
export type Step =
  | { do: "create"; items: Item[] }
  | { do: "delete"; session: number; owned: boolean; force: boolean }
  | { do: "permit"; session: number; owned: boolean; shared: boolean }
  | { do: "connection data"; session: number }
  | { do: "picture"; session: number }
  | { do: "connect"; session: number; user: string }
  | { do: "disconnect"; session: number; user: string }
  | { do: "open"; host: number }
  | { do: "lose agent"; host: number }
  | { do: "restore agent"; host: number }
  | { do: "terminate"; host: number }
  | { do: "close"; host: number; force: boolean }
  | { do: "reboot"; host: number; downFor: number }
  | { do: "dcv health"; host: number; healthy: boolean }
  | { do: "log in"; host: number; users: string[] }
  | { do: "add host"; facts: HostFacts }
  | { do: "create on host"; host: number; owner: string; type: "CONSOLE" | "VIRTUAL"; name: boolean }
  | { do: "restart" }
  | { do: "wait"; time: number };

/** A history: a broker's settings, its first hosts, and what happens. */
export interface History {
  rules: Rules;
  hosts: HostFacts[];
  steps: Step[];
}

const number = fc.nat(1000);
const owner = fc.constantFrom("ana", "bo", "cy");
const type = fc.constantFrom("VIRTUAL" as const, "VIRTUAL" as const, "CONSOLE" as const);
const rarely = fc.nat(3).map((draw) => draw === 0);
const mostly = fc.nat(3).map((draw) => draw > 0);

const hostFacts: fc.Arbitrary<HostFacts> = fc.record({
  os: fc.constantFrom("linux", "linux", "linux", "windows", "macos"),
  color: fc.constantFrom("red", "blue", undefined),
  size: fc.constantFrom(1, 2, 10),
  cpus: fc.constantFrom(2, 4, 8),
  maxVirtual: fc.constantFrom(-1, 0, 1, 2, 3),
  perUser: fc.constantFrom(1, 1, 2),
  users: fc.constantFrom(undefined, undefined, undefined, ["ana"]),
  failure: fc.constantFrom(undefined, undefined, undefined, undefined, "No licence"),
});

const item: fc.Arbitrary<Item> = fc.record({
  owner,
  type,
  requirement: fc.oneof(fc.constant(0), fc.nat(REQUIREMENTS.length - 1)),
  enqueue: fc.boolean(),
  retry: mostly,
  maxClients: fc.constantFrom(undefined, 0, 1, 2),
  extra: fc.constantFrom("none", "none", "none", "none", "DcvGlEnabled", "InitFile", "AutorunFile"),
});

const step: fc.Arbitrary<Step> = fc.oneof(
  weighted(7, "create", { items: fc.array(item, { minLength: 1, maxLength: 3 }) }),
  weighted(4, "delete", { session: number, owned: mostly, force: rarely }),
  weighted(2, "permit", { session: number, owned: mostly, shared: mostly }),
  weighted(1, "picture", { session: number }),
  weighted(1, "connection data", { session: number }),
  weighted(2, "connect", { session: number, user: owner }),
  weighted(1, "disconnect", { session: number, user: owner }),
  weighted(2, "open", { host: number }),
  weighted(2, "close", { host: number, force: fc.boolean() }),
  weighted(2, "lose agent", { host: number }),
  weighted(2, "restore agent", { host: number }),
  weighted(1, "terminate", { host: number }),
  weighted(1, "reboot", { host: number, downFor: fc.constantFrom(1, 900, 45_000, 130_000) }),
  weighted(2, "dcv health", { host: number, healthy: mostly }),
  weighted(1, "log in", { host: number, users: fc.constantFrom([], ["kim"]) }),
  weighted(1, "add host", { facts: hostFacts }),
  weighted(1, "create on host", { host: number, owner, type, name: fc.boolean() }),
  weighted(1, "restart", {}),
  weighted(10, "wait", {
    time: fc.constantFrom(50, 300, 700, 1_100, 1_900, 2_700, 8_000, 29_000, 61_000, 200_000, 1_900_000),
  }),
);

const rules: fc.Arbitrary<Rules> = fc.record({
  seed: fc.nat(),
  persistence: fc.boolean(),
  retention: fc.constantFrom(0, 20_000, 3_600_000),
  queueSize: fc.constantFrom(0, 2, 1000),
  queueTime: fc.constantFrom(5_000, 1_800_000),
  retries: fc.constantFrom(0, 1, 2),
  serverDrop: fc.constantFrom(70_000, 1_800_000),
  sessionDrop: fc.constantFrom(undefined, undefined, 30_000),
  report: fc.constantFrom(1_000, 16_000),
  roomReport: fc.constantFrom(0, 0, 9_000),
});

/** Long random histories. */
export const histories: fc.Arbitrary<History> = fc.record({
  rules,
  hosts: fc.array(hostFacts, { minLength: 1, maxLength: 4 }),
  steps: fc.array(step, { minLength: 1, maxLength: 80, size: "max" }),
});

function weighted<Name extends Step["do"], Rest extends object>(
  weight: number,
  name: Name,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
): fc.WeightedArbitrary<Step> {
  const arbitrary = fc.record({ do: fc.constant(name), ...rest }) as unknown as fc.Arbitrary<Step>;
  return { weight, arbitrary };
}
