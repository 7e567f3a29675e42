/**
 * What a saved world must look like. Whoever wrote the file is not trusted: what is not as it was saved is refused.
 *
 * @module
 */

import * as z from "zod";
import type { ClockMode } from "../simulation/clock.ts";
import { HOST_HAPPENINGS, SESSION_HAPPENINGS } from "../simulation/happening.ts";
import { STREAM_NAMES } from "../simulation/chance.ts";
import type { SavedState } from "../simulation/saved_state.ts";
import { PROPERTY_DEFAULTS } from "./broker_properties.ts";
import { check } from "./check.ts";
import { CLOCK_MODES, clockInFileSchema, speedSchema } from "./clock.ts";
import { faultRuleSchema } from "./fault_rule.ts";
import { once } from "./once.ts";
import { OPTION_SCHEMAS } from "./option_schemas.ts";
import type { MockBrokerOptions } from "./options.ts";
import {
  anyText,
  either,
  flag as anyFlag,
  list,
  numberFrom,
  object,
  oneOf,
  range as rangeOf,
  requirementExpression,
  textLike,
  wholeNumber,
} from "./rules.ts";
import { DEFAULT_TIMINGS } from "./timings.ts";

/** A saved world that is one. */
export interface CheckedWorld {
  readonly options: Omit<MockBrokerOptions, "clients">;
  readonly clock: { readonly mode: ClockMode; readonly speed: number; readonly time: number };
  readonly revision: number;
  readonly pollsInVain: number;
  readonly state: SavedState;
  readonly savedAt?: string | undefined;
  readonly signingKey?: Readonly<Record<string, unknown>> | undefined;
}

