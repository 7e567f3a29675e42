import { assert, assertEquals, assertThrows } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { FleetFileError, parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { type Server, type Session, SessionManagerClient } from "@dcvkit/session-manager";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { fleetFileJsonSchema } from "../../mock_broker/description/fleet_file/json_schema.ts";
import { withOptionTables } from "../../scripts/option_tables.ts";

/** A broker whose world is what the file says; what it leaves to the machine's clock and to chance is settled. */
function brokerOf(text: string): MockBroker {
  return new MockBroker({ clock: "manual", seed: 1, ...parseFleetFile(text) });
}

function clientOf(broker: MockBroker): SessionManagerClient {
  return new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: broker.credentials,
    fetch: broker.fetch,
  });
}

function serversOf(broker: MockBroker): Promise<Server[]> {
  return Array.fromAsync(clientOf(broker).listServers());
}

function sessionsOf(broker: MockBroker): Promise<Session[]> {
  return Array.fromAsync(clientOf(broker).listSessions());
}

/** What is wrong with a file, as `line:column path: message`. */
function problemsOf(text: string): string[] {
  const error = assertThrows(() => parseFleetFile(text, "lab.yaml"), FleetFileError);
  return error.problems.map(({ line, column, path, message }) => `${line}:${column} ${path}: ${message}`);
}

Deno.test("a fleet file says what the hosts are", async () => {
  const [server] = await serversOf(brokerOf(`
    servers:
      - hostname: gpu-1
        ip: 10.1.2.3
        tags: { ram: 64gb }
        cpus: 16
        memoryBytes: 68719476736
        gpus: [{ Vendor: NVIDIA, ModelName: Tesla T4 }]
        port: 8444
        ec2: { instanceId: i-0123456789abcdef0 }
  `));
  assertEquals(server?.Hostname, "gpu-1");
  assertEquals(server?.Ip, "10.1.2.3");
  assert(server?.Tags?.some(({ Key, Value }) => Key === "ram" && Value === "64gb"));
  assertEquals(server?.Host?.CpuInfo?.NumberOfCpus, 16);
  assertEquals(server?.Host?.Memory?.TotalBytes, 68_719_476_736);
  assertEquals(server?.Host?.Gpus, [{ Vendor: "NVIDIA", ModelName: "Tesla T4" }]);
  assertEquals(server?.Endpoints?.[0]?.Port, 8444);
  assertEquals(server?.Host?.Aws?.EC2InstanceId, "i-0123456789abcdef0");
});

Deno.test("an entry with a count stands for that many hosts, with numbered names and consecutive addresses", async () => {
  const servers = await serversOf(brokerOf(`
    servers:
      - { count: 3, hostname: "node-{nn}", ip: 10.0.0.254, tags: { rack: "r{n}" } }
  `));
  assertEquals(
    servers.map(({ Hostname, Ip, Tags }) => [Hostname, Ip, Tags?.find(({ Key }) => Key === "rack")?.Value]),
    [["node-01", "10.0.0.254", "r1"], ["node-02", "10.0.0.255", "r2"], ["node-03", "10.0.1.0", "r3"]],
  );
});

Deno.test("sessions are there from the start, each on the host that it names or on one with room", async () => {
  const sessions = await sessionsOf(brokerOf(`
    servers:
      - { hostname: one, maxVirtualSessions: 1 }
      - { hostname: two }
    sessions:
      - { id: first, owner: ana, server: one }
      - { count: 2, id: "more-{n}", owner: "user-{n}", name: "desktop {n}" }
  `));
  assertEquals(
    sessions.map(({ Id, Owner, Name, State, Server }) => [Id, Owner, Name, State, Server?.Hostname]),
    [
      ["first", "ana", "", "READY", "one"],
      ["more-1", "user-1", "desktop 1", "READY", "two"],
      ["more-2", "user-2", "desktop 2", "READY", "two"],
    ],
  );
});

