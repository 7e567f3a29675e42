import { assert, assertEquals, assertMatch, assertRejects, assertStringIncludes } from "@std/assert";
import { connect } from "node:net";
import { once } from "node:events";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { createBroker } from "./call.ts";

Deno.test("listen() serves over HTTPS with a certificate of the authority that it hands out", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0 });
  assertEquals(new URL(server.url).protocol, "https:");
  await using tls = createTlsFetch({ ca: server.ca! });
  const response = await tls(`${server.url}/health`);
  assertEquals(response.status, 200);
  await response.body?.cancel();
});

Deno.test("listen() serves over HTTP with tls: false, and has no authority then", async () => {
  await using server = await createBroker().listen({ port: 0, tls: false });
  assertEquals([new URL(server.url).protocol, server.ca], ["http:", undefined]);
  const response = await fetch(`${server.url}/nope`);
  assertEquals([response.status, await response.json()], [404, { error: "Not Found" }]);
});

Deno.test("listen() opens the agent's and the gateway's connector only where they are asked for", async () => {
  const broker = createBroker({ properties: { "enable-gateway": true } });
  await using clientsOnly = await broker.listen({ port: 0, tls: false });
  assertEquals([clientsOnly.agentUrl, clientsOnly.gatewayUrl], [undefined, undefined]);
  await using all = await broker.listen({ port: 0, agentPort: 0, gatewayPort: 0, tls: false });
  const allowed = async (url: string) => {
    const response = await fetch(url);
    await response.body?.cancel();
    return response.headers.get("Allow");
  };
  assertEquals(await allowed(`${all.agentUrl}/agent/validate-authentication-token`), "POST");
  assertEquals(await allowed(`${all.gatewayUrl}/resolveSession`), "POST");
  assertEquals(await allowed(`${all.url}/describeSessions`), "POST");
});

Deno.test("client-to-broker-connector-https-port is the port where no other is asked for", async () => {
  const free = await createBroker().listen({ port: 0, tls: false });
  const { port } = new URL(free.url);
  await free.close();
  const broker = createBroker({ properties: { "client-to-broker-connector-https-port": port } });
  await using server = await broker.listen({ tls: false });
  assertEquals(new URL(server.url).port, port);
});

Deno.test("two servers of a broker, and its fetch, show one world", async () => {
  const broker = createBroker({ properties: { "enable-authorization": false } });
  await using one = await broker.listen({ port: 0, tls: false });
  await using two = await broker.listen({ port: 0, tls: false });
  const body = JSON.stringify([{ Name: "n", Owner: "ana", Type: "VIRTUAL" }]);
  await (await fetch(`${one.url}/createSessions`, { method: "POST", body })).json();
  const count = async (url: string, send: typeof fetch = fetch) =>
    (await (await send(`${url}/describeSessions`, { method: "POST" })).json()).Sessions.length;
  assertEquals([await count(one.url), await count(two.url), await count(broker.url, broker.fetch)], [
    1,
    1,
    1,
  ]);
});

Deno.test("a port that is taken is an error that says so", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const port = Number(new URL(server.url).port);
  const error = await assertRejects(() => broker.listen({ port, tls: false }), Error);
  assertEquals(error.message, `Cannot listen on 127.0.0.1:${port}: another program listens there`);
});

Deno.test("where one connector cannot listen, none does", async () => {
  const broker = createBroker();
  await using taken = await broker.listen({ port: 0, tls: false });
  const agentPort = Number(new URL(taken.url).port);
  const free = await broker.listen({ port: 0, tls: false });
  const port = Number(new URL(free.url).port);
  await free.close();
  await assertRejects(() => broker.listen({ port, agentPort, tls: false }), Error, "another program");
  await using again = await broker.listen({ port, tls: false });
  assertEquals(new URL(again.url).port, String(port));
});

Deno.test("ports that there are not are a TypeError that names the option", async () => {
  const broker = createBroker();
  for (const option of ["port", "agentPort", "gatewayPort"]) {
    for (const port of [-1, 65_536, 1.5, NaN]) {
      const options = { port: 0, tls: false, [option]: port };
      await assertRejects(
        () => broker.listen(options),
        TypeError,
        `listen(): ${option}: must be a whole number`,
      );
    }
  }
});

Deno.test("a server that was closed answers nobody, and can be closed again", async () => {
  const server = await createBroker().listen({ port: 0, tls: false });
  await server.close();
  await server.close();
  await assertRejects(() => fetch(`${server.url}/health`), TypeError);
});

Deno.test("the limit on requests counts by the caller's address", async () => {
  const properties = { "max-api-requests-per-second": 2, "enable-authorization": false };
  const broker = createBroker({ properties });
  await using server = await broker.listen({ port: 0, tls: false });
  const status = async (url: string, send: typeof fetch) => {
    const response = await send(`${url}/describeSessions`, { method: "POST" });
    await response.body?.cancel();
    return response.status;
  };
  const statuses = [];
  for (let i = 0; i < 3; i++) statuses.push(await status(server.url, fetch));
  assertEquals(statuses, [200, 200, 429]);
  assertEquals(await status(broker.url, broker.fetch), 200);
});

