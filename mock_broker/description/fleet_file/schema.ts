/**
 * What may stand in a fleet file, declared once: it checks files and is what editors get as a JSON Schema.
 *
 * The words are those of `MockBrokerOptions`; what a file adds is `count`, for many of a kind.
 *
 * @module
 */

import { z } from "zod";
import { CLOCK_MODES } from "../clock.ts";
import { faultRuleSchema } from "../fault_rule_schema.ts";
import { PROPERTY_DEFAULTS } from "../broker_properties.ts";
import type { Timings } from "../../simulation/timings.ts";
import { DEFAULT_TIMINGS } from "../timings.ts";

/** Most hosts or sessions that one entry can stand for. */
const MOST_OF_A_KIND = 100_000;

const text = z.string().min(1);
const count = z.int().min(1).max(MOST_OF_A_KIND);
const numbered = (what: string) =>
  `${what}; {n} is the number of the copy, from 1, and {nnn} has zeros before it`;

/** A host, or many of a kind. */
export const Server = z.strictObject({
  count: count.optional().describe("How many such hosts there are (default 1)"),
  hostname: text.optional().describe(numbered("Short host name (default made from the address)")),
  ip: z.ipv4().optional().describe(
    "Private IPv4 address; with count that of the first, the others follow it",
  ),
  os: z.enum(["linux", "windows", "macos"]).optional().describe("Operating system (default linux)"),
  tags: z.record(text, z.string()).optional().describe("The agent's own tags"),
  users: z.array(text).optional().describe("Users of the operating system (default any owner)"),
  groups: z.record(text, z.array(text)).optional()
    .describe("Groups of the operating system with their members, for osgroup: in permissions files"),
  maxVirtualSessions: z.int().min(-1).optional().describe(
    "Most virtual sessions, -1 for no limit (default 10 on Linux)",
  ),
  maxConcurrentSessionsPerUser: z.int().min(1).optional().describe("Most sessions of one user (default 1)"),
  cpus: z.int().min(1).optional().describe("Number of CPUs (default 4)"),
  memoryBytes: z.int().min(1).optional().describe("Main memory in bytes (default 16 GiB)"),
  gpus: z.array(z.strictObject({ Vendor: z.string(), ModelName: z.string() })).optional().describe(
    "Graphics processors (default none)",
  ),
  dnsName: z.union([text, z.literal(false)], "Invalid input: expected a name or false").optional().describe(
    numbered("Name under which gateways reach the host; false if it reports none"),
  ),
  ec2: z.union([
    z.strictObject({
      instanceId: text.exactOptional().describe(numbered("EC2InstanceId (default random)")),
      instanceType: text.exactOptional().describe("EC2InstanceType (default g4dn.xlarge)"),
      imageId: text.exactOptional().describe("EC2ImageId (default random)"),
      region: text.exactOptional().describe("Region (default us-west-2b)"),
    }),
    z.literal(false),
  ], "Invalid input: expected an object or false").optional().describe(
    "Instance metadata; false for a host outside EC2",
  ),
  port: z.int().min(1).max(65_535).optional().describe("Port of the DCV server (default 8443)"),
  webUrlPath: text.optional().describe("Path of the DCV web client (default /)"),
  loggedInUsers: z.array(text).optional().describe("Users who are logged in outside DCV (default nobody)"),
  closed: z.boolean().optional().describe("Closed for placement, as after CloseServers (default false)"),
  agentConnected: z.boolean().optional().describe("false: its agent is silent from the start (default true)"),
  dcvHealthy: z.boolean().optional().describe("false: its DCV server does not run (default true)"),
  creationFailure: text.optional().describe(
    "Makes every creation on this host fail, with this as the reason",
  ),
  resolution: z.strictObject({
    width: z.int().min(1).max(8192),
    height: z.int().min(1).max(8192),
  }).optional().describe("Screen size of its sessions in pixels (default 1920 by 1200)"),
}).describe("Hosts of one kind");