Deno.test("API clients, properties, timings, seed and clock mean what they mean to MockBroker", async () => {
  const text = `
    clients: [{ clientId: portal, clientSecret: secret }]
    properties: { enable-authorization: false, delete-session-duration-seconds: 60 }
    timings: { placement: [5000, 5000], preparation: [10000, 10000] }
    seed: 7
    clock: { mode: manual, start: 2026-03-01T08:00:00+01:00 }
  `;
  const broker = brokerOf(text);
  assertEquals(broker.credentials, { clientId: "portal", clientSecret: "secret" });
  const client = new SessionManagerClient({ brokerUrl: broker.url, fetch: broker.fetch });
  await client.createSession({ Name: "dev", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(14_999);
  const [session] = await sessionsOf(broker);
  assertEquals(session?.State, "CREATING");
  assertEquals(new Date(session?.CreationTime!).toISOString(), "2026-03-01T07:00:00.000Z");
  broker.advance(1);
  assertEquals((await sessionsOf(broker))[0]?.State, "READY");
  assertEquals((await serversOf(brokerOf(text)))[0]?.Id, (await serversOf(broker))[0]?.Id);
});

Deno.test("a host may be cut off, or without its DCV server, from the start", async () => {
  const broker = brokerOf(`
    servers:
      - { hostname: silent, agentConnected: false }
      - { hostname: broken, dcvHealthy: false }
    sessions:
      - { owner: ana, server: silent }
      - { owner: ben, server: broken }
    timings: { agentTimeout: [1000, 1000] }
  `);
  broker.advance(1000);
  assertEquals(
    (await serversOf(broker)).map(({ UnavailabilityReason }) => UnavailabilityReason),
    ["UNREACHABLE_AGENT", "UNHEALTHY_DCV_SERVER"],
  );
  assertEquals((await sessionsOf(broker)).map(({ State }) => State), ["UNKNOWN", "UNKNOWN"]);
});

Deno.test("faults are in force from the start, and wrong ones are refused like anything else", () => {
  const broker = brokerOf(`
    faults:
      - { id: closed, operation: openServers, fault: { type: status, status: 503 } }
  `);
  assertEquals(broker.faults.list().map(({ id }) => id), ["closed"]);
  assertEquals(
    problemsOf("faults:\n  - operation: openServer\n    fault: { type: status, status: 5030 }\n")
      .map((problem) => problem.replace(/(, \w+)+(?=, or)/, ", ...")),
    [
      `2:5 faults[0].operation: must be one of describeSessions, ..., or a list of them: got "openServer", openServers?`,
      `3:28 faults[0].fault.status: must be a whole number from 200 to 599: got 5030`,
    ],
  );
});

Deno.test("a fleet file may be JSON, and name its schema", async () => {
  const text = JSON.stringify({ $schema: "./fleet_file.schema.json", servers: [{ hostname: "json-1" }] });
  assertEquals((await serversOf(brokerOf(text))).map(({ Hostname }) => Hostname), ["json-1"]);
});

Deno.test("what hosts have in common can be written once, with an anchor", async () => {
  const servers = await serversOf(brokerOf(`
    servers:
      - &node { hostname: a, tags: { ram: 16gb } }
      - { <<: *node, hostname: b }
  `));
  const ram = servers.map(({ Tags }) => Tags?.find(({ Key }) => Key === "ram")?.Value);
  assertEquals(ram, ["16gb", "16gb"]);
});

Deno.test("an empty fleet file leaves everything at its default", async () => {
  const named = (servers: Server[]) => servers.map(({ Hostname }) => Hostname);
  assertEquals(named(await serversOf(brokerOf(""))), named(await serversOf(new MockBroker())));
});

Deno.test("all errors of a file are told at once, each with its line, column and path", () => {
  assertEquals(
    problemsOf(
      `servers:
  - cpus: four
    tag: { ram: 64gb }
  - tags: { ram: 64 }
    os: lunix
sessions:
  - name: nobody's
seed:
clock: slow
timings: { placement: [3000, 1000] }
severs: []
`,
    ),
    [
      `2:5 servers[0].cpus: must be a whole number of at least 1: got "four"`,
      `3:5 servers[0].tag: unknown, tags?`,
      `4:13 servers[1].tags.ram: must be a text: got 64`,
      `5:5 servers[1].os: must be one of linux, windows, macos: got "lunix", linux?`,
      `7:5 sessions[0].owner: missing: must be a text that is not empty`,
      `8:1 seed: must be a whole number: got null`,
      `9:1 clock: must be real, manual, skipping or an object: got "slow"`,
      `10:12 timings.placement: must be two whole numbers of milliseconds, the smaller one first: got [3000,1000]`,
      `11:1 severs: unknown, servers?`,
    ],
  );
});

Deno.test("what no broker can do is refused with its line too", () => {
  assertEquals(
    problemsOf(
      `servers:
  - { hostname: one, maxVirtualSessions: 1 }
  - { hostname: one }
  - { hostname: two, count: 2 }
sessions:
  - { owner: ana, server: one }
  - { owner: ben, server: one }
  - { owner: chloe, server: three }
faults:
  - { id: down, operation: health, fault: { type: reset } }
  - { id: down, operation: token, fault: { type: reset } }
`,
    ),
    [
      `3:5 servers[1]: A server with the host name "one" is in the fleet already`,
      `4:5 servers[2]: A server with the host name "two" is in the fleet already`,
      `7:5 sessions[1]: Server one has no room for a VIRTUAL session of ben`,
      `8:5 sessions[2]: Session of chloe names a server that is not in the fleet: three`,
      `11:5 faults[1]: A fault with this id is in force already: "down"`,
    ],
  );
});

Deno.test("a wrong broker property is refused with its line, and with the one that was meant", () => {
  assertEquals(
    problemsOf("properties:\n  enable-gatway: true\n  delete-session-duration-seconds: -1\n"),
    [
      "2:3 properties.enable-gatway: unknown, enable-gateway?",
      "3:3 properties.delete-session-duration-seconds: must be a whole number of at least 0: got -1",
    ],
  );
});

Deno.test("no error quotes what may be a secret", () => {
  assertEquals(
    [
      ...problemsOf("clients: [{ clientSecret: 123456 }]"),
      ...problemsOf("clients: { clientSecret: s3cret }"),
      ...problemsOf("[{ clients: [{ clientSecret: s3cret }] }]"),
    ],
    [
      "1:13 clients[0].clientSecret: must be a text without control characters: got a number",
      "1:1 clients: must be a list: got an object",
      "1:1 : must be an object: got a list",
    ],
  );
});

Deno.test("a text that is neither YAML nor JSON is refused with the line", () => {
  assertEquals(
    problemsOf("servers:\n  - hostname: one\n  - hostname: [two\n").map((text) => text.split(" ")[0]),
    [
      "4:1",
    ],
  );
  assertEquals(problemsOf("seed: 1\nseed: 2\n"), ["2:1 : Map keys must be unique"]);
});

Deno.test("the error's message begins each problem with file, line and column", () => {
  const error = assertThrows(() => parseFleetFile("seed: x", "lab.yaml"), FleetFileError);
  assertEquals(
    error.message,
    "Cannot use the fleet file lab.yaml:\n" +
      `  lab.yaml:1:1: seed: must be a whole number: got "x"`,
  );
});

Deno.test("the small lab has hosts of several kinds and sessions of their users", async () => {
  const broker = brokerOf(READY_FLEETS["small-lab"]);
  const families = (await serversOf(broker)).map(({ Host }) => Host?.Os?.Family);
  assertEquals(families.filter((family) => family === "windows").length, 1);
  assertEquals(families.length, 6);
  assert((await sessionsOf(broker)).every(({ State }) => State === "READY"));
});

Deno.test("the large fleet has 1,000 hosts", async () => {
  const broker = brokerOf(READY_FLEETS.large);
  assertEquals((await serversOf(broker)).length, 1_000);
  assertEquals((await sessionsOf(broker)).length, 2_450);
});

Deno.test("the fleet in trouble shows every reason for which a host is unavailable", async () => {
  const broker = brokerOf(READY_FLEETS["in-trouble"]);
  broker.advance(3_000);
  const reasons = (await serversOf(broker)).map(({ UnavailabilityReason }) => UnavailabilityReason);
  assertEquals(
    new Set(reasons),
    new Set([
      undefined,
      "SERVER_FULL",
      "SERVER_CLOSED",
      "UNREACHABLE_AGENT",
      "UNHEALTHY_DCV_SERVER",
      "EXISTING_LOGGED_IN_USER",
    ]),
  );
  assert((await sessionsOf(broker)).some(({ State }) => State === "UNKNOWN"));
});

Deno.test("the JSON Schema for editors is that of the fleet files that are taken", async () => {
  const published = new URL("../../mock_broker/description/fleet_file.schema.json", import.meta.url);
  assertEquals(
    await Deno.readTextFile(published),
    fleetFileJsonSchema(),
    "The schema has changed: run `deno task schema`",
  );
});

Deno.test("the tables of the guide say what the schema says", async () => {
  const guide = await Deno.readTextFile(new URL("../../docs/fleet_file.md", import.meta.url));
  const plain = (text: string) => text.replace(/-{3,}/g, "---").replace(/ +/g, " ").replace(/\n{2,}/g, "\n");
  assertEquals(plain(guide), plain(withOptionTables(guide)), "Run `deno task schema`");
  assert(guide.includes("| `memoryBytes`"));
});

Deno.test("the JSON Schema takes what the command takes, and shows slips", () => {
  const validates = new Ajv({ allowUnionTypes: true, validateFormats: false }).compile(
    JSON.parse(fleetFileJsonSchema()),
  );
  for (const [name, text] of Object.entries(READY_FLEETS)) assert(validates(parse(text)), name);
  assert(!validates({ servers: [{ hostnam: "one" }] }));
  assert(!validates({ faults: [{ operation: "token", fault: { type: "explode" } }] }));
});

Deno.test("every fleet file in the guide can be used", async () => {
  const guide = await Deno.readTextFile(new URL("../../docs/fleet_file.md", import.meta.url));
  const files = [...guide.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, text]) => text!);
  assertEquals(files.length, 3);
  for (const file of files) new MockBroker(parseFleetFile(file));
});