/** The rules of a saved world, made when the first one is loaded. */
const savedWorldSchema = once(() => {
  const text = anyText();
  const count = wholeNumber(0);
  const time = numberFrom(-8.64e15, 8.64e15);
  /** What is due may be due after the last date there is. */
  const due = numberFrom(-8.64e15, 1e21);
  const flag = anyFlag();
  const load = numberFrom(0, 1_000_000);
  const os = oneOf("linux", "windows", "macos");
  const type = oneOf("CONSOLE", "VIRTUAL");
  const state = oneOf("CREATING", "READY", "DELETING", "DELETED", "UNKNOWN");
  const substate = oneOf("SESSION_PLACING", "PENDING_PREPARATION").optional();
  const digest = textLike(/^[A-Za-z0-9+/]{43}=$/, "a SHA-256 digest, base64");
  const stream = list(wholeNumber(-0x80000000, 0x7fffffff)).length(4).refine(
    (words) => words.some((word) => word !== 0),
    { error: "must not be all zeros" },
  );
  const range = rangeOf(0, Number.MAX_SAFE_INTEGER, "milliseconds");

  const HostDescription = object({
    hostname: text.min(1),
    ip: text,
    os,
    tags: z.record(anyText(), text),
    users: list(text).optional(),
    groups: z.record(anyText(), list(text)),
    maxVirtualSessions: wholeNumber(-1),
    maxConcurrentSessionsPerUser: wholeNumber(1),
    cpus: wholeNumber(1),
    memoryBytes: wholeNumber(1),
    gpus: list(object({ Vendor: text, ModelName: text })),
    system: object({
      name: text,
      version: text,
      kernelVersion: text.optional(),
      buildNumber: text.optional(),
    }),
    processor: object({
      vendor: text,
      modelName: text,
      architecture: text,
      physicalCoresPerCpu: wholeNumber(1),
    }),
    dcvVersion: text,
    agentVersion: text,
    memoryUsedBytes: count.optional(),
    swap: object({ totalBytes: count, usedBytes: count }).optional(),
    load: object({ oneMinute: load, fiveMinutes: load, fifteenMinutes: load }).optional(),
    endpoints: list(object({
      ip: text,
      port: wholeNumber(1, 65_535),
      protocol: oneOf("HTTP", "QUIC"),
      webUrlPath: text.optional(),
    })).optional(),
    dnsName: text.optional(),
    ec2: object({ instanceId: text, instanceType: text, imageId: text, region: text }).optional(),
    hasOwnAddress: flag,
    hasOwnName: flag,
    port: wholeNumber(1, 65_535),
    webUrlPath: text,
    loggedInUsers: list(text),
    closed: flag,
    creationFailure: text.optional(),
    resolution: object({ width: wholeNumber(1, 8192), height: wholeNumber(1, 8192) }),
  });

  const Host = object({
    id: text,
    sequence: count,
    joining: count,
    durations: count,
    version: count,
    about: HostDescription,
    isKnown: flag,
    isListed: flag,
    connected: flag,
    reachable: flag,
    dcvHealthy: flag,
    terminated: flag,
    open: flag,
    loggedInUsers: list(text),
    willingnessReported: flag,
    unreported: list(object({ type, owner: text })),
    sessions: list(count),
  });

  const about = {
    name: text,
    owner: text,
    type,
    maxConcurrentClients: z.number().optional(),
    permissionsFile: text.optional(),
    storageRoot: text.optional(),
  };

  const Session = object({
    id: text,
    sequence: count,
    creationTime: time,
    request: object({
      ...about,
      requirements: requirementExpression(),
      enqueue: flag,
      retryOnFailure: flag,
      dcvGl: flag,
      initFile: text.optional(),
      autorunFile: text.optional(),
      autorunFileArguments: list(text).optional(),
    }).optional(),
    local: object(about).optional(),
    permissionsFile: text.optional(),
    state,
    substate,
    stateReason: text.optional(),
    host: count.optional(),
    failedOn: list(count),
    creationFailures: count,
    connections: list(text),
    lastDisconnectionTime: time.optional(),
    lost: flag,
    history: list(object({
      time,
      state,
      substate,
      reason: text.optional(),
      server: text.optional(),
    })),
  }).refine(
    ({ request, local }) => (request === undefined) !== (local === undefined),
    "must have either request or local",
  );

  const Event = either(
    "an event of a session, a host or a token",
    object({ due, order: count, kind: oneOf(...SESSION_HAPPENINGS), session: count }),
    object({ due, order: count, kind: oneOf(...HOST_HAPPENINGS), host: count }),
    object({ due, order: count, kind: z.literal("tokenForgotten"), digest }),
  );

  const State = object({
    time,
    happened: count,
    scheduled: count,
    properties: object({
      ...mapped(PROPERTY_DEFAULTS, propertyLike),
      // A limit that is left out is none.
      "max-api-requests-per-second": propertyLike(0).optional(),
    }),
    timings: object(mapped(DEFAULT_TIMINGS, () => range)),
    chance: object({
      world: text,
      secrets: text.optional(),
      accessTokensDrawn: count,
      streams: object(Object.fromEntries(STREAM_NAMES.map((name) => [name, stream]))),
    }),
    signingKeyId: text,
    roomAppeared: flag,
    hostsJoined: count,
    sessionsCreated: count,
    hosts: list(Host),
    sessions: list(Session),
    listedSessions: list(count),
    queue: list(count),
    events: list(Event),
    clients: list(object({
      clientId: textLike(/^[^:]+$/, "a text without a colon"),
      secretDigest: digest,
      clientSecret: text.optional(),
    })).min(1),
    tokens: list(object({ digest, clientId: text, expires: due })),
    faults: object({
      added: count,
      timesSet: list(z.tuple([text, count])),
      rules: list(object({
        id: text,
        rule: faultRuleSchema(),
        expires: due.optional(),
        chance: stream,
        matched: count,
        struck: count,
      })).max(1_000),
    }),
    throttle: object({
      second: wholeNumber(Number.MIN_SAFE_INTEGER).optional(),
      counts: list(z.tuple([text, count])),
    }),
  });

  /** Options are those of `MockBroker`, as a file has them. */
  const { clients: _clients, clock: _clock, ...others } = OPTION_SCHEMAS;
  const options = Object.entries(others).map(([name, schema]) => [name, schema().optional()]);
  const Options = object({ ...Object.fromEntries(options), clock: clockInFileSchema().optional() });

  return object({
    format: text,
    version: count,
    options: Options,
    clock: object({ mode: oneOf(...CLOCK_MODES), speed: speedSchema(), time }),
    revision: count,
    pollsInVain: count,
    state: State,
    savedAt: z.iso.datetime({ error: "must be a time such as 2026-01-01T08:00:00Z" }).optional(),
    signingKey: z.looseObject({ kty: z.literal("RSA") }).optional(),
  });
});

/** @throws {TypeError} If it is not as a world is saved, saying where. */
export function checkSavedWorld(saved: unknown): CheckedWorld {
  const { options } = check("MockBroker.load()", savedWorldSchema(), saved);
  // The schema has read the clock's start. All else stays as it is, so that it is saved again to the letter.
  const world = saved as CheckedWorld;
  const clock = options.clock as MockBrokerOptions["clock"];
  return { ...world, options: { ...world.options, ...(clock !== undefined && { clock }) } };
}

function mapped(shape: object, like: (value: unknown) => z.ZodType): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([name, value]) => [name, like(value)]));
}

function propertyLike(standard: unknown): z.ZodType {
  if (typeof standard === "boolean") return anyFlag();
  return typeof standard === "number" ? numberFrom(-1, 1e21) : anyText();
}
