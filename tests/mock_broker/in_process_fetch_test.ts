import { assert, assertEquals, assertRejects, assertStrictEquals } from "@std/assert";
import { createBroker, tokenOf } from "./call.ts";

Deno.test("fetch takes a URL in every form that the global one takes, and a Request", async () => {
  const { fetch, url } = createBroker();
  for (const input of [`${url}/health`, new URL(`${url}/health`), new Request(`${url}/health`)]) {
    assertEquals((await fetch(input)).status, 200);
  }
});

Deno.test("fetch can be passed on without its broker", async () => {
  const { fetch, url } = createBroker();
  const call = fetch;
  assertEquals((await call(`${url}/health`, { method: "GET" })).status, 200);
});

Deno.test("fetch prefers what its second argument says to what the Request says", async () => {
  const broker = createBroker();
  const request = new Request(`${broker.url}/describeSessions`);
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  assertEquals((await broker.fetch(request, { method: "POST", headers })).status, 200);
});

Deno.test("fetch finds the connector by the port, whatever the host is called", async () => {
  const { fetch, agentUrl, gatewayUrl } = createBroker({ properties: { "enable-gateway": true } });
  const allowed = async (url: string) => (await fetch(url)).headers.get("Allow");
  assertEquals(new URL(agentUrl).port, "8445");
  assertEquals(new URL(gatewayUrl).port, "8447");
  const agentPath = "/agent/validate-authentication-token";
  for (const origin of [agentUrl, "http://localhost:8445"]) {
    assertEquals(await allowed(origin + agentPath), "POST");
  }
  for (const origin of [gatewayUrl, "http://x:8447"]) {
    assertEquals(await allowed(`${origin}/resolveSession`), "POST");
  }
  for (const origin of ["https://broker", "https://broker:9443", "http://127.0.0.1:1"]) {
    assertEquals(await allowed(`${origin}/describeSessions`), "POST");
  }
});

Deno.test("fetch rejects with the reason of a signal that was aborted before, and nothing happens", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  const reason = new Error("enough");
  const body = JSON.stringify([{ Name: "n", Owner: "ana", Type: "VIRTUAL" }]);
  const call = () =>
    broker.fetch(`${broker.url}/createSessions`, { method: "POST", body, signal: AbortSignal.abort(reason) });
  assertStrictEquals(await assertRejects(call), reason);
  const { Sessions } = await (await broker.fetch(`${broker.url}/describeSessions`, { method: "POST" }))
    .json();
  assertEquals(Sessions, []);
});

Deno.test("fetch rejects with the reason of a signal that is aborted while it works", async () => {
  const broker = createBroker();
  const abort = new AbortController();
  const pending = broker.fetch(`${broker.url}/dcv-session-manager-api.yaml`, { signal: abort.signal });
  const reason = new Error("enough");
  abort.abort(reason);
  assertStrictEquals(await assertRejects(() => pending), reason);
});

Deno.test("fetch rejects what is no URL, as the global one does", async () => {
  const { fetch } = createBroker();
  await assertRejects(() => fetch("nonsense"), TypeError);
});

Deno.test("answers of fetch can be read once, as any body", async () => {
  const { fetch, url } = createBroker();
  const response = await fetch(`${url}/nope`);
  assert(response.headers.get("Content-Type"));
  assertEquals(await response.clone().json(), { error: "Not Found" });
  await response.text();
  await assertRejects(() => response.text(), TypeError);
});
