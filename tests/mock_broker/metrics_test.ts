import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

async function metricsOf(broker: MockBroker): Promise<string> {
  const answer = await broker.fetch(`${broker.url}/_mock/metrics`);
  assertEquals(
    answer.headers.get("Content-Type"),
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  return await answer.text();
}

Deno.test("metrics count requests by operation and status, whatever leaves the journal", async () => {
  const broker = createBroker({ journalSize: 1 });
  const caller = new Caller(broker);
  await caller.describeSessions();
  await caller.describeSessions();
  await broker.fetch(`${broker.url}/describeSessions`, { method: "POST" });
  await broker.fetch(`${broker.url}/nowhere`);
  const text = await metricsOf(broker);
  assertStringIncludes(text, 'dcv_broker_requests_total{operation="describeSessions",status="200"} 2\n');
  assertStringIncludes(text, 'dcv_broker_requests_total{operation="describeSessions",status="401"} 1\n');
  assertStringIncludes(text, 'dcv_broker_requests_total{operation="other",status="404"} 1\n');
});

Deno.test("metrics show durations as a histogram of simulated seconds", async () => {
  const broker = createBroker();
  broker.faults.add({ operation: "health", times: 1, fault: { type: "delay", milliseconds: 2_000 } });
  const slow = broker.fetch(`${broker.url}/health`);
  await new Promise((resolve) => setTimeout(resolve));
  broker.advance(2_000);
  await slow;
  await broker.fetch(`${broker.url}/health`);
  const text = await metricsOf(broker);
  const bucket = (le: string) =>
    `dcv_broker_request_duration_seconds_bucket{operation="health",status="200",le="${le}"}`;
  for (const [le, count] of [["0.005", 1], ["1", 1], ["5", 2], ["120", 2], ["+Inf", 2]] as const) {
    assertStringIncludes(text, `${bucket(le)} ${count}\n`);
  }
  assertStringIncludes(text, 'dcv_broker_request_duration_seconds_sum{operation="health",status="200"} 2\n');
  assertStringIncludes(
    text,
    'dcv_broker_request_duration_seconds_count{operation="health",status="200"} 2\n',
  );
});

Deno.test("metrics show sessions by state, hosts by availability, connections, the queue and faults", async () => {
  const broker = createBroker({
    servers: [{ hostname: "a", maxVirtualSessions: 1 }, { hostname: "b", closed: true }],
    sessions: [{ id: "s-1", owner: "ana", server: "a" }],
  });
  const caller = new Caller(broker);
  await caller.createSession({ Owner: "bob", EnqueueRequest: true });
  broker.sessions.connect("s-1", "ana");
  broker.faults.add({ operation: "health", fault: { type: "throttle" } });
  const text = await metricsOf(broker);
  assertStringIncludes(text, 'dcv_sessions{state="READY"} 1\n');
  assertStringIncludes(text, 'dcv_sessions{state="CREATING"} 1\n');
  assertStringIncludes(text, 'dcv_servers{availability="SERVER_FULL"} 1\n');
  assertStringIncludes(text, 'dcv_servers{availability="SERVER_CLOSED"} 1\n');
  assertStringIncludes(text, "dcv_connections 1\n");
  assertStringIncludes(text, "dcv_queued_creations 1\n");
  assertStringIncludes(text, "dcv_mock_faults 1\n");
  assertMatch(text, /# TYPE dcv_sessions gauge\n/);
  assertMatch(text, /# EOF\n$/);
});

Deno.test("metrics begin again with a reset, but not when the journal is cleared", async () => {
  const broker = createBroker();
  await broker.fetch(`${broker.url}/health`);
  broker.journal.clear();
  assertStringIncludes(
    await metricsOf(broker),
    'dcv_broker_requests_total{operation="health",status="200"} 1\n',
  );
  broker.reset();
  assertEquals((await metricsOf(broker)).includes("dcv_broker_requests_total{"), false);
});

Deno.test("fleetMetrics() has what a broker tells CloudWatch, under its names", async () => {
  const broker = createBroker({
    servers: [
      { hostname: "linux", os: "linux", maxVirtualSessions: 3 },
      { hostname: "windows", os: "windows" },
      { hostname: "closed", closed: true },
    ],
    sessions: [{ owner: "ana", server: "linux" }, { owner: "bob", server: "windows", type: "CONSOLE" }],
  });
  const caller = new Caller(broker);
  const { Id } = await caller.createReadySession({ Owner: "zoe" });
  await caller.deleteSessions([{ SessionId: Id, Owner: "zoe" }]);
  broker.advance(60_000);
  assertEquals({ ...broker.fleetMetrics() }, {
    "Number of DCV servers": 3,
    "Number of ready DCV servers": 1,
    "Number of DCV sessions": 2,
    "Number of DCV console sessions": 1,
    "Number of DCV virtual sessions": 1,
    "Describe sessions request time": 0,
    "Delete sessions request time": 0,
    "Create sessions request time": 0,
    "Get session connection data request time": 0,
    "Update session permissions request time": 0,
  });
  const answer = await broker.fetch(`${broker.url}/_mock/fleet-metrics`);
  assertEquals(await answer.json(), { ...broker.fleetMetrics() });
});

Deno.test("advice is told over the control API as it is in code", async () => {
  const broker = createBroker();
  const caller = new Caller(broker);
  for (let call = 0; call < 3; call++) await caller.describeSessions();
  const { advice } = await (await broker.fetch(`${broker.url}/_mock/advice`)).json();
  assertEquals(advice, JSON.parse(JSON.stringify(broker.advice())));
  assertEquals(advice[0].id, "token-per-call");
});
