/**
 * Where connection URLs lead.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import type { HostOptions, ListenOptions, MockBrokerOptions } from "@dcvkit/mock-broker";
import { connectionUrl, dcvFile } from "@dcvkit/session-manager/connection";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { createBroker, send } from "./call.ts";
import { connectionData, visit } from "./desktop_visit.ts";

function brokerWith(server: HostOptions = {}, options: MockBrokerOptions = {}) {
  return createBroker({
    servers: [{ hostname: "render-1", ...server }],
    sessions: [{ id: "s1", owner: "ana" }],
    ...options,
  });
}

/** A broker that serves desktops, what it gives Ana, and a fetch that trusts its authority. */
async function listening(
  options: ListenOptions = {},
  server: HostOptions = {},
  more: MockBrokerOptions = {},
) {
  const broker = brokerWith(server, more);
  const listener = await broker.listen({ port: 0, desktopPort: 0, ...options });
  const fetch = createTlsFetch(listener.ca === undefined ? {} : { ca: listener.ca });
  const data = await connectionData(broker, "s1", "ana");
  return { broker, data, fetch, listener, [Symbol.asyncDispose]: () => listener.close() };
}

async function pageAt(fetch: typeof globalThis.fetch, url: string): Promise<string> {
  const response = await fetch(url);
  const text = await response.text();
  assertEquals(response.status, 200, text);
  return /<main[^>]* data-testid="(\w+)"/.exec(text)![1]!;
}

Deno.test("desktopUrl is where desktops are served, over HTTPS with a certificate of the mock's authority", async () => {
  await using served = await listening();
  const { desktopUrl } = served.listener;
  assert(/^https:\/\/127\.0\.0\.1:\d+$/.test(desktopUrl!), desktopUrl);
  const { searchParams } = new URL(connectionUrl(served.data));
  assertEquals(await pageAt(served.fetch, `${desktopUrl}/render-1?${searchParams}`), "connecting");
});

Deno.test("desktopUrl is absent where no port was asked for", async () => {
  await using listener = await brokerWith().listen({ port: 0 });
  assertEquals(listener.desktopUrl, undefined);
});

Deno.test("a host is shown where its desktop is served, as long as it is", async () => {
  const { broker, data, listener } = await listening();
  const { port } = new URL(listener.desktopUrl!);
  const { Server } = data.Session;
  assertEquals([Server?.Ip, Server?.Port, Server?.WebUrlPath], ["127.0.0.1", port, "/render-1"]);
  assertEquals(
    Server?.Endpoints?.map((endpoint) => [endpoint.Protocol, endpoint.Port, endpoint.WebUrlPath]),
    [
      ["HTTP", Number(port), "/render-1"],
      ["QUIC", Number(port), undefined],
    ],
  );
  assertEquals(Server?.DefaultDnsName, "localhost");
  await listener.close();
  const after = (await connectionData(broker, "s1", "ana")).Session.Server;
  assertEquals([after?.Ip, after?.Port, after?.WebUrlPath, after?.DefaultDnsName], [
    "10.0.0.1",
    "8443",
    "/",
    "render-1.dcv.internal",
  ]);
});

Deno.test("a host with an address, a port or a path of its own keeps all of them", async () => {
  for (const own of [{ ip: "192.0.2.7" }, { port: 9443 }, { webUrlPath: "/dcv" }]) {
    await using served = await listening({}, own);
    const { Ip, Port, WebUrlPath } = served.data.Session.Server!;
    const expected = { ip: "10.0.0.1", port: 8443, webUrlPath: "/", ...own };
    assertEquals([Ip, Port, WebUrlPath], [expected.ip, String(expected.port), expected.webUrlPath]);
  }
});

Deno.test("every form of a connection URL leads to the desktop", async () => {
  await using served = await listening();
  const { Session: { Id, Server }, ConnectionToken: token } = served.data;
  const { host, port } = new URL(served.listener.desktopUrl!);
  const urls = [
    connectionUrl(served.data),
    connectionUrl(served.data, { username: "ana" }),
    connectionUrl(served.data, { gateway: "localhost", port: Number(port) }),
    `https://${Server!.Ip}:${Server!.Port}${Server!.WebUrlPath}?authToken=${token}#${Id}`,
    `https://${Server!.Ip}:${Server!.Endpoints![0]!.Port}${
      Server!.WebUrlPath
    }/?authToken=${token}&username=ana#${Id}`,
    `https://${host}/?authToken=${token}#${Id}`,
  ];
  for (const url of urls) assertEquals(await pageAt(served.fetch, url), "connecting", url);
});

