import { assertEquals } from "@std/assert";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { createBroker, send, tokenOf } from "./call.ts";

const LIMIT = { "max-api-requests-per-second": 3, "enable-authorization": false } as const;

function createThrottledBroker(properties: MockBrokerOptions["properties"] = LIMIT) {
  const broker = createBroker({ properties });
  const request = async (forwardedFor?: string) => {
    const headers: HeadersInit = forwardedFor === undefined ? {} : { "X-Forwarded-For": forwardedFor };
    return (await send(broker, "POST", "/describeSessions", { headers })).status;
  };
  return { broker, request };
}

Deno.test("requests beyond max-api-requests-per-second are answered with 429, without Retry-After", async () => {
  const { broker, request } = createThrottledBroker();
  assertEquals([await request(), await request(), await request()], [200, 200, 200]);
  const { status, headers, body } = await send(broker, "POST", "/describeSessions");
  assertEquals([status, body], [429, { error: "Too many requests" }]);
  assertEquals(headers.get("Retry-After"), null);
});

Deno.test("the next second has room again", async () => {
  const { broker, request } = createThrottledBroker();
  for (let i = 0; i < 10; i++) await request();
  assertEquals(await request(), 429);
  broker.advance(1_000);
  assertEquals(await request(), 200);
});

Deno.test("a request that is throttled changes nothing", async () => {
  const { broker, request } = createThrottledBroker();
  for (let i = 0; i < 3; i++) await request();
  const body = JSON.stringify([{ Name: "n", Owner: "ana", Type: "VIRTUAL" }]);
  assertEquals((await send(broker, "POST", "/createSessions", { body })).status, 429);
  broker.advance(1_000);
  assertEquals((await send(broker, "POST", "/describeSessions")).body.Sessions, []);
});

Deno.test("token requests count, health checks and the OpenAPI file do not", async () => {
  const { broker, request } = createThrottledBroker();
  for (let i = 0; i < 10; i++) {
    assertEquals((await send(broker, "GET", "/health")).status, 200);
    assertEquals((await send(broker, "GET", "/dcv-session-manager-api.yaml")).status, 200);
  }
  for (let i = 0; i < 3; i++) await tokenOf(broker);
  assertEquals(await request(), 429);
  assertEquals((await send(broker, "GET", "/health")).status, 200);
});

Deno.test("requests without a valid token count too", async () => {
  const { broker } = createThrottledBroker({ "max-api-requests-per-second": 3 });
  const status = async () => (await send(broker, "POST", "/describeSessions")).status;
  assertEquals([await status(), await status(), await status(), await status()], [401, 401, 401, 429]);
});

Deno.test("X-Forwarded-For means nothing unless enable-throttling-forwarded-for-header says so", async () => {
  const { request } = createThrottledBroker();
  for (let i = 0; i < 3; i++) assertEquals(await request(`192.0.2.${i}`), 200);
  assertEquals(await request("192.0.2.9"), 429);
});

Deno.test("with enable-throttling-forwarded-for-header each client behind a load balancer has a limit of its own", async () => {
  const { request } = createThrottledBroker({ ...LIMIT, "enable-throttling-forwarded-for-header": true });
  for (let i = 0; i < 3; i++) assertEquals(await request("192.0.2.1"), 200);
  assertEquals(await request("192.0.2.1"), 429);
  assertEquals(await request("192.0.2.1, 198.51.100.7"), 429, "the first address is the client's");
  assertEquals(await request("192.0.2.2, 198.51.100.7"), 200);
  assertEquals(await request(), 200);
});

Deno.test("under a clock that stands there is no limit unless one is given", async () => {
  const { request } = createThrottledBroker({ "enable-authorization": false });
  for (let i = 0; i < 1_100; i++) assertEquals(await request(), 200);
});

Deno.test("under a clock that runs the limit is 1000", async () => {
  const clock = { start: new Date("2026-01-01T00:00:00Z"), speed: 0.001 };
  const broker = createBroker({ clock, properties: { "enable-authorization": false } });
  const status = async () => (await send(broker, "POST", "/describeSessions")).status;
  for (let i = 0; i < 1_000; i++) assertEquals(await status(), 200);
  assertEquals(await status(), 429);
});
