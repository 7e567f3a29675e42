import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import type { MockBroker, MockBrokerOptions } from "@dcvkit/mock-broker";
import { Buffer } from "node:buffer";
import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type Answer, createBroker, send, tokenOf } from "./call.ts";

/** Every operation; each path is one that would be answered with a token. */
const OPERATIONS: [method: string, path: string, body?: string][] = [
  ["POST", "/describeSessions"],
  ["POST", "/describeServers"],
  ["POST", "/createSessions", "[]"],
  ["POST", "/deleteSessions", "[]"],
  ["PUT", "/sessionPermissions", "[]"],
  ["GET", "/sessionConnectionData/s1/ana"],
  ["POST", "/getSessionScreenshots", "[]"],
  ["POST", "/openServers", "[]"],
  ["POST", "/closeServers", "[]"],
];

function createPopulatedBroker(options: Parameters<typeof createBroker>[0] = {}): MockBroker {
  return createBroker({ sessions: [{ id: "s1", owner: "ana" }], ...options });
}

function describeWith(broker: MockBroker, authorization: string): Promise<Answer> {
  return send(broker, "POST", "/describeSessions", { headers: { Authorization: authorization } });
}

Deno.test("no operation is answered without an Authorization header", async () => {
  const broker = createPopulatedBroker();
  for (const [method, path, body] of OPERATIONS) {
    const { status, headers, body: answer } = await send(broker, method, path, { body });
    assertEquals([status, answer], [401, { error: "No authorization header" }], path);
    assertMatch(headers.get("Content-Type")!, /^application\/json/);
  }
});

Deno.test("every operation is answered with a token", async () => {
  const broker = createPopulatedBroker();
  const headers = { Authorization: `Bearer ${await tokenOf(broker)}` };
  for (const [method, path, body] of OPERATIONS) {
    assertEquals((await send(broker, method, path, { body, headers })).status, 200, path);
  }
});

Deno.test("authorization is examined before path parameters, bodies and sessions", async () => {
  const broker = createBroker();
  for (const path of ["aSession/aOwner", "%/%"]) {
    const { status, body } = await send(broker, "GET", `/sessionConnectionData/${path}`);
    assertEquals([status, body], [401, { error: "No authorization header" }]);
  }
  assertEquals((await send(broker, "POST", "/createSessions", { body: "{" })).status, 401);
});

Deno.test("a header that holds no bearer token is refused", async () => {
  const broker = createPopulatedBroker();
  const token = await tokenOf(broker);
  for (
    const header of [
      token,
      `Basic ${token}`,
      "Bearer",
      "Bearer ",
      `Bearer ${token} ${token}`,
      `Bearer${token}`,
    ]
  ) {
    const { status, body } = await describeWith(broker, header);
    assertEquals([status, body], [401, { error: "Invalid authorization header" }], header);
  }
});

Deno.test("the scheme of the header is taken in any case", async () => {
  const broker = createPopulatedBroker();
  const token = await tokenOf(broker);
  for (const scheme of ["Bearer", "bearer", "BEARER"]) {
    assertEquals((await describeWith(broker, `${scheme} ${token}`)).status, 200);
  }
});

Deno.test("a token that the broker did not issue is refused", async () => {
  const broker = createPopulatedBroker();
  const token = await tokenOf(broker);
  const foreign = await tokenOf(createBroker({ seed: 2 }));
  for (const other of ["x", `${token}x`, token.slice(1), token.toUpperCase(), foreign, "None", "undefined"]) {
    const { status, body } = await describeWith(broker, `Bearer ${other}`);
    assertEquals([status, body], [401, { error: "Invalid token" }], other);
  }
});

Deno.test("an expired token is refused as such", async () => {
  const broker = createPopulatedBroker();
  const token = await tokenOf(broker);
  broker.advance(3_600_000);
  const { status, body } = await describeWith(broker, `Bearer ${token}`);
  assertEquals([status, body], [401, { error: "Expired token" }]);
});

Deno.test("a token lasts over a change of the fleet, and is good for any client's sessions", async () => {
  const broker = createPopulatedBroker({
    clients: [{ clientId: "one" }, { clientId: "two", clientSecret: "s" }],
  });
  const { body } = await send(broker, "POST", "/oauth2/token?grant_type=client_credentials", {
    headers: { Authorization: `Basic ${btoa("two:s")}` },
  });
  broker.hosts.add();
  const { body: { Sessions } } = await describeWith(broker, `Bearer ${body.access_token}`);
  assertEquals(Sessions.length, 1);
});