/** A session, or many of a kind. */
export const Session = z.strictObject({
  count: count.optional().describe("How many such sessions there are (default 1)"),
  id: text.optional().describe(numbered("Session id (default random)")),
  owner: text.describe(numbered("Who owns it")),
  name: z.string().optional().describe(numbered("Session name (default none)")),
  server: text.optional().describe(numbered("Host name of its server (default the first one with room)")),
  type: z.enum(["CONSOLE", "VIRTUAL"]).optional().describe("Default VIRTUAL on Linux, CONSOLE elsewhere"),
  maxConcurrentClients: z.int().min(0).optional().describe("Most connections at a time; 0 is no limit"),
  permissionsFile: z.base64().optional().describe("The permissions file, base64"),
  storageRoot: text.optional().describe("Folder for file transfer"),
}).describe("Sessions that are READY from the start");

const Client = z.strictObject({
  clientId: text.optional().describe("Default random"),
  clientSecret: text.optional().describe("Default random"),
}).describe("A registered API client");

const Clock = z.union([
  z.enum(CLOCK_MODES),
  z.strictObject({
    mode: z.enum(CLOCK_MODES).optional().describe(
      "manual stands until it is advanced, skipping goes to what happens next with each poll (default real)",
    ),
    start: z.iso.datetime({ offset: true }).transform((time) => new Date(time)).optional().describe(
      "Time at the start (default now; 2026-01-01T00:00:00Z for one that stands)",
    ),
    speed: z.number().positive().optional().describe("Simulated seconds in a real one (default 1)"),
  }),
], "Invalid input: expected real, manual, skipping or an object");

const DnsMapping = z.strictObject({
  ServerIdType: z.enum(["Ip", "Id", "Host.Aws.Ec2InstanceId"]),
  ServerId: text,
  DnsNames: z.strictObject({ InternalDnsName: text }),
});

/** A fleet file as a whole. */
export const FleetFile = z.strictObject({
  $schema: z.string().optional().describe("Where the JSON Schema of this file is, for editors"),
  servers: z.array(Server).optional().describe("The fleet (default four Linux and two Windows hosts)"),
  sessions: z.array(Session).optional().describe("Sessions that are READY from the start (default none)"),
  clients: z.array(Client).optional().describe("The registered API clients (default one)"),
  properties: propertiesSchema().optional().describe(
    "Broker properties, by their names in session-manager-broker.properties",
  ),
  timings: timingsSchema().optional().describe("How long things take, as [least, most] milliseconds"),
  seed: z.int().optional().describe("Settles all chance, so that every run is the same"),
  clock: Clock.optional().describe("What simulated time follows (default real)"),
  faults: z.array(faultRuleSchema).optional().describe("What goes wrong from the start (default nothing)"),
  journalSize: z.int().min(0).optional().describe("How many requests the journal keeps (default 1000)"),
  authServers: z.array(z.url()).optional().describe("Key sets (JWKS) of external authorization servers"),
  dnsMappings: z.array(DnsMapping).optional().describe("Names under which gateways reach servers"),
}).describe("The world of a mock DCV Session Manager broker");

/** A fleet file, checked. */
export type FleetFile = z.output<typeof FleetFile>;

/** Editors offer the properties that mean something here; the broker's others are taken and passed over. */
function propertiesSchema() {
  const known = Object.entries(PROPERTY_DEFAULTS).map(([name, standard]) =>
    [name, schemaLike(standard).optional().describe(`Default ${standard}`)] as const
  );
  return z.object(Object.fromEntries(known)).catchall(z.union([z.string(), z.number(), z.boolean()]));
}

function schemaLike(value: unknown): z.ZodType {
  if (typeof value === "boolean") return z.boolean();
  return typeof value === "number" ? z.int() : z.string();
}

function timingsSchema() {
  const milliseconds = z.int().min(0);
  const range = z.tuple([milliseconds, milliseconds]).refine(([from, to]) => from <= to, {
    error: "Invalid range: the least comes first",
  });
  const shape = Object.entries(DEFAULT_TIMINGS).map(([name, standard]) =>
    [name as keyof Timings, range.exactOptional().describe(`Default [${standard.join(", ")}]`)] as const
  );
  return z.strictObject(Object.fromEntries(shape) as Record<keyof Timings, z.ZodExactOptional<typeof range>>);
}
