/** Fleet files made of a broker's answers. */

import { assert, assertEquals, assertMatch, assertStringIncludes, assertThrows } from "@std/assert";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { importFleet } from "@dcvkit/mock-broker/import";
import { type Server, type Session, SessionManagerClient } from "@dcvkit/session-manager";
import { runCommand } from "./command.ts";
import { snakeCased } from "../../cli/dcvsm/snake_case.ts";

/** Until the broker has noticed which agents are silent. */
const AGENT_TIMEOUT = 60_001;

for (const [name, text] of Object.entries(READY_FLEETS)) {
  Deno.test(`the fleet ${name} is the same after import, field by field`, async () => {
    const answers = await describe({ ...parseFleetFile(text), faults: [] });
    const again = await describe(parseFleetFile(importFleet([answers])));
    assertEquals(again, answers);
  });
}

/** Answers in the form of the developer guide's samples, with other values. */
const SERVERS: { Servers: Server[] } = {
  Servers: [
    {
      Id: "c2VydmVyLW9uZQ==",
      Ip: "10.20.30.40",
      Hostname: "viz-01",
      DefaultDnsName: "viz-01.corp.example.com",
      Port: "1222",
      Endpoints: [
        { IpAddress: "10.20.30.40", Port: 8443, WebUrlPath: "/", Protocol: "HTTP" },
        { IpAddress: "10.20.30.40", Port: 9443, WebUrlPath: "/", Protocol: "HTTP" },
        { IpAddress: "10.20.30.40", Port: 8443, WebUrlPath: "", Protocol: "QUIC" },
      ],
      WebUrlPath: "/",
      Version: "2021.0.10000",
      SessionManagerAgentVersion: "2021.0.300",
      Availability: "UNAVAILABLE",
      UnavailabilityReason: "SERVER_FULL",
      ConsoleSessionCount: 1,
      VirtualSessionCount: 0,
      Host: {
        Os: {
          Family: "windows",
          Name: "Windows Server 2016 Datacenter",
          Version: "10.0.14393",
          BuildNumber: "14393",
        },
        Memory: { TotalBytes: 8_795_672_576, UsedBytes: 1_743_886_336 },
        Swap: { TotalBytes: 0, UsedBytes: 0 },
        Aws: {
          Region: "eu-west-1a",
          EC2InstanceType: "t2.large",
          EC2InstanceId: "i-0123456789abcdef0",
          EC2ImageId: "ami-0fedcba9876543210",
        },
        CpuInfo: {
          Vendor: "GenuineIntel",
          ModelName: "Intel(R) Xeon(R) CPU E5-2676 v3 @ 2.40GHz",
          Architecture: "x86_64",
          NumberOfCpus: 2,
          PhysicalCoresPerCpu: 3,
        },
        CpuLoadAverage: { OneMinute: 0.04, FiveMinutes: 0.1, FifteenMinutes: 0.25 },
        Gpus: [],
        LoggedInUsers: [{ Username: "Administrator" }],
      },
      Tags: [
        { Key: "ram", Value: "8gb" },
        { Key: "dcv:os-family", Value: "windows" },
        { Key: "dcv:max-virtual-sessions", Value: "0" },
        { Key: "dcv:max-concurrent-sessions-per-user", Value: "1" },
      ],
    },
  ],
};

const SESSIONS: { Sessions: Session[] } = {
  Sessions: [
    {
      Id: "11111111-2222-4333-8444-555555555555",
      Name: "modelling",
      Owner: "CORP\\lena",
      Server: { ...inShort(SERVERS.Servers[0]!) },
      Type: "CONSOLE",
      State: "READY",
      CreationTime: "2020-10-06T10:15:31.633Z",
      LastDisconnectionTime: "2020-10-06T11:00:00.000Z",
      NumOfConnections: 0,
      StorageRoot: "/home/lena",
      MaxConcurrentClients: 3,
    },
  ],
};

function inShort({ Host: _, ConsoleSessionCount: __, VirtualSessionCount: ___, ...server }: Server): Server {
  const { Version: _v, SessionManagerAgentVersion: _a, ...short } = server;
  return short;
}

