import { assert, assertEquals, assertNotEquals, assertThrows } from "@std/assert";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

/** That these options are refused, in words that name what is wrong. */
function assertRefused(options: unknown, ...words: string[]): void {
  const { message } = assertThrows(() => new MockBroker(options as MockBrokerOptions), TypeError);
  for (const word of words) assert(message.includes(word), `${message} should name ${word}`);
}

Deno.test("a broker without options has a small fleet that takes any owner", async () => {
  const broker = new MockBroker();
  const call = new Caller(broker);
  const { Servers } = await call.describeServers();
  const families = new Set(Servers.map(({ Host }) => Host!.Os!.Family));
  assertEquals([...families].toSorted(), ["linux", "windows"]);
  const { Id } = await call.createSession({ Owner: "whoever" });
  broker.advance(10_000);
  assertEquals((await call.session(Id))!.State, "READY");
});

Deno.test("empty lists are empty: a fleet without servers, and one client all the same", async () => {
  const broker = createBroker({ servers: [], sessions: [], clients: [] });
  assertEquals((await new Caller(broker).describeServers()).Servers, []);
});

Deno.test("credentials are different each time, unless a seed settles them or they are given", () => {
  assertNotEquals(new MockBroker().credentials, new MockBroker().credentials);
  assertEquals(new MockBroker({ seed: 3 }).credentials, new MockBroker({ seed: 3 }).credentials);
  assertNotEquals(new MockBroker({ seed: 3 }).credentials, new MockBroker({ seed: 4 }).credentials);
  const given = { clientId: "portal", clientSecret: "secret" };
  assertEquals(new MockBroker({ clients: [given, {}] }).credentials, given);
});

Deno.test("a manual clock stands, starts where it is told, and is 2026-01-01 otherwise", async () => {
  const timeOf = async (clock: MockBrokerOptions["clock"]) => {
    const broker = new MockBroker({ clock, sessions: [{ id: "s1", owner: "ana" }] });
    return (await new Caller(broker).session("s1"))!.CreationTime;
  };
  assertEquals(await timeOf("manual"), "2026-01-01T00:00:00.000Z");
  const start = new Date("2030-05-06T07:08:09.123Z");
  assertEquals(await timeOf({ mode: "manual", start }), "2030-05-06T07:08:09.123Z");
  assertEquals(await timeOf({ start, speed: 0.001 }), "2030-05-06T07:08:09.123Z");
});

Deno.test("a running clock can be pushed ahead of the real one", async () => {
  const broker = new MockBroker({ clock: { speed: 0.001 } });
  const call = new Caller(broker);
  const { Id } = await call.createSession();
  assertEquals((await call.session(Id))!.State, "CREATING");
  broker.advance(10_000);
  assertEquals((await call.session(Id))!.State, "READY");
});

Deno.test("durations are drawn from their ranges", async () => {
  const times = new Set<number>();
  for (let seed = 0; seed < 30; seed++) {
    const broker = createBroker({ seed, timings: { placement: [1, 3], preparation: [0, 0] } });
    const call = new Caller(broker);
    const { Id } = await call.createSession();
    let passed = 0;
    for (; (await call.session(Id))!.State !== "READY"; passed++) broker.advance(1);
    times.add(passed);
  }
  assertEquals([...times].toSorted(), [1, 2, 3]);
});

Deno.test("a clock that there is not is refused", () => {
  assertRefused({ clock: "fast" }, "clock", "fast");
  assertRefused({ clock: { mode: "stopped" } }, "clock", "stopped");
  assertRefused({ clock: { start: new Date("never") } }, "clock.start");
  for (const speed of [0, -1, NaN, Infinity]) {
    assertRefused({ clock: { speed } }, "clock.speed", String(speed));
  }
});

Deno.test("a seed that is no whole number is refused", () => {
  for (const seed of [1.5, NaN, "1"]) assertRefused({ seed }, "seed", String(seed));
});

