/**
 * Whatever is wrong is refused in the same words at every door: in code, in a fleet file and over the control API.
 *
 * @module
 */

import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { FleetFileError, parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import { type Answer, send } from "./call.ts";

/** How code refuses these options, without the name of what refuses them. */
function inCode(options: unknown): string[] {
  const { message } = assertThrows(() => new MockBroker(options as MockBrokerOptions), TypeError);
  return withoutCall("new MockBroker()", message);
}

/** How a fleet file refuses them. JSON is YAML too. */
function inFile(options: unknown): string[] {
  const error = assertThrows(() => parseFleetFile(JSON.stringify(options)), FleetFileError);
  return error.problems.map(({ path, message }) => path === "" ? message : `${path}: ${message}`);
}

function withoutCall(call: string, message: string): string[] {
  assertEquals(message.slice(0, call.length + 1), `${call}:`);
  return message.slice(call.length + 1).split("\n").map((line) => line.trim()).filter(Boolean);
}

function control(broker: MockBroker, path: string, body: object): Promise<Answer> {
  const headers = { "Content-Type": "application/json" };
  return send(broker, "POST", `/_mock${path}`, { headers, body: JSON.stringify(body) });
}

const WRONG: Readonly<Record<string, [options: unknown, ...problems: string[]]>> = {
  "an option that there is not": [{ serverz: [] }, "serverz: unknown, servers?"],
  "an option in other capitals": [{ journalsize: 5 }, "journalsize: unknown, journalSize?"],
  "a name that is near to none": [{ colour: "red" }, "colour: unknown"],
  "a text for a list": [
    { servers: [{ users: "ana" }] },
    'servers[0].users: must be a list: got "ana"',
  ],
  "a slip in a nested option": [{ clock: { sped: 3 } }, "clock.sped: unknown, speed?"],
  "a number out of bounds": [
    { servers: [{}, { port: 70_000 }] },
    "servers[1].port: must be a whole number from 1 to 65535: got 70000",
  ],
  "a choice that there is not": [
    { servers: [{ os: "lunix" }] },
    'servers[0].os: must be one of linux, windows, macos: got "lunix", linux?',
  ],
  "what is missing": [{ sessions: [{}] }, "sessions[0].owner: missing: must be a text that is not empty"],
  "nothing where something is wanted": [{ seed: null }, "seed: must be a whole number: got null"],
  "several things": [
    { severs: [], timings: { placing: [1, 2], deletion: [3, 1] }, faults: [{ fault: { type: "rest" } }] },
    "severs: unknown, servers?",
    "timings.placing: unknown",
    "timings.deletion: must be two whole numbers of milliseconds, the smaller one first: got [3,1]",
    "faults[0].fault.type: must be one of status, delay, reset, noAnswer, cutOff, garble, throttle, " +
    'refuseToken, failItem: got "rest", reset?',
  ],
  "a broker property": [
    { properties: { "enable-gatway": true, "enable-persistence": "maybe" } },
    "properties.enable-gatway: unknown, enable-gateway?",
    'properties.enable-persistence: must be true or false: got "maybe"',
  ],
  "a DNS mapping": [
    { dnsMappings: [{ ServerIdType: "ip", ServerId: "10.0.0.1", DnsNames: { InternalDnsName: "" } }] },
    'dnsMappings[0].ServerIdType: must be one of Ip, Id, Host.Aws.Ec2InstanceId: got "ip", Ip?',
    'dnsMappings[0].DnsNames.InternalDnsName: must be a text that is not empty: got ""',
  ],
  "an authorization server": [
    { authServers: ["ldap://directory"] },
    "authServers[0]: must be a key set or the http(s) URL of one: got a text",
  ],
  "a secret, which is not shown": [
    { clients: [{ clientId: "s3cret:portal", clientSecret: "s3cret\n" }] },
    "clients[0].clientId: must be a text without colons and control characters: got a text",
    "clients[0].clientSecret: must be a text without control characters: got a text",
  ],
  "what the world does not take": [
    { servers: [{ hostname: "a" }, { hostname: "a" }], sessions: [{ owner: "ana", server: "b" }] },
    'servers[1]: A server with the host name "a" is in the fleet already',
    "sessions[0]: Session of ana names a server that is not in the fleet: b",
  ],
};

for (const [what, [options, ...problems]] of Object.entries(WRONG)) {
  Deno.test(`${what}: code and fleet files refuse it in the same words`, () => {
    assertEquals(inCode(options).toSorted(), problems.toSorted());
    assertEquals(inFile(options).toSorted(), problems.toSorted());
  });
}

Deno.test("what is no object is no options", () => {
  for (const [options, found] of [[null, "null"], [5, "5"], ["x", '"x"'], [[], "[]"]] as const) {
    assertEquals(inCode(options), [`must be an object: got ${found}`]);
  }
});

Deno.test("a host, a session and a fault are refused in the same words by code and by the control API", async () => {
  const broker = new MockBroker({ servers: [{ hostname: "a" }] });
  const cases: [path: string, body: object, call: string, act: (body: never) => unknown, problem: string][] =
    [
      ["/hosts", { cpu: 4 }, "hosts.add()", (body) => broker.hosts.add(body), "cpu: unknown, cpus?"],
      [
        "/hosts",
        { memoryBytes: -1 },
        "hosts.add()",
        (body) => broker.hosts.add(body),
        "memoryBytes: must be a whole number of at least 1: got -1",
      ],
      [
        "/faults",
        { fault: { type: "status", status: "503" } },
        "faults.add()",
        (body) => broker.faults.add(body),
        'fault.status: must be a whole number from 200 to 599: got "503"',
      ],
    ];
  for (const [path, body, call, act, problem] of cases) {
    const { message } = assertThrows(() => act(body as never), TypeError);
    assertEquals(withoutCall(call, message), [problem]);
    const answer = await control(broker, path, body);
    assertEquals(answer.status, 400);
    assertEquals(withoutCall("Body", answer.body.error), [problem]);
  }
  const session = { host: "a", owner: "ana", typ: "VIRTUAL" };
  const { body } = await control(broker, "/sessions", session);
  assertEquals(body.error, "Body: typ: unknown, type?");
});

Deno.test("control methods refuse what is wrong, and change nothing", async () => {
  const broker = new MockBroker({ clock: "manual", servers: [{ hostname: "a" }] });
  const id = broker.sessions.createOnHost("a", { owner: "ana" });
  const before = JSON.stringify([broker.state(), broker.hosts.list(), broker.sessions.list()]);
  // deno-lint-ignore no-explicit-any -- what the types forbid
  const { hosts, sessions, faults, clock, journal, worlds } = broker as any;
  const calls: [act: () => unknown, message: string][] = [
    [() => broker.advance(-1), "advance(): milliseconds: must be a number from 0 to"],
    [() => clock.advance("1"), 'got "1"'],
    [() => clock.setSpeed(0), "clock.setSpeed(): speed: must be a positive number up to 1000000: got 0"],
    [() => hosts.add("a"), 'hosts.add(): must be an object: got "a"'],
    [() => hosts.reboot("a", -1), "hosts.reboot(): downFor: must be a number from 0 to"],
    [() => hosts.setDcvHealth("a", "no"), 'hosts.setDcvHealth(): healthy: must be true or false: got "no"'],
    [() => hosts.setLoggedInUsers("a", "ana"), 'hosts.setLoggedInUsers(): users: must be a list: got "ana"'],
    [() => hosts.setOpen("a", 0), "hosts.setOpen(): open: must be true or false: got 0"],
    [() => hosts.change("a", { cpus: "4" }), "hosts.change(): cpus: must be a whole number of at least 1"],
    [() => hosts.change("a", { os: "windows" }), "a has the os linux: another os is another machine"],
    [() => hosts.list({ limt: 1 }), "hosts.list(): limt: unknown, limit?"],
    [() => sessions.createOnHost("a", { owner: 5 }), "sessions.createOnHost(): owner: must be a text"],
    [() => sessions.createOnHost("a", { ownr: "b" }), "ownr: unknown, owner?"],
    [() => sessions.connect(id, ""), 'sessions.connect(): user: must be a text that is not empty: got ""'],
    [() => sessions.list({ newestFirst: 1 }), "sessions.list(): newestFirst: must be true or false: got 1"],
    [() => faults.add({ fault: "reset" }), 'faults.add(): fault: must be an object: got "reset"'],
    [() => faults.preset("fulFleet"), 'got "fulFleet", fullFleet?'],
    [() => journal.entries({ operaton: "token" }), "journal.entries(): operaton: unknown, operation?"],
    [() => journal.assertReceived({ operation: "createSession" }), 'got "createSession", createSessions?'],
    [
      () => journal.assertReceived({}, { times: -1 }),
      "journal.assertReceived(): times: must be a whole number",
    ],
    [() => journal.assertNotReceived({ status: "200" }), "journal.assertNotReceived(): status: must be"],
    [
      () => worlds.get("a b"),
      'worlds.get(): name: must be 1 to 64 letters, digits, ".", "_" or "-": got "a b"',
    ],
    [() => broker.reconfigure({ serverz: [] } as object), "reconfigure(): serverz: unknown, servers?"],
  ];
  for (const [act, message] of calls) assertThrows(act, TypeError, message);
  await assertRejects(
    () => broker.listen({ prot: 0 } as object),
    TypeError,
    "listen(): prot: unknown, port?",
  );
  const tls = { cert: "-----BEGIN", keys: "s3cret" };
  const { message } = await assertRejects(() => broker.listen({ tls } as object), TypeError);
  assertEquals(message.includes("s3cret"), false, message);
  assertEquals(JSON.stringify([broker.state(), broker.hosts.list(), broker.sessions.list()]), before);
});

Deno.test("a message tells of twenty problems, and how many more there are", () => {
  const problems = inCode({ servers: Array.from({ length: 2_000 }, () => ({ cpus: 0 })) });
  assertEquals(problems.length, 21);
  assertEquals(problems.at(-1), "and 1980 more");
});

Deno.test("long values are cut, and long names compared with nothing", () => {
  const [problem] = inCode({ servers: [{ os: "x".repeat(1_000) }], ["y".repeat(10_000)]: 1 });
  assertEquals(problem, `servers[0].os: must be one of linux, windows, macos: got "${"x".repeat(60)}..."`);
});