const FORMS: Record<string, unknown[]> = {
  "one page of each": [SERVERS, SESSIONS],
  "texts": [JSON.stringify(SERVERS), JSON.stringify(SESSIONS)],
  "bare lists": [SERVERS.Servers, SESSIONS.Sessions],
  "both in one": [{ ...SERVERS, ...SESSIONS }],
  "a list of pages": [[{ ...SERVERS, NextToken: "x" }, { Servers: [] }], SESSIONS],
  "pages one after another in a text": [JSON.stringify(SERVERS) + "\n" + JSON.stringify(SESSIONS, null, 2)],
  "snake_case": [snakeCased(SERVERS), snakeCased(SESSIONS)],
};

for (const [form, answers] of Object.entries(FORMS)) {
  Deno.test(`answers in the form of the guide are the same after import: ${form}`, async () => {
    const { servers, sessions } = await describe(parseFleetFile(importFleet(answers)));
    assertEquals(servers, SERVERS.Servers);
    assertEquals(sessions, SESSIONS.Sessions);
  });
}

Deno.test("where only servers were asked, sessions stand in for those that they count", async () => {
  const text = importFleet([SERVERS]);
  assertEquals((await describe(parseFleetFile(text))).servers, SERVERS.Servers);
  assertStringIncludes(text, "stand in");
});

Deno.test("where only sessions were asked, their servers are in the fleet", async () => {
  const { sessions, servers } = await describe(parseFleetFile(importFleet([SESSIONS])));
  assertEquals(sessions.map(({ Owner, Server }) => [Owner, Server?.Hostname]), [["CORP\\lena", "viz-01"]]);
  assertEquals(servers.length, 1);
});

Deno.test("what cannot be carried over stands in the file as a comment", () => {
  const [server] = SERVERS.Servers;
  const text = importFleet([
    [{ ...server, UnavailabilityReason: "UNKNOWN", Ip: "fe80::1", Colour: "red" }],
    [
      { ...SESSIONS.Sessions[0], NumOfConnections: 2 },
      { ...SESSIONS.Sessions[0], Id: "gone", State: "DELETING" },
      { ...SESSIONS.Sessions[0], Id: "waiting", State: "CREATING", Server: null },
    ],
  ]);
  const comments = text.split("\n").filter((line) => line.trim().startsWith("#")).join("\n");
  assertStringIncludes(comments, 'UnavailabilityReason was "UNKNOWN", is "SERVER_FULL"');
  assertMatch(comments, /left out ip: must be an IPv4 address/);
  assertStringIncludes(comments, "NumOfConnections was 2, is 0");
  assertStringIncludes(comments, "Session gone of CORP\\lena (modelling): it is DELETING");
  assertStringIncludes(
    comments,
    "Session waiting of CORP\\lena (modelling): it is CREATING, without a server",
  );
  assertStringIncludes(comments, "Server.Colour");
  assertEquals(parseFleetFile(text).sessions?.map(({ id }) => id), [SESSIONS.Sessions[0]!.Id]);
});

Deno.test("a host that is listed twice under one name is there once, as the one that answers", async () => {
  const [server] = SERVERS.Servers;
  const before = { ...server, Id: "before", UnavailabilityReason: "UNREACHABLE_AGENT" };
  const now = { ...server, Id: "now", Availability: "AVAILABLE", UnavailabilityReason: undefined };
  const text = importFleet([[before, now], { Sessions: [] }]);
  assertEquals((await describe(parseFleetFile(text))).servers.map(({ Id }) => Id), ["now"]);
  assertStringIncludes(text, "# Server before: another has its host name, viz-01");
});

Deno.test("whatever texts an answer holds, the file can be read, and gives them back", async () => {
  const name = 'line\nbreak: # "quoted" {n} \u0085 \u2028 \u0000 \u{1F600} - &a *b !c';
  const session = { ...SESSIONS.Sessions[0]!, Name: name, StateReason: name };
  const text = importFleet([SERVERS, [session]]);
  const { sessions } = await describe(parseFleetFile(text));
  // What a count would make of {n} is all that changes.
  assertEquals(sessions[0]?.Name, name.replace("{n}", "1"));
});

