import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { MockBroker, type SavedWorld, type SaveOptions } from "@dcvkit/mock-broker";
import fc from "fast-check";
import { Caller, createBroker as createSeededBroker, tokenOf } from "./call.ts";
import { action, answersOf, createBroker } from "./history/any_history.ts";

/** What a file and a colleague's machine make of a world. */
function throughJson(broker: MockBroker, options?: SaveOptions): MockBroker {
  return MockBroker.load(JSON.parse(JSON.stringify(broker.save(options))));
}

const histories = fc.array(action, { maxLength: 80, size: "max" });
/** Before which actions the world is taken up anew. */
const points = fc.array(fc.nat(80), { minLength: 1, maxLength: 5 });

Deno.test("a world that is saved and loaded at any point of any history goes on to the last byte", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), histories, points, async (seed, history, points) => {
      let last = createBroker(seed);
      const answers = await answersOf(last, history);
      const resumed = await answersOf(createBroker(seed), history, (broker, index) => {
        last = points.includes(index) ? throughJson(broker) : broker;
        return last;
      });
      assertEquals(resumed, answers);
    }),
    { numRuns: 60 },
  );
});

Deno.test("what is loaded is saved again to the letter", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), histories, async (seed, history) => {
      let last = createBroker(seed);
      await answersOf(last, history, (broker) => last = broker);
      const text = JSON.stringify(last.save());
      assertEquals(JSON.stringify(MockBroker.load(JSON.parse(text)).save()), text);
    }),
    { numRuns: 60 },
  );
});

Deno.test("a fork goes on like the broker that it was made of, and neither touches the other", async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(), histories, histories, histories, async (seed, before, one, other) => {
      const broker = createBroker(seed);
      await answersOf(broker, before);
      const text = JSON.stringify(broker.save());
      const [fork, same] = [broker.fork(), broker.fork()];
      await answersOf(fork, other);
      assertEquals(JSON.stringify(broker.save()), text);
      assertEquals(await answersOf(same, one), await answersOf(broker, one));
    }),
    { numRuns: 30 },
  );
});

