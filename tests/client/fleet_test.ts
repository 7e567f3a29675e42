import { assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { BatchError } from "../../src/batch.ts";
import { SessionManagerClient } from "../../src/client.ts";
import {
  drainServer,
  findServerByInstanceId,
  type FleetClient,
  type FleetOptions,
  sweepUnknownSessions,
} from "../../src/fleet.ts";
import type {
  CloseServerRequestData,
  CloseServersResponse,
  DeleteSessionRequestData,
  DeleteSessionsResponse,
  Server,
  Session,
} from "../../src/types.ts";

/** A fleet in memory, with a clock that its sleep() moves, and a plan of what happens when. */
class Fleet implements FleetClient {
  servers: Server[] = [];
  sessions: Session[] = [];
  requests: [operation: string, request: unknown][] = [];
  refusals: Record<string, string> = {};
  plan: Record<number, () => void> = {};
  time = 0;
  slept: number[] = [];

  async *listServers(_query?: unknown, options?: FleetOptions): AsyncGenerator<Server> {
    options?.signal?.throwIfAborted();
    yield* this.servers;
  }

  async *listSessions(_query?: unknown, options?: FleetOptions): AsyncGenerator<Session> {
    options?.signal?.throwIfAborted();
    yield* this.sessions.map((session) => ({ ...session }));
  }

  closeServers(requests: CloseServerRequestData[]): Promise<CloseServersResponse> {
    this.requests.push(...requests.map((request): [string, unknown] => ["closeServers", request]));
    const failed = requests.filter(({ ServerId }) => this.servers.every(({ Id }) => Id !== ServerId));
    return Promise.resolve({
      SuccessfulList: requests.filter((request) => !failed.includes(request)),
      UnsuccessfulList: failed.map((CloseServerRequestData) => ({
        CloseServerRequestData,
        FailureCode: "DCV_SERVER_NOT_FOUND",
        FailureReason: "Dcv server not found.",
      })),
    });
  }

  deleteSessions(requests: DeleteSessionRequestData[]): Promise<DeleteSessionsResponse> {
    this.requests.push(...requests.map((request): [string, unknown] => ["deleteSessions", request]));
    const response: DeleteSessionsResponse = { SuccessfulList: [], UnsuccessfulList: [] };
    for (const { SessionId } of requests) {
      const FailureReason = this.refusals[SessionId];
      if (FailureReason) response.UnsuccessfulList.push({ SessionId, FailureReason });
      else {
        this.session(SessionId).State = "DELETING";
        response.SuccessfulList.push({ SessionId, State: "DELETING" });
      }
    }
    return Promise.resolve(response);
  }

  session(id: string): Session {
    return this.sessions.find(({ Id }) => Id === id)!;
  }

  end(id: string): void {
    this.session(id).State = "DELETED";
  }

  sleep = (milliseconds: number, signal: AbortSignal | undefined): Promise<void> => {
    signal?.throwIfAborted();
    this.slept.push(milliseconds);
    const before = this.time;
    this.time += milliseconds;
    for (const [at, happen] of Object.entries(this.plan)) if (+at > before && +at <= this.time) happen();
    return Promise.resolve();
  };
}

const HOST_A: Server = { Id: "a", Ip: "10.0.0.1", Hostname: "ip-10-0-0-1" };
const HOST_B: Server = { Id: "b", Ip: "10.0.0.2", Hostname: "ip-10-0-0-2" };

function session(Id: string, on: Server | undefined, fields: Partial<Session> = {}): Session {
  return {
    Id,
    Name: `name of ${Id}`,
    Owner: `owner of ${Id}`,
    Type: "VIRTUAL",
    State: "READY",
    Server: on,
    NumOfConnections: 0,
    ...fields,
  };
}

function fleet(...sessions: Session[]): Fleet {
  const made = new Fleet();
  made.servers = [HOST_A, HOST_B];
  made.sessions = sessions;
  return made;
}

function idsOf(sessions: Session[]): string[] {
  return sessions.map(({ Id }) => Id);
}

function onInstance(Id: string, EC2InstanceId: string, Availability: string): Server {
  return { Id, Availability, Host: { Aws: { EC2InstanceId } } };
}

Deno.test("findServerByInstanceId() takes a SessionManagerClient, and looks through all pages", async () => {
  const pages = [
    { Servers: [onInstance("x", "i-1", "AVAILABLE")], NextToken: "more" },
    { Servers: [onInstance("y", "i-2", "AVAILABLE")] },
  ];
  const client = new SessionManagerClient({
    brokerUrl: "https://broker:8443",
    fetch: () => Promise.resolve(Response.json(pages.shift())),
  });
  assertEquals((await findServerByInstanceId(client, "i-2"))?.Id, "y");
});

Deno.test("findServerByInstanceId() finds the server of an instance", async () => {
  const client = fleet();
  client.servers.push(onInstance("x", "i-1", "AVAILABLE"), onInstance("y", "i-2", "UNAVAILABLE"));
  assertEquals((await findServerByInstanceId(client, "i-2"))?.Id, "y");
});

Deno.test("findServerByInstanceId() prefers the registration that is AVAILABLE, or takes the first", async () => {
  const client = fleet();
  client.servers = [
    onInstance("old", "i-1", "UNAVAILABLE"),
    onInstance("new", "i-1", "AVAILABLE"),
    onInstance("first", "i-2", "UNAVAILABLE"),
    onInstance("second", "i-2", "UNAVAILABLE"),
  ];
  assertEquals((await findServerByInstanceId(client, "i-1"))?.Id, "new");
  assertEquals((await findServerByInstanceId(client, "i-2"))?.Id, "first");
});

Deno.test("findServerByInstanceId() finds nothing where no server is on that instance, or on EC2", async () => {
  assertEquals(await findServerByInstanceId(fleet(), "i-1"), undefined);
});

Deno.test("findServerByInstanceId() refuses an empty id, which no server has", async () => {
  await assertRejects(() => findServerByInstanceId(fleet(), ""), TypeError, '"instanceId" must be');
});

Deno.test("findServerByInstanceId() ends with the signal's reason", async () => {
  const reason = new Error("enough");
  const error = await assertRejects(() =>
    findServerByInstanceId(fleet(), "i-1", { signal: AbortSignal.abort(reason) })
  );
  assertStrictEquals(error, reason);
});

Deno.test("drainServer() closes the server by force and reports what is on it, without waiting", async () => {
  const client = fleet(session("1", HOST_A), session("2", HOST_B), session("3", undefined));
  const report = await drainServer(client, HOST_A);
  assertEquals(client.requests, [["closeServers", { ServerId: "a", Force: true }]]);
  assertEquals([report.drained, idsOf(report.remaining), report.deleted, report.failures], [
    false,
    ["1"],
    [],
    [],
  ]);
  assertEquals(client.slept, []);
});

Deno.test("drainServer() of an empty server is done at once, deleted sessions notwithstanding", async () => {
  const client = fleet(session("1", HOST_A, { State: "DELETED" }));
  assertEquals(await drainServer(client, HOST_A, { timeout: 60_000 }), {
    drained: true,
    remaining: [],
    deleted: [],
    failures: [],
  });
  assertEquals(client.slept, []);
});

Deno.test("drainServer() waits until the last session is gone", async () => {
  const client = fleet(session("1", HOST_A), session("2", HOST_A));
  client.plan = { 4_000: () => client.end("1"), 11_000: () => client.end("2") };
  const report = await drainServer(client, HOST_A, { timeout: 60_000, sleep: client.sleep });
  assertEquals(report.drained, true);
  assertEquals(client.slept, [5_000, 5_000, 5_000]);
});

Deno.test("drainServer() reports what is left when time runs out, and has not reopened the server", async () => {
  const client = fleet(session("1", HOST_A));
  const report = await drainServer(client, HOST_A, { timeout: 25, pollInterval: 10, sleep: client.sleep });
  assertEquals([report.drained, idsOf(report.remaining)], [false, ["1"]]);
  assertEquals(client.slept, [10, 10, 5]);
  assertEquals(client.requests.map(([operation]) => operation), ["closeServers"]);
});

Deno.test("drainServer() deletes all sessions in their owners' names, if asked, and each once", async () => {
  const client = fleet(
    session("1", HOST_A, { NumOfConnections: 2 }),
    session("2", HOST_A, { State: "DELETING" }),
    session("3", HOST_B),
  );
  client.plan = { 10: () => client.end("2"), 20: () => client.end("1") };
  const report = await drainServer(client, HOST_A, {
    deleteSessions: "all",
    timeout: 1_000,
    pollInterval: 10,
    sleep: client.sleep,
  });
  assertEquals([report.drained, report.deleted], [true, ["1"]]);
  assertEquals(client.requests.slice(1), [
    ["deleteSessions", { SessionId: "1", Owner: "owner of 1", Force: false }],
  ]);
});

Deno.test("drainServer() deletes idle sessions as their users leave, and those only", async () => {
  const unsaid = { NumOfConnections: undefined };
  const client = fleet(
    session("1", HOST_A, { NumOfConnections: 1 }),
    session("2", HOST_A, unsaid),
    session("3", HOST_A),
  );
  client.plan = { 20: () => client.session("1").NumOfConnections = 0 };
  const report = await drainServer(client, HOST_A, {
    deleteSessions: "idle",
    timeout: 30,
    pollInterval: 10,
    sleep: client.sleep,
  });
  assertEquals([report.drained, report.deleted], [false, ["3", "1"]]);
});

Deno.test("drainServer() deletes by force what is in UNKNOWN, since its host does not answer", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  await drainServer(client, HOST_A, { deleteSessions: "all" });
  assertEquals(client.requests.at(-1), [
    "deleteSessions",
    { SessionId: "1", Owner: "owner of 1", Force: true },
  ]);
});

