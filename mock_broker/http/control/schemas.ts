/**
 * The shapes of the control API, declared once: they check what is sent and describe the API.
 *
 * @module
 */

import { z } from "zod";
import { FAULT_PRESETS } from "../../control/fault_presets.ts";
import { faultRuleSchema, faultRuleShape } from "../../fault_rule_schema.ts";
import { Server, Session } from "../../fleet_file/schema.ts";
import { MOST_SPEED } from "../../simulation/clock.ts";
import { OPERATION_NAMES } from "../../simulation/fault_rule.ts";

/** Names of the schemas, as the OpenAPI file shows them. */
export const controlSchemas = z.registry<{ id: string; description: string }>();

function named<T extends z.ZodType>(id: string, description: string, schema: T): T {
  controlSchemas.add(schema, { id, description });
  return schema;
}

const text = z.string().min(1);
const count = z.int().min(0);
const time = z.string().meta({ format: "date-time" });
/** A year: a longer step is a slip. */
const milliseconds = z.number().min(0).max(366 * 24 * 60 * 60 * 1000);
const limit = z.coerce.number().int().min(0).max(1000).optional();
const after = z.coerce.number().int().min(0).optional();

function page<T extends z.ZodType>(item: T) {
  return z.object({
    items: z.array(item),
    total: count.describe("How many match, on all pages"),
    next: count.optional().describe("What to pass as `after` for the next page; absent on the last one"),
  });
}

export const ErrorBody = named("Error", "Why a request was refused", z.object({ error: z.string() }));

export const FaultRule = named("FaultRule", "A fault and the requests that it strikes", faultRuleSchema);
export const ActiveFault = named(
  "ActiveFault",
  "A rule in force, and what it has done so far",
  z.object({
    ...faultRuleShape,
    id: text,
    matched: count.describe("How often its conditions have held"),
    struck: count.describe("How often it has struck"),
    remaining: z.number().optional().describe("Milliseconds of simulated time until it lapses"),
  }),
);
export const Faults = named("Faults", "The rules in force", z.object({ faults: z.array(ActiveFault) }));
export const FaultIds = named("FaultIds", "The rules now in force", z.object({ ids: z.array(text) }));
export const PresetName = named(
  "FaultPreset",
  "Something that happens to real brokers",
  z.enum(FAULT_PRESETS),
);

export const HostOptions = named("HostOptions", "A host to add", Server.omit({ count: true }));
export const HostId = named("HostId", "A host that was added", z.object({ id: text }));
export const Host = named(
  "Host",
  "A host as it is in truth",
  z.object({
    id: text,
    hostname: text,
    ip: text,
    os: z.enum(["linux", "windows", "macos"]),
    tags: z.record(z.string(), z.string()),
    availability: z.enum(["AVAILABLE", "UNAVAILABLE"]),
    reason: text.optional().describe("Why it is UNAVAILABLE"),
    listed: z.boolean().describe("Whether DescribeServers lists it"),
    open: z.boolean().describe("Whether it is open for placement"),
    agentConnected: z.boolean(),
    dcvHealthy: z.boolean(),
    terminated: z.boolean(),
    loggedInUsers: z.array(z.string()),
    maxVirtualSessions: z.int(),
    sessions: z.array(text).describe("Ids of the sessions that take a place on it"),
    cpus: count,
    memoryBytes: count,
  }),
);
export const Hosts = named("Hosts", "A page of hosts", page(Host));
export const HostQuery = z.object({
  limit: limit.describe("Most hosts on the page (default 100)"),
  after: after.describe("The `next` of the page before"),
  availability: text.optional().describe("AVAILABLE, UNAVAILABLE, or a reason for it"),
  text: text.optional().describe("What its name, address, id or a tag's value contains"),
});
export const HostChange = named(
  "HostChange",
  "What is to be otherwise; what is left out stays",
  z.strictObject({
    agentConnected: z.boolean().optional(),
    dcvHealthy: z.boolean().optional(),
    loggedInUsers: z.array(text).optional(),
    open: z.boolean().optional(),
  }),
);
export const Reboot = named(
  "Reboot",
  "How to restart a host",
  z.strictObject({ downFor: milliseconds.optional().describe("Milliseconds (default 45000)") }),
);