Deno.test("an anchor may be used as often as there are hosts", () => {
  const uses = "  - { tags: *tags }\n".repeat(5_000);
  const broker = brokerOf(`servers:\n  - { hostname: first, tags: &tags { ram: 64gb } }\n${uses}`);
  assertEquals(broker.hosts.list({ limit: 1 }).total, 5_001);
});

Deno.test("aliases that stand for more than any fleet has, or for nothing, are problems with a line", () => {
  const levels = Array.from({ length: 9 }, (_, level) => {
    const items = Array(9).fill(level === 0 ? '"x"' : `*a${level - 1}`);
    return `  - &a${level} [${items.join(", ")}]\n`;
  });
  const [bomb] = problemsOf(`servers:\n${levels.join("")}`);
  assert(/^10:\d+ : Aliases stand for more than 1,000,000 values$/.test(bomb!), bomb);
  assertEquals(problemsOf("seed: 1\nservers: *fleet\n"), [
    "2:10 : Unresolved alias (the anchor must be set before the alias): fleet",
  ]);
});

Deno.test("a file that is nested without measure is a problem, and harms nothing", () => {
  const [problem] = problemsOf(`servers: ${"[".repeat(6_000)}${"]".repeat(6_000)}`);
  assert(/^1:\d+ : Nested too deep$/.test(problem!), problem);
});