Deno.test("drainServer() reports a refused deletion and tries it again, but not one of a session that is gone", async () => {
  const client = fleet(session("1", HOST_A), session("2", HOST_A));
  client.refusals = { 1: "Not now", 2: "The requested dcvSession does not exist" };
  const first = await drainServer(client, HOST_A, { deleteSessions: "all" });
  assertEquals(first.deleted, []);
  assertEquals(first.failures, [
    { code: "REQUEST_FAILED", reason: "Not now", item: { SessionId: "1", FailureReason: "Not now" } },
  ]);

  client.plan = { 10: () => client.refusals = {} };
  const options = { timeout: 10, pollInterval: 10, sleep: client.sleep };
  const second = await drainServer(client, HOST_A, { ...options, deleteSessions: "all" });
  assertEquals([second.deleted, second.failures], [["1", "2"], []]);
});

Deno.test("drainServer() knows sessions by address and name where the broker gives no server id", async () => {
  const { Ip, Hostname } = HOST_A;
  const client = fleet(
    session("1", { Ip, Hostname }),
    session("2", { Ip }),
    session("3", { Ip, Hostname: "another" }),
    session("4", { Id: "another", Ip, Hostname }),
    session("5", {}),
  );
  assertEquals(idsOf((await drainServer(client, HOST_A)).remaining), ["1", "2"]);
  assertEquals(idsOf((await drainServer(client, { Id: "a" })).remaining), []);
});