Deno.test("enable-authorization = false needs no header, and minds none", async () => {
  const broker = createPopulatedBroker({ properties: { "enable-authorization": false } });
  for (const [method, path, body] of OPERATIONS) {
    assertEquals((await send(broker, method, path, { body })).status, 200, path);
  }
  for (const header of ["Bearer nonsense", "nonsense"]) {
    assertEquals((await describeWith(broker, header)).status, 200);
  }
});

/** A key pair of an authorization server, with what it signs: made by hand, as an independent issuer would. */
function createIssuer(kid = "key-1") {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const jwk = { ...publicKey.export({ format: "jwk" }), kid, alg: "ES256", use: "sig" } as JsonWebKey;
  return { keySet: { keys: [jwk] }, issue: (claims: object) => signJwt(privateKey, kid, claims) };
}

function signJwt(key: KeyObject, kid: string, claims: object): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const content = `${encode({ alg: "ES256", kid })}.${encode(claims)}`;
  const signature = sign("sha256", Buffer.from(content), { key, dsaEncoding: "ieee-p1363" });
  return `${content}.${signature.toString("base64url")}`;
}

const NOW = Date.UTC(2026, 0, 1) / 1000;

Deno.test("tokens of a registered authorization server are accepted, within their time", async () => {
  const { keySet, issue } = createIssuer();
  const broker = createPopulatedBroker({
    authServers: [createIssuer("other").keySet, keySet],
    properties: { "enable-authorization-server": false },
  });
  const token = issue({ sub: "portal", scope: "dcv-session-manager/sm_scope", exp: NOW + 60 });
  assertEquals((await describeWith(broker, `Bearer ${token}`)).status, 200);
  broker.advance(60_000);
  assertEquals((await describeWith(broker, `Bearer ${token}`)).status, 401);
  assertEquals((await describeWith(broker, `Bearer ${issue({ nbf: NOW + 3600 })}`)).status, 401);
});

Deno.test("a token without an end is refused: it could never be taken back", async () => {
  const { keySet, issue } = createIssuer();
  const broker = createPopulatedBroker({ authServers: [keySet] });
  assertEquals((await describeWith(broker, `Bearer ${issue({ sub: "portal" })}`)).status, 401);
});

Deno.test("tokens of an authorization server that is not registered are refused", async () => {
  const { keySet } = createIssuer();
  const broker = createPopulatedBroker({ authServers: [keySet] });
  const foreign = createIssuer().issue({ exp: NOW + 60 });
  const { status, body } = await describeWith(broker, `Bearer ${foreign}`);
  assertEquals([status, body], [401, { error: "Invalid token" }]);
  const unsigned = `${btoa('{"alg":"none"}').replaceAll("=", "")}.${btoa("{}").replaceAll("=", "")}.`;
  assertEquals((await describeWith(broker, `Bearer ${unsigned}`)).status, 401);
});

Deno.test("the key set of an authorization server may be a URL, loaded once", async () => {
  const { keySet, issue } = createIssuer();
  let requests = 0;
  const keyServer = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen() {} }, () => {
    requests++;
    return Response.json(keySet);
  });
  const broker = createPopulatedBroker({
    authServers: [`http://127.0.0.1:${keyServer.addr.port}/jwks.json`],
  });
  const token = issue({ exp: NOW + 60 });
  assertEquals((await describeWith(broker, `Bearer ${token}`)).status, 200);
  assertEquals((await describeWith(broker, `Bearer ${token}`)).status, 200);
  assertEquals(requests, 1);
  await keyServer.shutdown();
});

Deno.test("a token is refused where the key set cannot be loaded", async () => {
  const { issue } = createIssuer();
  const broker = createPopulatedBroker({ authServers: ["http://127.0.0.1:1/jwks.json"] });
  assertEquals((await describeWith(broker, `Bearer ${issue({ exp: NOW + 60 })}`)).status, 401);
});

Deno.test("an authorization server that is neither a key set nor a URL is a TypeError", () => {
  for (const server of ["", "jwks.json", "file:///jwks.json", {}, { keys: "x" }, { keys: [null] }, null, 1]) {
    const authServers = [server] as NonNullable<MockBrokerOptions["authServers"]>;
    assertThrows(() => createBroker({ authServers }), TypeError, "new MockBroker(): authServers[0]");
  }
});
