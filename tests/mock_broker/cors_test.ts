import { assertEquals } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";

const ORIGIN = "https://portal.example";

/** Asks as a browser does before it sends a page's request with an access token. */
async function preflight(url: string): Promise<Response> {
  const response = await fetch(`${url}/describeSessions`, {
    method: "OPTIONS",
    headers: {
      "Origin": ORIGIN,
      "Access-Control-Request-Method": "POST",
      "Access-Control-Request-Headers": "authorization,content-type",
    },
  });
  await response.body?.cancel();
  return response;
}

async function describeSessions(url: string): Promise<Response> {
  const response = await fetch(`${url}/describeSessions`, { method: "POST", headers: { Origin: ORIGIN } });
  await response.body?.cancel();
  return response;
}

Deno.test("no web page may call the broker unless it is allowed", async () => {
  await using server = await new MockBroker().listen({ port: 0, tls: false });
  assertEquals((await preflight(server.url)).status, 405);
  assertEquals((await describeSessions(server.url)).headers.get("Access-Control-Allow-Origin"), null);
});

Deno.test("web pages of an allowed origin may send a token and read answers, refusals too", async () => {
  await using server = await new MockBroker().listen({ port: 0, tls: false, cors: ORIGIN });
  const { status, headers } = await preflight(server.url);
  assertEquals([status, headers.get("Access-Control-Allow-Origin")], [204, ORIGIN]);
  assertEquals(headers.get("Access-Control-Allow-Headers"), "authorization,content-type");
  const refusal = await describeSessions(server.url);
  assertEquals([refusal.status, refusal.headers.get("Access-Control-Allow-Origin")], [401, ORIGIN]);
});

Deno.test("web pages of another origin than the allowed one may not", async () => {
  await using server = await new MockBroker().listen({ port: 0, tls: false, cors: "https://other.example" });
  assertEquals((await describeSessions(server.url)).headers.get("Access-Control-Allow-Origin"), null);
});

Deno.test("where any web page may call the broker, none may use its control API", async () => {
  await using server = await new MockBroker().listen({ port: 0, tls: false, cors: true });
  assertEquals((await describeSessions(server.url)).headers.get("Access-Control-Allow-Origin"), "*");
  const control = await fetch(`${server.url}/_mock/reset`, {
    method: "OPTIONS",
    headers: { Origin: ORIGIN },
  });
  await control.body?.cancel();
  assertEquals(control.headers.get("Access-Control-Allow-Origin"), null);
});