Deno.test("dcvFile() names the desktop", async () => {
  await using served = await listening();
  const { port } = new URL(served.listener.desktopUrl!);
  assertStringIncludes(
    dcvFile(served.data),
    `host=127.0.0.1\nport=${port}\nweburlpath=/render-1\nsessionid=s1\n`,
  );
});

Deno.test("desktops speak HTTPS where the broker speaks plain HTTP, and the authority is handed out for them", async () => {
  await using served = await listening({ tls: false });
  assertStringIncludes(served.listener.url, "http://");
  assertStringIncludes(served.listener.ca!, "BEGIN CERTIFICATE");
  assertEquals(await pageAt(served.fetch, connectionUrl(served.data)), "connecting");
});

Deno.test("a server that listens everywhere shows desktops on this machine", async () => {
  await using served = await listening({ hostname: "0.0.0.0" });
  assertEquals(served.data.Session.Server!.Ip, "127.0.0.1");
  assertEquals(await pageAt(served.fetch, connectionUrl(served.data)), "connecting");
});

Deno.test("in process connection URLs lead to the desktop as they are, whatever address a host has", async () => {
  for (const own of [{}, { ip: "192.0.2.7", port: 9443, webUrlPath: "/dcv" }]) {
    const broker = brokerWith(own);
    const data = await connectionData(broker, "s1", "ana");
    const urls = [
      connectionUrl(data),
      connectionUrl(data, { host: "render-1.dcv.internal" }),
      `${broker.desktopUrl}/render-1?authToken=${data.ConnectionToken}`,
      `${broker.desktopUrl}/?authToken=${data.ConnectionToken}`,
    ];
    for (const url of urls) assertEquals((await visit(broker, url)).page, "connecting", url);
  }
});

Deno.test("in process another host's address leads to that host", async () => {
  const broker = createBroker({ servers: [{ hostname: "a" }, { hostname: "b" }] });
  broker.sessions.createOnHost("b", { id: "s2", owner: "ana" });
  const data = await connectionData(broker, "s2", "ana");
  assertEquals((await visit(broker, connectionUrl(data, { host: "10.0.0.1" }))).code, "SESSION_NOT_ON_HOST");
});

Deno.test("a gateway is told where desktops are served, by name", async () => {
  await using served = await listening({}, {}, { properties: { "enable-gateway": true } });
  const path = "/resolveSession?sessionId=s1&transport=HTTP";
  const { body } = await send(served.broker, "POST", path, {}, served.broker.gatewayUrl);
  assertEquals([body.DcvServerEndpoint, body.Port, body.WebUrlPath], [
    "localhost",
    Number(new URL(served.listener.desktopUrl!).port),
    "/render-1",
  ]);
});

Deno.test("a gateway is told the names that hosts have been given", async () => {
  const gateway = { properties: { "enable-gateway": true } };
  const nameOf = async (server: HostOptions, more: MockBrokerOptions = {}) => {
    await using served = await listening({}, server, { ...gateway, ...more });
    const path = "/resolveSession?sessionId=s1&transport=HTTP";
    const { status, body } = await send(served.broker, "POST", path, {}, served.broker.gatewayUrl);
    return status === 200 ? body.DcvServerEndpoint : status;
  };
  const mapping = {
    ServerIdType: "Ip",
    ServerId: "10.0.0.1",
    DnsNames: { InternalDnsName: "mapped.internal" },
  } as const;
  assertEquals(await nameOf({ dnsName: "own.internal" }), "own.internal");
  assertEquals(await nameOf({}, { dnsMappings: [mapping] }), "mapped.internal");
  assertEquals(await nameOf({ dnsName: false }), 404);
});

Deno.test("each world has desktops of its own", async () => {
  await using served = await listening({}, {}, { worlds: true });
  const world = served.broker.worlds.get("tuesday");
  const data = await connectionData(world, "s1", "ana");
  assertEquals(data.Session.Server?.WebUrlPath, "/worlds/tuesday/render-1");
  assertEquals(await pageAt(served.fetch, connectionUrl(data)), "connecting");
  const client = new SessionManagerClient({
    brokerUrl: `${served.listener.url}/worlds/tuesday`,
    credentials: world.credentials,
    fetch: served.fetch,
  });
  await client.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  world.advance(10_000);
  assertEquals((await served.fetch(connectionUrl(data))).status, 404);
  assertEquals(await pageAt(served.fetch, connectionUrl(served.data)), "connecting");
});

Deno.test("faults strike the broker, and no desktop", async () => {
  await using served = await listening();
  served.broker.faults.add({ fault: { type: "status", status: 503 } });
  assertEquals(await pageAt(served.fetch, connectionUrl(served.data)), "connecting");
});