Deno.test("drainServer() fails if the broker does not close the server, and touches no session", async () => {
  const client = fleet(session("1", { Id: "gone" }));
  const error = await assertRejects(
    () => drainServer(client, { Id: "gone" }, { deleteSessions: "all" }),
    BatchError,
    "Dcv server not found.",
  );
  assertEquals(error.code, "DCV_SERVER_NOT_FOUND");
  assertEquals(client.requests.length, 1);
});

Deno.test("drainServer() ends with the signal's reason and leaves the server closed", async () => {
  const client = fleet(session("1", HOST_A));
  const controller = new AbortController();
  const reason = new Error("enough");
  client.plan = { 10: () => controller.abort(reason) };
  const error = await assertRejects(() =>
    drainServer(client, HOST_A, {
      timeout: 1_000,
      pollInterval: 10,
      sleep: client.sleep,
      signal: controller.signal,
    })
  );
  assertStrictEquals(error, reason);
  assertEquals(client.requests.map(([operation]) => operation), ["closeServers"]);
});

Deno.test("drainServer() ends an abort in real time too, leaving no timer behind", async () => {
  const client = fleet(session("1", HOST_A));
  const controller = new AbortController();
  const drained = drainServer(client, HOST_A, { timeout: 3_600_000, signal: controller.signal });
  queueMicrotask(() => controller.abort());
  await assertRejects(() => drained, DOMException, "abort");
});