Deno.test("time to advance is a number of milliseconds from 0", () => {
  const broker = createBroker();
  broker.advance(0);
  for (const time of [-1, NaN, Infinity]) assertThrows(() => broker.advance(time), TypeError, String(time));
});

Deno.test("timings that are no ranges are refused", () => {
  for (const range of [[2, 1], [-1, 1], [0.5, 1], [1], 5, null, ["1", "2"], [0, Infinity]]) {
    assertRefused({ timings: { placement: range } }, "timings.placement");
  }
  assertRefused({ timings: { placing: [1, 2] } }, "timings.placing");
});

Deno.test("timings that are undefined have their defaults", async () => {
  const broker = createBroker({ timings: { placement: undefined } });
  await new Caller(broker).createReadySession();
});

Deno.test("servers that there cannot be are refused", () => {
  const wrong: Record<string, unknown[]> = {
    hostname: ["", 1],
    os: ["solaris", "Linux"],
    maxVirtualSessions: [-2, 1.5, "10"],
    maxConcurrentSessionsPerUser: [0, -1],
    cpus: [0, 0.5],
    memoryBytes: [0, NaN],
    port: [0, 65_536, "8443"],
    webUrlPath: [""],
  };
  for (const [option, values] of Object.entries(wrong)) {
    for (const value of values) assertRefused({ servers: [{ [option]: value }] }, `servers[0].${option}: `);
  }
  assertRefused({ servers: [{ tags: { color: 1 } }] }, "servers[0].tags.color: ");
  assertRefused({ servers: [{ resolution: { width: 0, height: 1 } }] }, "servers[0].resolution.width: ");
  assertRefused(
    { servers: [{ resolution: { width: 1, height: 8193 } }] },
    "servers[0].resolution.height: ",
    "8193",
  );
  assertRefused({ servers: [{ hostname: "a" }, { hostname: "a" }] }, '"a"');
  const broker = createBroker();
  assertThrows(() => broker.hosts.add({ cpus: 0 }), TypeError, "hosts.add(): cpus: ");
});

Deno.test("clients that there cannot be are refused", () => {
  assertRefused({ clients: [{ clientId: "" }] }, "clients[0].clientId");
  assertRefused({ clients: [{ clientId: "a:b" }] }, "clients[0].clientId", "without colons");
  assertRefused({ clients: [{ clientId: "a" }, { clientId: "a" }] }, "clients[1]: Client id", "a");
});

Deno.test("sessions that there cannot be are refused", () => {
  assertRefused({ sessions: [{}] }, "sessions[0].owner: missing");
  assertRefused({ sessions: [{ owner: "" }] }, "sessions[0].owner");
  assertRefused({ sessions: [{ owner: "ana", id: "" }] }, "sessions[0].id");
  assertRefused({ sessions: [{ owner: "ana", type: "TERMINAL" }] }, "sessions[0].type", "TERMINAL");
  assertRefused({ sessions: [{ owner: "ana", server: "nope" }] }, "nope");
  assertRefused({ servers: [{ os: "windows" }], sessions: [{ owner: "ana" }] }, "VIRTUAL", "ana");
  assertRefused(
    {
      servers: [{ hostname: "a" }],
      sessions: [{ owner: "ana", server: "a" }, { owner: "ana", server: "a" }],
    },
    "no room",
    "ana",
  );
});

Deno.test("DNS mappings that name nothing are refused", () => {
  const DnsNames = { InternalDnsName: "node.example.com" };
  assertRefused(
    { dnsMappings: [{ ServerIdType: "Hostname", ServerId: "a", DnsNames }] },
    "ServerIdType",
    "Hostname",
  );
  assertRefused({ dnsMappings: [{ ServerIdType: "Ip", DnsNames }] }, "ServerId");
  assertRefused({ dnsMappings: [{ ServerIdType: "Ip", ServerId: "10.0.0.1" }] }, "DnsNames: missing");
});