Deno.test("anonymized, nothing is left of names, addresses, ids and tag values, and it is told what is", () => {
  const text = importFleet([SERVERS, SESSIONS], { anonymize: true });
  for (
    const secret of [
      ...["lena", "CORP", "viz-01", "10.20.30.40", "corp.example", "c2VydmVyLW9uZQ", "i-0123456789abcdef0"],
      ...["ami-0fedcba9876543210", "8gb", "11111111-2222", "modelling", "Administrator"],
    ]
  ) assert(!text.includes(secret), secret);
  assertStringIncludes(text, "Left as they were: keys of tags");
  const { servers, sessions } = parseFleetFile(text);
  assertEquals(sessions?.[0]?.server, servers?.[0]?.hostname);
});

Deno.test("anonymized, equal names stay equal and others stay apart, each time the same", async () => {
  const answers = await describe(parseFleetFile(READY_FLEETS["small-lab"]));
  const text = importFleet([answers], { anonymize: true });
  assertEquals(text, importFleet([answers], { anonymize: true }));
  const { sessions = [], servers = [] } = parseFleetFile(text);
  const groups = (values: unknown[]) => values.map((value) => values.indexOf(value));
  assertEquals(
    groups(sessions.map(({ owner }) => owner)),
    groups(answers.sessions.map(({ Owner }) => Owner)),
  );
  assertEquals(groups(servers.map(({ tags }) => tags?.["team"])), groups(answers.servers.map(teamOf)));
});

Deno.test("over the control API the same file is made", async () => {
  const broker = new MockBroker();
  const answer = await broker.fetch(`${broker.url}/_mock/fleet/import`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ answers: [SERVERS, SESSIONS], anonymize: true }),
  });
  assertEquals(await answer.json(), { fleetFile: importFleet([SERVERS, SESSIONS], { anonymize: true }) });
});

Deno.test("over the control API what is no answer is refused", async () => {
  const broker = new MockBroker();
  const answer = await broker.fetch(`${broker.url}/_mock/fleet/import`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ answers: [{ Secret: 1 }] }),
  });
  assertEquals(answer.status, 400);
  assertStringIncludes((await answer.json()).error, "answers[0]: expected an answer of DescribeServers");
});

Deno.test("the command prints the file for files of answers", async () => {
  const folder = await Deno.makeTempDir();
  const [servers, sessions] = [`${folder}/servers.json`, `${folder}/sessions.json`];
  await Deno.writeTextFile(servers, JSON.stringify(SERVERS));
  await Deno.writeTextFile(sessions, JSON.stringify(SESSIONS));
  const { code, stdout } = await runCommand("--import", servers, sessions, "--anonymize");
  await Deno.writeTextFile(sessions, "[1]");
  const refused = await runCommand("--import", servers, sessions);
  await Deno.remove(folder, { recursive: true });
  assertEquals([code, stdout], [0, importFleet([SERVERS, SESSIONS], { anonymize: true })]);
  assertEquals(refused.code, 2);
  assertStringIncludes(refused.stderr, `Cannot import ${sessions}[0]: expected an answer`);
});

function teamOf({ Tags }: Server): string | undefined {
  return Tags?.find(({ Key }) => Key === "team")?.Value;
}

for (
  const [what, answers, message] of [
    ["no JSON", ["<html>"], /answers\[0\]: it is not JSON/],
    [
      "another answer",
      [{ SuccessfulList: [] }],
      /answers\[0\]: expected an answer of DescribeServers.*SuccessfulList/,
    ],
    ["servers that are no list", [{ Servers: {} }], /answers\[0\]\.Servers: expected a list/],
    [
      "a number among sessions",
      [SERVERS, { Sessions: [7] }],
      /answers\[1\]\.Sessions\[0\]: expected an object/,
    ],
  ] as const
) {
  Deno.test(`${what} is refused by place`, () => {
    assertMatch(assertThrows(() => importFleet(answers), TypeError).message, message);
  });
}

/** What a client sees of a fleet, once it is noticed who is silent. */
async function describe(options: MockBrokerOptions) {
  const broker = new MockBroker({ ...options, clock: "manual" });
  broker.advance(AGENT_TIMEOUT);
  const { url: brokerUrl, credentials, fetch } = broker;
  const client = new SessionManagerClient({ brokerUrl, credentials, fetch });
  return {
    servers: await Array.fromAsync(client.listServers()),
    sessions: await Array.fromAsync(client.listSessions()),
  };
}