const Step = z.object({
  time,
  state: text,
  substate: text.optional(),
  reason: text.optional(),
  serverId: text.optional(),
});
export const SessionSnapshot = named(
  "Session",
  "A session with all that the simulation knows of it",
  z.object({
    id: text,
    name: z.string(),
    owner: text,
    type: z.enum(["CONSOLE", "VIRTUAL"]),
    state: z.enum(["CREATING", "READY", "DELETING", "DELETED", "UNKNOWN"]),
    substate: text.optional(),
    reason: text.optional(),
    host: text.optional(),
    serverId: text.optional(),
    creationTime: time,
    connections: z.array(text),
    lastDisconnectionTime: time.optional(),
    history: z.array(Step).optional(),
  }),
);
export const Sessions = named("Sessions", "A page of sessions, oldest first", page(SessionSnapshot));
export const SessionQuery = z.object({
  limit: limit.describe("Most sessions on the page (default 100)"),
  after: after.describe("The `next` of the page before"),
  state: text.optional(),
  owner: text.optional(),
  host: text.optional().describe("Host name or server id"),
  text: text.optional().describe("What its id, name or owner contains"),
  newestFirst: z.stringbool().optional().describe("Whether the newest is the first rather than the last"),
  history: z.stringbool().optional().describe("Whether to show the history of each"),
});
export const LocalSession = named(
  "LocalSession",
  "A session to create on a host, without the broker",
  Session.omit({ count: true, server: true }).extend({ host: text.describe("Host name or server id") }),
);
export const SessionId = named("SessionId", "A session that was created", z.object({ id: text }));
export const Connection = named("Connection", "A user who connects", z.strictObject({ user: text }));

export const Clock = named(
  "Clock",
  "Simulated time",
  z.object({
    time,
    frozen: z.boolean(),
    speed: z.number().describe("Simulated seconds in a real one, while it is not frozen"),
  }),
);
export const ClockChange = named(
  "ClockChange",
  "What is to be otherwise; what is left out stays",
  z.strictObject({ frozen: z.boolean().optional(), speed: z.number().positive().max(MOST_SPEED).optional() }),
);
export const Advance = named("Advance", "How much time is to pass at once", z.strictObject({ milliseconds }));

export const JournalEntry = named(
  "JournalEntry",
  "A request and its answer, without secrets",
  z.object({
    id: count,
    time,
    duration: z.number().describe("Milliseconds of simulated time until the answer"),
    connector: z.enum(["client", "agent", "gateway"]),
    operation: z.enum(OPERATION_NAMES).optional(),
    method: text,
    path: text,
    query: z.record(z.string(), z.string()),
    clientId: z.string().optional(),
    request: z.unknown().optional(),
    status: count.optional().describe("Absent if there was no answer"),
    response: z.unknown().optional(),
    outcomes: z.object({
      succeeded: z.array(z.string()),
      failed: z.array(z.object({ item: z.string(), reason: z.string() })),
    }).optional(),
    faults: z.array(text).describe("The rules that struck"),
  }),
);
export const JournalPage = named(
  "Journal",
  "Entries of the journal, oldest first",
  z.object({
    entries: z.array(JournalEntry),
    lastId: count.describe("The newest entry's id, of all that were ever recorded"),
  }),
);
export const JournalQuery = z.object({
  since: after.describe("Only entries with a greater id"),
  before: after.describe("Only entries with a smaller id"),
  limit: limit.describe("At most so many of the newest (default 100)"),
  operation: z.enum(OPERATION_NAMES).optional(),
  clientId: text.optional(),
  status: z.coerce.number().int().optional(),
  fault: text.optional().describe("The id of a rule that struck"),
});
export const Har = named(
  "Har",
  "An HTTP archive, HAR 1.2",
  z.object({ log: z.record(z.string(), z.unknown()) }),
);

export const State = named(
  "State",
  "The state as a whole",
  z.object({
    revision: count.describe("Grows whenever the state may have changed"),
    time,
    clock: z.object({ frozen: z.boolean(), speed: z.number() }),
    properties: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    counts: z.object({
      hosts: count,
      hostsByAvailability: z.record(z.string(), count),
      sessions: count,
      sessionsByState: z.record(z.string(), count),
      connections: count,
      journalEntries: count,
    }),
    queue: z.array(text),
    faults: z.array(ActiveFault),
    hosts: Hosts,
    sessions: Sessions,
  }),
);
export const StateQuery = z.object({
  hosts: limit.describe("Most hosts to show (default 100); further pages are under /_mock/hosts"),
  sessions: limit.describe("Most sessions to show (default 100); further pages are under /_mock/sessions"),
});

export const Worlds = named("Worlds", "The worlds by name", z.object({ worlds: z.array(text) }));