Deno.test("without a seed clients and tokens are good after loading, and connection tokens if secrets were saved", async () => {
  const broker = createSeededBroker({ seed: undefined, sessions: [{ id: "s1", owner: "ana" }] });
  const [token, call] = [await tokenOf(broker), new Caller(broker)];
  const { ConnectionToken } = await call.getSessionConnectionData("s1", "ana");
  for (const secrets of [false, true]) {
    const loaded = throughJson(broker, { secrets });
    const answer = await loaded.fetch(`${loaded.url}/describeSessions`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}` },
    });
    assertEquals((await answer.json()).Sessions.length, 1);
    const validation = await loaded.fetch(`${loaded.agentUrl}/agent/validate-authentication-token`, {
      method: "POST",
      body: new URLSearchParams({ sessionId: "s1", authenticationToken: ConnectionToken }),
    });
    assertEquals((await validation.text()).includes('result="yes"'), secrets);
    if (secrets) assertEquals(await tokenOf(loaded), await tokenOf(broker.fork()));
  }
});

Deno.test("a saved world holds no secret unless that is asked for", async () => {
  const broker = createSeededBroker({ seed: undefined, clients: [{}, { clientSecret: "chosen secret" }] });
  const { clientSecret } = broker.credentials;
  const token = await tokenOf(broker);
  await new Caller(broker).createReadySession();
  const without = JSON.stringify(broker.save());
  for (const secret of [clientSecret, token, "chosen secret"]) assert(!without.includes(secret));
  const other = await tokenOf(throughJson(broker, { secrets: true }));
  assertNotEquals(await tokenOf(MockBroker.load(broker.save(), { clients: [broker.credentials] })), other);
  const text = JSON.stringify(broker.save({ secrets: true }));
  assert(text.includes(clientSecret) && text.includes("chosen secret"));
});

Deno.test("secrets that are not saved can be given, are drawn from a seed again, and are missed by name", async () => {
  const broker = createSeededBroker({ seed: undefined });
  const { credentials } = broker;
  const loaded = throughJson(broker);
  assertEquals(loaded.credentials.clientId, credentials.clientId);
  assertThrows(() => loaded.credentials.clientSecret, TypeError, "save it with { secrets: true }");
  assertEquals(MockBroker.load(broker.save(), { clients: [credentials] }).credentials, credentials);
  const wrong = [{ ...credentials, clientSecret: "wrong" }];
  assertThrows(() => MockBroker.load(broker.save(), { clients: wrong }), TypeError, "is another one");
  const unknown = [{ clientId: "nobody", clientSecret: "" }];
  assertThrows(() => MockBroker.load(broker.save(), { clients: unknown }), TypeError, "no API client nobody");
  await assertRejects(() => tokenOf(loaded), TypeError);
  const seeded = createSeededBroker({ clients: [{ clientId: "portal" }] });
  assertEquals(throughJson(seeded).credentials, seeded.credentials);
});

Deno.test("API clients whose secret nobody knows get a new one if that is asked for, all others keep theirs", async () => {
  const clients = [{ clientId: "portal" }, { clientId: "other", clientSecret: "known" }];
  const broker = createSeededBroker({ seed: undefined, clients });
  const saved = broker.save();
  const loaded = MockBroker.load(saved, { renewSecrets: true });
  assertEquals(loaded.credentials.clientId, "portal");
  assertNotEquals(loaded.credentials.clientSecret, broker.credentials.clientSecret);
  await tokenOf(loaded);
  const given = { clientId: "portal", clientSecret: "chosen" };
  assertEquals(MockBroker.load(saved, { clients: [given], renewSecrets: true }).credentials, given);
  const whole = broker.save({ secrets: true });
  assertEquals(MockBroker.load(whole, { renewSecrets: true }).credentials, broker.credentials);
  assertThrows(
    () => MockBroker.load(whole, { clients: [given], renewSecrets: true }),
    TypeError,
    "is another one",
  );
  const seeded = createSeededBroker({ clients });
  assertEquals(MockBroker.load(seeded.save(), { renewSecrets: true }).credentials, seeded.credentials);
});

Deno.test("connection tokens of before are good in a broker that goes on from a saved world, whatever its own keys are", async () => {
  for (const seed of [7, undefined]) {
    const broker = createSeededBroker({ seed, sessions: [{ id: "s1", owner: "ana" }] });
    const { ConnectionToken } = await new Caller(broker).getSessionConnectionData("s1", "ana");
    const saved = broker.save({ secrets: true });
    for (const other of [createSeededBroker({ seed: 8 }), createSeededBroker({ seed: undefined }).fork()]) {
      other.restore(saved);
      const body = new URLSearchParams({ sessionId: "s1", authenticationToken: ConnectionToken });
      const again = throughJson(other, { secrets: true });
      for (const each of [other, again]) {
        const url = `${each.agentUrl}/agent/validate-authentication-token`;
        assertStringIncludes(await (await each.fetch(url, { method: "POST", body })).text(), 'result="yes"');
      }
    }
  }
});

Deno.test("a loaded world goes back to the beginning of the one that was saved", async () => {
  const broker = createSeededBroker({ seed: undefined, sessions: [{ id: "s1", owner: "ana" }] });
  await new Caller(broker).createReadySession({ Owner: "ben" });
  broker.faults.add({ fault: { type: "reset" } });
  const loaded = throughJson(broker, { secrets: true });
  loaded.reset();
  broker.reset();
  assertEquals(JSON.stringify(loaded.save()), JSON.stringify(broker.save()));
  assertEquals(loaded.sessions.list().items.map(({ id }) => id), ["s1"]);
});

Deno.test("time stands still between saving and loading, in each mode", () => {
  for (const mode of ["real", "manual", "skipping"] as const) {
    const start = new Date("2030-01-01T00:00:00Z");
    const broker = new MockBroker({ clock: { mode, start, speed: 0.001 } });
    const loaded = throughJson(broker);
    assertEquals([loaded.clock.frozen, loaded.clock.skipping], [mode !== "real", mode === "skipping"]);
    assertEquals(loaded.clock.speed, 0.001);
    assert(loaded.clock.now.getTime() - start.getTime() < 60_000);
    loaded.reset();
    assert(loaded.clock.now.getTime() - start.getTime() < 60_000);
  }
});

Deno.test("faults, limits and further worlds go on: a fault with a share, a rate in its second, all clients", async () => {
  const broker = createSeededBroker({
    clients: [{ clientId: "a", clientSecret: "1" }, { clientId: "b", clientSecret: "2" }],
    properties: { "max-api-requests-per-second": 3 },
  });
  await new Caller(broker).describeSessions();
  const loaded = throughJson(broker, { secrets: true });
  await new Caller(loaded).describeServers().then(() => assert(false), () => {});
  assertEquals(loaded.worlds.get("w").credentials, { clientId: "a", clientSecret: "1" });
});

/** A saved world with something else somewhere in it. */
function changed(change: (saved: { [key: string]: unknown }) => unknown): SavedWorld {
  const broker = createSeededBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  const saved = JSON.parse(JSON.stringify(broker.save()));
  change(saved);
  return saved;
}

Deno.test("what is no saved world, or one of another version, is refused by name", () => {
  const refused = (saved: unknown, words: string) => {
    assertThrows(() => MockBroker.load(saved as SavedWorld), TypeError, words);
  };
  for (const other of [null, undefined, [], {}, "text", { servers: [] }]) refused(other, "Not a saved world");
  refused(changed((saved) => saved.version = 0), "version 0: this package reads version 1");
  refused(changed((saved) => saved.version = 2), "version 2: this package reads version 1");
  refused(changed((saved) => delete saved.version), "version undefined");
});

/** A request of which the expression is none. */
const ASKED = {
  ...{ name: "n", owner: "ana", type: "VIRTUAL", requirements: "tag:", enqueue: false },
  ...{ retryOnFailure: true, dcvGl: false },
};

// deno-lint-ignore no-explicit-any -- whatever somebody may have written into a file
const WRONG: [change: (saved: any) => unknown, words: string][] = [
  [(saved) => saved.colour = "pink", "colour"],
  [(saved) => delete saved.state, "state"],
  [(saved) => saved.state.sessions[0].state = "HAPPY", "state.sessions[0].state"],
  [(saved) => saved.state.sessions[0].host = 99, "names a host that it does not have: 99"],
  [(saved) => saved.state.queue = [7], "names a session that it does not have: 7"],
  [(saved) => saved.state.hosts[1].sequence = 0, "two hosts with the sequence 0"],
  [(saved) => saved.state.hosts[0].about.cpus = "four", "state.hosts[0].about.cpus"],
  [(saved) => saved.state.events = [{ due: 1, order: 0, kind: "explode", host: 0 }], "state.events[0]"],
  [(saved) => saved.state.chance.streams.sessionIds = [0, 0, 0, 0], "not be all zeros"],
  [(saved) => saved.state.properties["no-such-property"] = 1, "no-such-property"],
  [(saved) => saved.state.faults.rules = [{ id: "x" }], "state.faults.rules[0]"],
  [(saved) => saved.state.clients = [], "state.clients"],
  [(saved) => saved.options.serverz = [], "serverz"],
  [
    (saved) => saved.options.servers = [{ hostname: "a" }, { hostname: "a" }],
    'the host name "a" is in the fleet',
  ],
  [(saved) => delete saved.state.sessions[0].host, "has the session s1, which is READY, on no host"],
  [(saved) => saved.state.sessionsCreated = 0, "a session with the sequence 0, and counts 0"],
  [(saved) => saved.state.hostsJoined = 1, "a host with the sequence 1, and counts 1"],
  [
    (saved) => delete saved.state.properties["delete-session-duration-seconds"],
    "delete-session-duration-seconds",
  ],
  [
    (saved) => saved.state.sessions[0] = { ...saved.state.sessions[0], local: undefined, request: ASKED },
    "must be a requirement expression",
  ],
  [(saved) => saved.clock.mode = "jumping", "clock.mode"],
  [(saved) => saved.clock.time = "now", "clock.time"],
];

Deno.test("a saved world that was changed so that it cannot be is refused, and says where", () => {
  MockBroker.load(changed(() => {}));
  for (const [change, words] of WRONG) {
    assertThrows(() => MockBroker.load(changed(change)), TypeError, words);
  }
});

Deno.test("what is due only after the last date there is does not keep a world from being loaded", async () => {
  const broker = createSeededBroker({
    servers: [],
    properties: { "create-sessions-queue-max-time-seconds": Number.MAX_SAFE_INTEGER },
  });
  broker.advance(8.64e15 - broker.clock.now.getTime() - 1_000);
  await new Caller(broker).createSessions([{
    Name: "n",
    Owner: "ana",
    Type: "VIRTUAL",
    EnqueueRequest: true,
  }]);
  broker.faults.add({ fault: { type: "reset" }, duration: 3_600_000 });
  const loaded = throughJson(broker);
  assertEquals([loaded.state().queue, loaded.faults.list()], [broker.state().queue, broker.faults.list()]);
});

Deno.test("a session on a host that has ended, and has a successor of its name, does not keep a world from being loaded", async () => {
  const broker = createSeededBroker({ servers: [{ hostname: "a" }] });
  await new Caller(broker).createSessions([{ Name: "n", Owner: "ana", Type: "VIRTUAL" }]);
  broker.hosts.terminate("a");
  broker.hosts.add({ hostname: "a" });
  broker.restart();
  const loaded = throughJson(broker);
  for (const each of [broker, loaded]) each.advance(120_000);
  assertEquals(loaded.save(), broker.save());
});

/** Where something stands in a saved world. */
type Path = readonly (string | number)[];

function pathsIn(value: unknown, at: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [at];
  const inner = Object.entries(value).flatMap(([name, item]) =>
    pathsIn(item, [...at, Array.isArray(value) ? Number(name) : name])
  );
  return [at, ...inner];
}

// deno-lint-ignore no-explicit-any -- whatever somebody may have written into a file
function at(value: any, path: Path): any {
  return path.reduce((inner, name) => inner?.[name], value);
}

const STRANGE = [
  null,
  -1,
  0,
  1,
  7,
  1e308,
  8.64e15,
  2 ** 53,
  "",
  "x",
  "READY",
  "DELETED",
  true,
  [],
  {},
  undefined,
];
const slips = fc.array(fc.tuple(fc.nat(), fc.nat(), fc.nat(2)), { minLength: 1, maxLength: 2 });

Deno.test("a saved world with slips anywhere in it is refused with a TypeError, or goes on without harm", async () => {
  const broker = createBroker(3);
  await answersOf(
    broker,
    Array.from({ length: 25 }, (_, i) => [i % 3 === 0 ? "wait" : "createSession", 30 + i]),
  );
  await answersOf(broker, [["loseAgent", 1], ["setFault", 2], ["deleteSession", 3], ["wait", 20]]);
  const text = JSON.stringify(broker.save({ secrets: true }));
  const paths = pathsIn(JSON.parse(text)).filter((path) => path.length > 0);
  await fc.assert(
    fc.asyncProperty(slips, async (slips) => {
      const saved = JSON.parse(text);
      for (const [where, other, how] of slips) {
        const path = paths[where % paths.length]!;
        const parent = at(saved, path.slice(0, -1));
        if (typeof parent !== "object" || parent === null) continue;
        const value = how === 0
          ? STRANGE[other % STRANGE.length]
          : structuredClone(at(saved, paths[other % paths.length]!));
        if (how === 2 && Array.isArray(parent)) parent.push(value);
        else parent[path.at(-1)!] = value;
      }
      let loaded: MockBroker;
      try {
        loaded = MockBroker.load(saved);
      } catch (error) {
        assert(error instanceof TypeError && !/Cannot read|is not a/.test(error.message), String(error));
        return;
      }
      loaded.faults.clear();
      await answersOf(loaded, [["createSession", 1], ["wait", 50], ["describeSessions", 8], [
        "describeServers",
        3,
      ]]);
      MockBroker.load(loaded.save());
      loaded.reset();
    }),
    { numRuns: 150 },
  );
});