Deno.test("text that is no HTTP, and HTTP that contradicts itself, is refused without harm to others", async () => {
  await using server = await createBroker().listen({ port: 0, tls: false });
  const port = Number(new URL(server.url).port);
  const head = "POST /describeSessions HTTP/1.1\r\nHost: broker\r\n";
  const texts = [
    "nonsense\r\n\r\n",
    `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`,
    `${head}Content-Length: -1\r\n\r\n`,
    `${head}Content-Length: many\r\n\r\n`,
    `${head}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
  ];
  for (const text of texts) {
    const answer = await talk(port, text);
    assert(answer === "" || answer.startsWith("HTTP/1.1 400"), `${JSON.stringify(text)}: ${answer}`);
  }
  const response = await fetch(`${server.url}/health`);
  await response.body?.cancel();
  assertEquals(response.status, 200);
});

/** Sends text over a bare socket; what comes back until the server ends the connection. */
async function talk(port: number, text: string): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk) => answer += chunk);
  socket.on("error", () => {});
  const closed = once(socket, "close");
  socket.write(text);
  await closed;
  return answer;
}

Deno.test("a server that was stopped refuses connections, and listens again where it did, with the same CA", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, agentPort: 0 });
  await using tls = createTlsFetch({ ca: server.ca! });
  const statusOf = async (url: string) => {
    const response = await tls(`${url}/health`);
    await response.body?.cancel();
    return response.status;
  };
  const [url, agentUrl] = [server.url, server.agentUrl!];
  assertEquals([await statusOf(url), await statusOf(agentUrl)], [200, 200]);
  for (let round = 0; round < 2; round++) {
    await server.stop();
    await server.stop();
    assertEquals(await codeOfConnecting(Number(new URL(url).port)), "ECONNREFUSED");
    assertEquals(await codeOfConnecting(Number(new URL(agentUrl).port)), "ECONNREFUSED");
    await server.start();
    await server.start();
    assertEquals([await statusOf(url), await statusOf(agentUrl)], [200, 200]);
  }
  assertEquals([server.url, server.agentUrl], [url, agentUrl]);
});

Deno.test("a server cannot start where another program listens by now, or once it was closed", async () => {
  const server = await createBroker().listen({ port: 0, tls: false });
  const port = Number(new URL(server.url).port);
  await server.stop();
  const other = await createBroker().listen({ port, tls: false });
  await assertRejects(() => server.start(), Error, "another program listens there");
  await other.close();
  await server.start();
  await server.close();
  await server.closed;
  await assertRejects(() => server.start(), Error, "Cannot start a server that was closed");
});

/** With what code a connection fails. */
async function codeOfConnecting(port: number): Promise<string | undefined> {
  const socket = connect(port, "127.0.0.1");
  return await new Promise((resolve) => {
    socket.on("error", ({ code }: NodeJS.ErrnoException) => resolve(code));
    socket.on("connect", () => {
      socket.destroy();
      resolve(undefined);
    });
  });
}

for (
  const [fault, words] of [
    ["expired", "certificate expired"],
    ["notYetValid", "certificate not valid yet"],
    ["wrongName", "not valid for name"],
  ] as const
) {
  Deno.test(`certificateFault: "${fault}" shows a certificate that clients refuse, of an authority that they trust`, async () => {
    await using server = await createBroker().listen({ port: 0, certificateFault: fault });
    using client = Deno.createHttpClient({ caCerts: [server.ca!] });
    const error = await assertRejects(() => fetch(`${server.url}/health`, { client }), TypeError);
    assertStringIncludes(String(error.cause), words);
  });
}

Deno.test("certificateFault is refused where it is none, or has no certificate to be wrong", async () => {
  const broker = createBroker();
  for (const options of [{ certificateFault: "old" }, { certificateFault: "expired", tls: false }]) {
    await assertRejects(
      () => broker.listen({ port: 0, ...options } as object),
      TypeError,
      "listen(): certificateFault",
    );
  }
});

Deno.test("a request of HTTP/1.0 without a host is answered, as load balancers ask for health", async () => {
  await using server = await createBroker().listen({ port: 0, tls: false });
  const port = Number(new URL(server.url).port);
  assertMatch(await talk(port, "GET /health HTTP/1.0\r\n\r\n"), /^HTTP\/1\.1 200 /);
  assertMatch(
    await talk(port, "POST /describeSessions HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}"),
    /^HTTP\/1\.1 401 /,
  );
  assertMatch(await talk(port, "GET /health HTTP/1.1\r\n\r\n"), /^HTTP\/1\.1 400 /);
});

Deno.test("close() ends connections that have not finished their TLS handshake", async () => {
  const server = await createBroker().listen({ port: 0 });
  const socket = connect(Number(new URL(server.url).port), "127.0.0.1");
  socket.on("error", () => {});
  await once(socket, "connect");
  const ended = once(socket, "close");
  await server.close();
  await ended;
});

Deno.test("a client that asks for HTTP/1.0 in the handshake gets it, as curl --http1.0 does", async () => {
  await using server = await createBroker().listen({ port: 0 });
  const { hostname, port } = new URL(server.url);
  using connection = await Deno.connectTls({
    hostname,
    port: Number(port),
    caCerts: [server.ca!],
    alpnProtocols: ["http/1.0"],
  });
  assertEquals((await connection.handshake()).alpnProtocol, "http/1.0");
});
