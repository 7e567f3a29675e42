/**
 * Schemas of hosts.
 *
 * @module
 */

import * as z from "zod";
import { hostChangeSchema } from "../../description/change_host.ts";
import { hostSchema } from "../../description/host.ts";
import { flag, object } from "../../description/rules.ts";
import { HOST_ORDERS } from "../../control/host_control.ts";
import { flag as isSet } from "./registry.ts";
import { after, count, limit, milliseconds, named, page, text } from "./registry.ts";

export const HostOptions = named("HostOptions", "A host to add", hostSchema());
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
    roomReported: z.boolean().describe("Whether the broker counts all the room that there is"),
    maxVirtualSessions: z.int(),
    sessions: z.array(text).describe("Ids of the sessions that take a place on it"),
    cpus: count,
    memoryBytes: count,
  }),
);
export const Hosts = named("Hosts", "A page of hosts", page(Host));
export const HostQuery = object({
  limit: limit.describe("Most hosts on the page (default 100)"),
  after: after.describe("The `next` of the page before"),
  availability: text.optional().describe("AVAILABLE, UNAVAILABLE, or a reason for it"),
  text: text.optional().describe("What its name, address, id or a tag's value contains"),
  sort: z.enum(HOST_ORDERS).optional().describe("Another order than that in which they came to be"),
  descending: isSet.optional().describe("Whether that order is turned around"),
});
export const HostChange = named(
  "HostChange",
  "What is to be otherwise; what is left out stays, and null brings back the default",
  hostChangeSchema().extend({ open: flag().optional().describe("The opposite of closed") }),
);
export const Reboot = named(
  "Reboot",
  "How to restart a host",
  object({ downFor: milliseconds.optional().describe("Milliseconds (default 45000)") }),
);
