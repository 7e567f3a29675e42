/**
 * Schemas of sessions.
 *
 * @module
 */

import * as z from "zod";
import { object } from "../../description/rules.ts";
import { sessionSchema } from "../../description/session.ts";
import { SESSION_ORDERS } from "../../control/session_control.ts";
import { after, flag, limit, named, page, text, time, wholeNumber } from "./registry.ts";

const Step = z.object({
  time,
  state: text,
  substate: text.optional(),
  reason: text.optional(),
  serverId: text.optional(),
});
const Permissions = z.object({
  file: z.string().optional().describe(
    "Absent without one: then the owner may do everything, others nothing",
  ),
  problem: text.optional().describe("Why the file cannot be read: then nobody may do anything"),
  users: z.array(z.object({ user: text.describe("`%any%` is everybody else"), features: z.array(text) })),
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
    permissions: Permissions.optional().describe("Who may do what; absent in lists"),
    history: z.array(Step).optional(),
  }),
);
export const Sessions = named("Sessions", "A page of sessions", page(SessionSnapshot));
export const SessionQuery = object({
  limit: limit.describe("Most sessions on the page (default 100)"),
  after: after.describe("The `next` of the page before"),
  state: text.optional(),
  owner: text.optional(),
  host: text.optional().describe("Host name or server id"),
  text: text.optional().describe("What its id, name or owner contains"),
  sort: z.enum(SESSION_ORDERS).optional().describe("Another order than that in which they came to be"),
  descending: flag.optional().describe("Whether that order is turned around"),
  newestFirst: flag.optional().describe("Whether the newest is the first rather than the last"),
  history: flag.optional().describe("Whether to show the history of each"),
});
export const LocalSession = named(
  "LocalSession",
  "A session to create on a host, without the broker",
  object({ ...sessionSchema().shape, host: text.describe("Host name or server id") }),
);
export const SessionId = named("SessionId", "A session that was created", z.object({ id: text }));
export const Connection = named("Connection", "A user who connects", object({ user: text }));
export const ScreenshotQuery = object({
  maxWidth: wholeNumber(8192).optional().describe("Most pixels across (default 160)"),
  maxHeight: wholeNumber(8192).optional().describe("Most pixels down (default 100)"),
});
export const Screenshot = named(
  "Screenshot",
  "A picture of a session",
  z.object({ format: z.literal("png"), image: z.string().describe("The file, base64") }),
);
