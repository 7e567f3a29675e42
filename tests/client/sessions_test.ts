import { assertEquals, assertRejects } from "@std/assert";
import { BatchError, SessionManagerError } from "../../mod.ts";
import { createSessionAndWait, deleteSession, findOrCreateSession, withServers } from "../../src/sessions.ts";
import { FakeTime } from "./support/fake_time.ts";
import { failure, json, session, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
const NO_SERVER = json({
  UnsuccessfulList: [{
    CreateSessionRequestData: request,
    FailureReason: "No DCV server found for the given criteria",
  }],
});
const CREATED = json({ SuccessfulList: [session({ State: "CREATING" })] });
const IN = (State: string): StubAnswer => json({ Sessions: [session({ State })] });

Deno.test("createSessionAndWait() gives the session when it is READY", async () => {
  using time = new FakeTime();
  const broker = new StubBroker([CREATED, IN("CREATING"), IN("READY")]);
  const ready = await time.settle(createSessionAndWait(broker.client(), request));
  assertEquals([ready.State, broker.paths], ["READY", [
    "/createSessions",
    "/describeSessions",
    "/describeSessions",
  ]]);
});

Deno.test("createSessionAndWait() ends when the session does", async () => {
  const client = new StubBroker([CREATED, IN("DELETED")]).client();
  const error = await assertRejects(() => createSessionAndWait(client, request), SessionManagerError);
  assertEquals(error.code, "STATE_UNREACHABLE");
});

Deno.test("createSessionAndWait() gives up at once without a server, unless told to wait for one", async () => {
  const broker = new StubBroker(NO_SERVER);
  const error = await assertRejects(() => createSessionAndWait(broker.client(), request), BatchError);
  assertEquals([error.code, broker.requests.length], ["NO_DCV_SERVER_FOUND", 1]);
});

Deno.test("createSessionAndWait() waits out the boot of a server for serverTimeout", async () => {
  using time = new FakeTime();
  const broker = new StubBroker([NO_SERVER, NO_SERVER, CREATED, IN("READY")]);
  const ready = await time.settle(createSessionAndWait(broker.client(), request, { serverTimeout: 60_000 }));
  assertEquals([ready.State, time.elapsed], ["READY", 10_000]);
});

Deno.test("createSessionAndWait() does not wait for a server longer than serverTimeout", async () => {
  using time = new FakeTime();
  const client = new StubBroker(NO_SERVER).client();
  const call = time.settle(createSessionAndWait(client, request, { serverTimeout: 12_000 }));
  await assertRejects(() => call, BatchError, "No DCV server found");
  assertEquals(time.elapsed, 12_000);
});

Deno.test("findOrCreateSession() finds a READY session of that name, type and owner before others", async () => {
  const Sessions = [
    session({ Id: "dead", State: "DELETED" }),
    session({ Id: "lost", State: "UNKNOWN" }),
    session({ Id: "other-name", Name: "laptop" }),
    session({ Id: "other-type", Type: "CONSOLE" }),
    session({ Id: "young", State: "CREATING" }),
    session({ Id: "ready" }),
  ];
  const broker = new StubBroker(json({ Sessions }));
  assertEquals((await findOrCreateSession(broker.client(), request)).Id, "ready");
  assertEquals(broker.requests[0]?.body, { Filters: [{ Key: "owner", Value: "ana" }] });
});

Deno.test("findOrCreateSession() does not create a second one while one is being created", async () => {
  const broker = new StubBroker(json({ Sessions: [session({ State: "CREATING" })] }));
  assertEquals((await findOrCreateSession(broker.client(), request)).State, "CREATING");
  assertEquals(broker.paths, ["/describeSessions"]);
});

Deno.test("findOrCreateSession() creates one if all are dead", async () => {
  const broker = new StubBroker([json({ Sessions: [session({ Id: "dead", State: "DELETING" })] }), CREATED]);
  assertEquals((await findOrCreateSession(broker.client(), request)).Id, "s-1");
  assertEquals(broker.requests[1]?.body, [request]);
});

Deno.test("deleteSession() is true if it was there, and false if there was nothing to delete", async () => {
  const there = new StubBroker(json({ SuccessfulList: [{ SessionId: "s-1", State: "DELETING" }] }));
  assertEquals(await deleteSession(there.client(), { SessionId: "s-1", Owner: "ana" }), true);
  const reason = "The requested dcvSession does not exist";
  const gone = new StubBroker(json({ UnsuccessfulList: [{ SessionId: "s-1", FailureReason: reason }] }));
  assertEquals(await deleteSession(gone.client(), { SessionId: "s-1", Owner: "ana" }), false);
});

Deno.test("deleteSession() throws any other failure", async () => {
  const item = { SessionId: "s-1", FailureReason: "Cosmic rays" };
  const stuck = new StubBroker(json({ UnsuccessfulList: [item] })).client();
  await assertRejects(
    () => deleteSession(stuck, { SessionId: "s-1", Owner: "ana" }),
    BatchError,
    "Cosmic rays",
  );
  const absent = new StubBroker(failure(404, "The session does not exist")).client();
  await assertRejects(() => deleteSession(absent, { SessionId: "s-1", Owner: "ana" }), SessionManagerError);
});

Deno.test("withServers() completes what is in the session with what the broker knows of the server", async () => {
  const broker = new StubBroker(
    json({ Servers: [{ Id: "h-1", Ip: "10.0.0.1", Host: { Os: { Family: "linux" } } }] }),
  );
  const sessions = [
    session({ Id: "s-1", Server: { Id: "h-1", WebUrlPath: "/" } }),
    session({ Id: "s-2", Server: { Id: "forgotten" } }),
    session({ Id: "s-3" }),
  ];
  const joined = await withServers(broker.client(), sessions as never);
  assertEquals(joined.map(({ Server }) => Server) as unknown[], [
    { Id: "h-1", WebUrlPath: "/", Ip: "10.0.0.1", Host: { Os: { Family: "linux" } } },
    { Id: "forgotten" },
    undefined,
  ]);
  assertEquals(broker.requests.map(({ body }) => body), [{ ServerIds: ["h-1", "forgotten"] }]);
});

const VIRTUAL = { ...request, Type: "Virtual" };

/** Answers with these sessions and servers, and creates `new`. */
function lab(sessions: Record<string, unknown>[], servers: Record<string, unknown>[] = []): StubBroker {
  return new StubBroker(({ path }) => {
    if (path === "/createSessions") return Response.json({ SuccessfulList: [session({ Id: "new" })] });
    return Response.json(path === "/describeServers" ? { Servers: servers } : { Sessions: sessions });
  });
}

const ON_TWO_HOSTS = [
  session({ Id: "s-a", Server: { Id: "a" } }),
  session({ Id: "s-b", Server: { Id: "b" } }),
];
const TWO_HOSTS = [
  {
    Id: "a",
    Hostname: "host-a",
    Tags: [{ Key: "ram", Value: "4gb" }],
    Host: { CpuInfo: { NumberOfCpus: 4 } },
  },
  {
    Id: "b",
    Hostname: "host-b",
    Tags: [{ Key: "ram", Value: "o'8gb" }],
    Host: { Aws: { EC2InstanceId: "i-b" } },
  },
];

/** Requirements, and the session that meets them; `new` if none does. */
const REQUIREMENTS: [string, string][] = [
  ["server:Hostname = 'host-b'", "s-b"],
  ["server:Hostname = 'host-a'", "s-a"],
  ["server:Hostname = 'host-c'", "new"],
  ["tag:ram = 'o''8gb'", "s-b"],
  ["tag:ram := '4g'", "s-a"],
  ["tag:ram != '4gb'", "s-b"],
  ["tag:color = 'pink'", "new"],
  ["tag:color != 'pink'", "s-a"],
  ["server:Host.Aws.Ec2InstanceId = 'i-b'", "s-b"],
  ["server:Host.CpuInfo.NumberOfCpus >= 4", "s-a"],
  ["server:Host.CpuInfo.NumberOfCpus > 4", "new"],
  ["server:Host.CpuInfo.NumberOfCpus < 4.5", "s-a"],
  ["not (server:Hostname = 'host-a')", "s-b"],
  ["(server:Hostname = 'host-c') or (server:Hostname = 'host-b' and tag:ram := 'gb')", "s-b"],
  ["server:Hostname = 'host-a' and server:Hostname = 'host-b'", "new"],
  ["", "s-a"],
  ["nonsense", "new"],
  ["(server:Hostname = 'host-a'", "new"],
  ["server:Hostname = 'host-a' 'host-a'", "new"],
];

for (const [Requirements, id] of REQUIREMENTS) {
  Deno.test(`findOrCreateSession() takes a session only where ${Requirements || "anything"} holds`, async () => {
    const found = await findOrCreateSession(lab(ON_TWO_HOSTS, TWO_HOSTS).client(), {
      ...request,
      Requirements,
    });
    assertEquals(found.Id, id);
  });
}

Deno.test("findOrCreateSession() takes a session that is on its way to a server", async () => {
  const placing = lab([session({ State: "CREATING" })]);
  const found = await findOrCreateSession(placing.client(), { ...request, Requirements: "tag:a = 'b'" });
  assertEquals(found.Id, "s-1");
});

Deno.test("findOrCreateSession() compares types in any case, and how many may connect", async () => {
  const broker = lab([session({ MaxConcurrentClients: 2 })]);
  assertEquals((await findOrCreateSession(broker.client(), VIRTUAL)).Id, "s-1");
  for (const [MaxConcurrentClients, id] of [[2, "s-1"], [3, "new"]] as const) {
    assertEquals((await findOrCreateSession(broker.client(), { ...request, MaxConcurrentClients })).Id, id);
  }
});

Deno.test("findOrCreateSession() without an owner asks for nobody's sessions", async () => {
  const broker = lab([session()]);
  const request = { Name: "desktop", Type: "VIRTUAL" } as never;
  await assertRejects(() => findOrCreateSession(broker.client(), request), TypeError, "Owner");
  assertEquals(broker.requests, []);
});

Deno.test("createSessionAndWait() that runs out of time, or loses the broker, says which session it made", async () => {
  using time = new FakeTime();
  const slow = new StubBroker([CREATED, IN("CREATING")]).client();
  const late = time.settle(createSessionAndWait(slow, request, { timeout: 1_000 }));
  const timeout = await assertRejects(() => late, SessionManagerError);
  assertEquals([timeout.code, timeout.session?.Id, timeout.session?.State], ["TIMEOUT", "s-1", "CREATING"]);

  const lost = new StubBroker([CREATED, failure(500, "Out of order")]).client({ retry: false });
  const broken = await assertRejects(() => createSessionAndWait(lost, request), SessionManagerError);
  assertEquals([broken.code, broken.session?.Id], ["BROKER_ERROR", "s-1"]);
});

Deno.test("a clock that is set to another time neither ends nor prolongs a wait for a server", async () => {
  for (const jump of [3_600_000, -3_600_000]) {
    using time = new FakeTime();
    const client = new StubBroker((sent) => {
      time.jump(jump);
      return NO_SERVER(sent);
    }).client();
    const call = time.settle(createSessionAndWait(client, request, { serverTimeout: 12_000 }));
    await assertRejects(() => call, BatchError, "No DCV server found");
    assertEquals(time.elapsed, 12_000);
  }
});
