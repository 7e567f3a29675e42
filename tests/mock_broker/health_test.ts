import { assertEquals } from "@std/assert";
import { createBroker, send } from "./call.ts";

Deno.test("GET /health is 200 with an empty body, for clients and agents, without a token", async () => {
  const broker = createBroker();
  for (const url of [broker.url, broker.agentUrl]) {
    const { status, body } = await send(broker, "GET", "/health", {}, url);
    assertEquals([status, body], [200, ""]);
  }
});

Deno.test("health says nothing about the fleet", async () => {
  const broker = createBroker({ servers: [] });
  assertEquals((await send(broker, "GET", "/health")).status, 200);
});

Deno.test("the gateway connector has no health check", async () => {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  assertEquals((await send(broker, "GET", "/health", {}, broker.gatewayUrl)).status, 404);
});
