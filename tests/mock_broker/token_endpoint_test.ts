import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import { type Answer, createBroker, send } from "./call.ts";

const TOKEN_PATH = "/oauth2/token?grant_type=client_credentials";

function basic(text: string): Record<string, string> {
  const bytes = new TextEncoder().encode(text);
  return { Authorization: `Basic ${btoa(String.fromCharCode(...bytes))}` };
}

function requestToken(
  broker: MockBroker,
  { path = TOKEN_PATH, ...init }: { path?: string; headers?: HeadersInit; body?: BodyInit } = {},
): Promise<Answer> {
  const { clientId, clientSecret } = broker.credentials;
  return send(broker, "POST", path, { headers: basic(`${clientId}:${clientSecret}`), ...init });
}

async function usesToken(broker: MockBroker, token: string): Promise<number> {
  const headers = { Authorization: `Bearer ${token}` };
  return (await send(broker, "POST", "/describeSessions", { headers })).status;
}

Deno.test("token endpoint gives an access token for client credentials, with the grant in the query", async () => {
  const broker = createBroker();
  const { status, body, headers } = await requestToken(broker);
  assertEquals(status, 200);
  assertEquals(Object.keys(body), ["access_token", "token_type", "expires_in"]);
  assertEquals([body.token_type, body.expires_in], ["bearer", 3600]);
  assertEquals(headers.get("Cache-Control"), "no-store");
  assertEquals(await usesToken(broker, body.access_token), 200);
});

Deno.test("token endpoint gives a new token each time, and all of them are valid", async () => {
  const broker = createBroker();
  const first = (await requestToken(broker)).body.access_token;
  const second = (await requestToken(broker)).body.access_token;
  assertNotEquals(first, second);
  assertEquals([await usesToken(broker, first), await usesToken(broker, second)], [200, 200]);
});

Deno.test("token endpoint takes the grant from a form body too", async () => {
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    scope: "dcv-session-manager/sm_scope",
  });
  const answer = await requestToken(createBroker(), { path: "/oauth2/token", body });
  assertEquals(answer.status, 200);
});

Deno.test("token endpoint takes an empty form, and no body and no content type at all", async () => {
  const broker = createBroker();
  const { clientId, clientSecret } = broker.credentials;
  const form = {
    ...basic(`${clientId}:${clientSecret}`),
    "Content-Type": "application/x-www-form-urlencoded",
  };
  assertEquals((await requestToken(broker, { headers: form })).status, 200);
  assertEquals((await requestToken(broker)).status, 200);
});

Deno.test("token endpoint answers invalid_client for wrong, malformed and missing credentials", async () => {
  const broker = createBroker();
  const { clientId, clientSecret } = broker.credentials;
  const wrong: HeadersInit[] = [
    {},
    basic(`${clientId}:wrong`),
    basic(`wrong:${clientSecret}`),
    basic(clientId),
    basic(`${clientId}:`),
    basic(""),
    basic(`${clientId}:${clientSecret} `),
    { Authorization: "Basic" },
    { Authorization: "Basic ****" },
    { Authorization: `Bearer ${btoa(`${clientId}:${clientSecret}`)}` },
  ];
  for (const headers of wrong) {
    const answer = await requestToken(broker, { headers });
    assertEquals([answer.status, answer.body], [401, { error: "invalid_client" }], JSON.stringify(headers));
    assertMatch(answer.headers.get("WWW-Authenticate")!, /^Basic /);
  }
});

Deno.test("token endpoint does not take the client id and secret as form fields", async () => {
  const broker = createBroker();
  const { clientId, clientSecret } = broker.credentials;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    client_id: clientId,
    client_secret: clientSecret,
  });
  const answer = await requestToken(broker, { path: "/oauth2/token", headers: {}, body });
  assertEquals([answer.status, answer.body], [401, { error: "invalid_client" }]);
});

Deno.test("token endpoint answers invalid_request without a grant, unsupported_grant_type for another one", async () => {
  const broker = createBroker();
  for (const path of ["/oauth2/token", "/oauth2/token?grant_type="]) {
    const answer = await requestToken(broker, { path });
    assertEquals([answer.status, answer.body], [400, { error: "invalid_request" }], path);
  }
  for (const grant of ["password", "CLIENT_CREDENTIALS", "client_credentials%00"]) {
    const answer = await requestToken(broker, { path: `/oauth2/token?grant_type=${grant}` });
    assertEquals([answer.status, answer.body], [400, { error: "unsupported_grant_type" }], grant);
  }
});

Deno.test("token endpoint splits credentials at the first colon, and reads them as UTF-8", async () => {
  const clients = [
    { clientId: "portal", clientSecret: "a:b:c" },
    { clientId: "büro", clientSecret: "grün 🟢" },
  ];
  const broker = createBroker({ clients });
  for (const { clientId, clientSecret } of clients) {
    const answer = await requestToken(broker, { headers: basic(`${clientId}:${clientSecret}`) });
    assertEquals(answer.status, 200, clientId);
  }
});

Deno.test("client credentials have the form of the broker's own: a UUID, and the base64 of another", () => {
  const uuid = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
  const { clientId, clientSecret } = createBroker().credentials;
  assertMatch(clientId, uuid);
  assertMatch(atob(clientSecret), uuid);
});

Deno.test("access tokens expire when expires_in has passed", async () => {
  const broker = createBroker();
  const { access_token, expires_in } = (await requestToken(broker)).body;
  broker.advance(expires_in * 1000 - 1);
  assertEquals(await usesToken(broker, access_token), 200);
  broker.advance(1);
  assertEquals(await usesToken(broker, access_token), 401);
});

Deno.test("revokeTokens() voids the tokens that were issued, not those that will be", async () => {
  const broker = createBroker();
  const before = (await requestToken(broker)).body.access_token;
  broker.revokeTokens();
  assertEquals(await usesToken(broker, before), 401);
  assertEquals(await usesToken(broker, (await requestToken(broker)).body.access_token), 200);
});

Deno.test("enable-authorization-server = false takes the token endpoint away", async () => {
  const broker = createBroker({ properties: { "enable-authorization-server": false } });
  assertEquals((await requestToken(broker)).status, 404);
});