Deno.test("drainServer() refuses bad options before it closes anything", async () => {
  const client = fleet();
  await assertRejects(() => drainServer(client, {}), TypeError, '"server.Id" must be');
  for (const options of [{ timeout: -1 }, { timeout: NaN }, { pollInterval: 0 }]) {
    const name = Object.keys(options)[0];
    await assertRejects(() => drainServer(client, HOST_A, options), TypeError, `"${name}" must be`);
  }
  await assertRejects(
    // @ts-expect-error only "idle" and "all" are typed
    () => drainServer(client, HOST_A, { deleteSessions: "busy" }),
    TypeError,
    '"deleteSessions" must be "idle" or "all": got "busy"',
  );
  assertEquals(client.requests, []);
});

Deno.test("sweepUnknownSessions() deletes by force what has been in UNKNOWN for long enough, as observed", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }), session("2", HOST_B));
  const observed = new Map<string, number>();
  const sweepAt = (time: number) =>
    sweepUnknownSessions(client, { observed, olderThan: 100, now: () => time });

  assertEquals(await sweepAt(1_000), { stuck: [], deleted: [], failures: [] });
  assertEquals(idsOf((await sweepAt(1_099)).stuck), []);
  assertEquals(client.requests, []);

  const report = await sweepAt(1_100);
  assertEquals([idsOf(report.stuck), report.deleted], [["1"], ["1"]]);
  assertEquals(client.requests, [
    ["deleteSessions", { SessionId: "1", Owner: "owner of 1", Force: true }],
  ]);
});

Deno.test("sweepUnknownSessions() waits five minutes by default", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  const observed = new Map<string, number>();
  const stuckAt = async (time: number) =>
    idsOf((await sweepUnknownSessions(client, { observed, now: () => time, dryRun: true })).stuck);
  assertEquals([await stuckAt(0), await stuckAt(299_999), await stuckAt(300_000)], [[], [], ["1"]]);
});

Deno.test("sweepUnknownSessions() begins anew with a session that recovered in between", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  const observed = new Map<string, number>();
  const sweepAt = (time: number) =>
    sweepUnknownSessions(client, { observed, olderThan: 100, now: () => time });
  await sweepAt(0);
  client.session("1").State = "READY";
  await sweepAt(50);
  assertEquals(observed.size, 0);
  client.session("1").State = "UNKNOWN";
  assertEquals((await sweepAt(100)).stuck, []);
  assertEquals(idsOf((await sweepAt(200)).stuck), ["1"]);
});

Deno.test("sweepUnknownSessions() forgets sessions that are gone", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  const observed = new Map<string, number>();
  await sweepUnknownSessions(client, { observed });
  client.sessions = [];
  await sweepUnknownSessions(client, { observed });
  assertEquals([...observed], []);
});

Deno.test("sweepUnknownSessions() only reports in a dry run", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  const report = await sweepUnknownSessions(client, { observed: new Map(), olderThan: 0, dryRun: true });
  assertEquals([idsOf(report.stuck), report.deleted], [["1"], []]);
  assertEquals(client.requests, []);
});

Deno.test("sweepUnknownSessions() spares an id that is also that of a session in use on another host", async () => {
  const client = fleet(
    session("console", HOST_A, { State: "UNKNOWN" }),
    session("console", HOST_B, { State: "READY" }),
    session("2", HOST_A, { State: "UNKNOWN" }),
    session("2", HOST_B, { State: "DELETED" }),
  );
  const report = await sweepUnknownSessions(client, { observed: new Map(), olderThan: 0 });
  assertEquals(idsOf(report.stuck), ["2"]);
});

Deno.test("sweepUnknownSessions() reports a refused deletion", async () => {
  const client = fleet(session("1", HOST_A, { State: "UNKNOWN" }));
  client.refusals = { 1: "Not now" };
  const report = await sweepUnknownSessions(client, { observed: new Map(), olderThan: 0 });
  assertEquals([report.deleted, report.failures.map(({ reason }) => reason)], [[], ["Not now"]]);
});

Deno.test("sweepUnknownSessions() refuses a negative age, and ends with the signal's reason", async () => {
  const observed = new Map<string, number>();
  await assertRejects(
    () => sweepUnknownSessions(fleet(), { observed, olderThan: -1 }),
    TypeError,
    '"olderThan" must be',
  );
  const reason = new Error("enough");
  const signal = AbortSignal.abort(reason);
  assertStrictEquals(await assertRejects(() => sweepUnknownSessions(fleet(), { observed, signal })), reason);
});
