import { assert, assertEquals, assertRejects, assertStrictEquals, assertThrows } from "@std/assert";
import { createPrivateKey } from "node:crypto";
import { createServer } from "node:https";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CertificateAuthority } from "../../mock_broker/server/certificates.ts";
import { createTlsFetch, type TlsFetchOptions } from "../../src/tls.ts";

const authority = CertificateAuthority.create();
const certificate = authority.issueServerCertificate();
const client = authority.issueClientCertificate("client");
const otherClient = authority.issueClientCertificate("other client");
const ca = authority.cert;
const encryptedKey = createPrivateKey(client.key)
  .export({ type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "hush" }).toString();

interface TestServer extends AsyncDisposable {
  url: string;
  /** How many connections were made so far. */
  connections(): number;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

async function startServer(handler: Handler): Promise<TestServer> {
  let connections = 0;
  const server = createServer(certificate, handler);
  server.on("secureConnection", () => connections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(server.address() as AddressInfo).port}/`,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Answers with what was received. */
async function echo(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method, url, headers } = request;
  response.end(JSON.stringify({ method, url, headers, body: await text(request) }));
}

/** A body that never ends. */
function drip(_request: IncomingMessage, response: ServerResponse): void {
  response.write("first");
}

/** An abort signal that knows how many listeners it has. */
function countedSignal(): { controller: AbortController; listeners(): number } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...args: Parameters<typeof addEventListener>) => {
    listeners.add(args[1]);
    addEventListener.apply(signal, args);
  };
  signal.removeEventListener = (...args: Parameters<typeof removeEventListener>) => {
    listeners.delete(args[1]);
    removeEventListener.apply(signal, args);
  };
  return { controller, listeners: () => listeners.size };
}

Deno.test("createTlsFetch() sends method, path, headers and body", async () => {
  await using server = await startServer(echo);
  using fetch = createTlsFetch({ ca });
  const response = await fetch(`${server.url}describeSessions?a=%20b`, {
    method: "POST",
    headers: { "Authorization": "Bearer token", "Content-Type": "application/json" },
    body: '{"Owner":"Zoë"}',
  });
  const { method, url, headers, body } = await response.json();
  assertEquals({ method, url, body }, {
    method: "POST",
    url: "/describeSessions?a=%20b",
    body: '{"Owner":"Zoë"}',
  });
  assertEquals(headers["authorization"], "Bearer token");
  assertEquals(headers["content-type"], "application/json");
  assertEquals(headers["content-length"], "16");
  assertEquals(headers["transfer-encoding"], undefined);
});

Deno.test("createTlsFetch() takes what fetch takes: strings, URLs, Requests, every kind of body", async () => {
  await using server = await startServer(echo);
  using tlsFetch = createTlsFetch({ ca });
  const fetch: typeof globalThis.fetch = tlsFetch;
  const bodies: Record<string, BodyInit> = {
    text: "a=1",
    bytes: new TextEncoder().encode("a=1"),
    parameters: new URLSearchParams({ a: "1" }),
    stream: new Blob(["a", "=1"]).stream(),
  };
  for (const [kind, body] of Object.entries(bodies)) {
    const response = await fetch(new URL(server.url), { method: "POST", body });
    assertEquals((await response.json()).body, "a=1", kind);
  }
  const request = new Request(server.url, { method: "PUT", body: "of the request" });
  const { method, body } = await (await fetch(request)).json();
  assertEquals({ method, body }, { method: "PUT", body: "of the request" });
});

Deno.test("createTlsFetch() gives status, headers and body as fetch does", async () => {
  await using server = await startServer((_request, response) => {
    response.writeHead(404, "Not Here", { "Set-Cookie": ["a=1", "b=2"], "X-Request-Id": "1895" });
    response.write("in two ");
    response.end("pieces");
  });
  using fetch = createTlsFetch({ ca });
  const response = await fetch(server.url);
  assert(!response.ok);
  assertEquals([response.status, response.statusText, response.url], [404, "Not Here", server.url]);
  assertEquals(response.headers.get("x-request-id"), "1895");
  assertEquals(response.headers.getSetCookie(), ["a=1", "b=2"]);
  assertEquals(await response.text(), "in two pieces");
});

Deno.test("createTlsFetch() gives no body where there is none", async () => {
  await using server = await startServer((request, response) => {
    response.writeHead(request.method === "DELETE" ? 204 : 200).end();
  });
  using fetch = createTlsFetch({ ca });
  for (const method of ["HEAD", "DELETE"]) {
    const response = await fetch(server.url, { method });
    assertStrictEquals(response.body, null, method);
  }
});

Deno.test("createTlsFetch() keeps its connection for the next call", async () => {
  await using server = await startServer(echo);
  using fetch = createTlsFetch({ ca });
  for (let call = 0; call < 5; call++) await (await fetch(server.url, { method: "POST" })).text();
  assertEquals(server.connections(), 1);
});

Deno.test("createTlsFetch() does not share connections with a fetch that trusts others", async () => {
  await using server = await startServer(echo);
  using trusting = createTlsFetch({ ca });
  using doubting = createTlsFetch({ ca: CertificateAuthority.create().cert });
  await (await trusting(server.url)).text();
  await assertRejects(() => doubting(server.url), TypeError, "cannot be trusted");
});

Deno.test("createTlsFetch() streams the body, and cancelling it closes the connection", async () => {
  const closed = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    request.socket.on("close", () => closed.resolve());
    drip(request, response);
  });
  using fetch = createTlsFetch({ ca });
  const reader = (await fetch(server.url)).body!.getReader();
  const { value } = await reader.read();
  assertEquals(new TextDecoder().decode(value), "first");
  await reader.cancel();
  await closed.promise;
});

Deno.test("createTlsFetch() gives the reason of an abort before, during and after the answer's head", async () => {
  const reason = new Error("No longer wanted");
  const arrived = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    if (request.url === "/drip") drip(request, response);
    else arrived.resolve();
  });
  using fetch = createTlsFetch({ ca });

  const before = await assertRejects(() => fetch(server.url, { signal: AbortSignal.abort(reason) }));
  assertStrictEquals(before, reason);
  assertEquals(server.connections(), 0);

  const during = new AbortController();
  const answer = fetch(server.url, { signal: during.signal });
  await arrived.promise;
  during.abort(reason);
  assertStrictEquals(await assertRejects(() => answer), reason);

  const after = new AbortController();
  const response = await fetch(`${server.url}drip`, { signal: after.signal });
  after.abort(reason);
  assertStrictEquals(await assertRejects(() => response.text()), reason);
});

Deno.test("createTlsFetch() obeys the signal of a Request", async () => {
  await using server = await startServer(() => {});
  using fetch = createTlsFetch({ ca });
  const controller = new AbortController();
  const answer = fetch(new Request(server.url, { signal: controller.signal }));
  controller.abort();
  assertEquals((await assertRejects(() => answer, DOMException)).name, "AbortError");
});

Deno.test("createTlsFetch() leaves no listener on the caller's signal, however the call ends", async () => {
  await using server = await startServer((request, response) => {
    if (request.url === "/reset") request.socket.destroy();
    else if (request.url === "/drip") drip(request, response);
    else response.end("done");
  });
  using fetch = createTlsFetch({ ca });
  const { controller, listeners } = countedSignal();
  const { signal } = controller;

  await (await fetch(server.url, { signal })).text();
  await assertRejects(() => fetch(`${server.url}reset`, { signal }));
  await (await fetch(`${server.url}drip`, { signal })).body!.cancel();
  const aborted = await fetch(`${server.url}drip`, { signal });
  assertEquals(listeners(), 1);
  controller.abort();
  await assertRejects(() => aborted.text());
  assertEquals(listeners(), 0);
});

Deno.test("createTlsFetch() fails with a TypeError whose cause has a code, as fetch does on Node", async () => {
  await using server = await startServer((request, response) => {
    if (request.url === "/reset") return void request.socket.destroy();
    response.writeHead(200, { "Content-Length": 100 });
    response.write("cut", () => request.socket.destroy());
  });
  using fetch = createTlsFetch({ ca });
  const codeOf = (error: Error) => (error.cause as { code: string }).code;

  const refused = await assertRejects(() => fetch("https://127.0.0.1:1/"), TypeError, "ECONNREFUSED");
  assertEquals(codeOf(refused), "ECONNREFUSED");
  const reset = await assertRejects(() => fetch(`${server.url}reset`), TypeError, "closed the connection");
  assertEquals(codeOf(reset), "ECONNRESET");
  const response = await fetch(server.url);
  const cut = await assertRejects(() => response.text(), TypeError, "broke off");
  assertEquals(codeOf(cut), "ECONNRESET");
});

Deno.test("createTlsFetch() follows no redirect, and hands it over only if asked to", async () => {
  await using server = await startServer((_request, response) => {
    response.writeHead(302, { Location: "https://elsewhere.invalid/" }).end();
  });
  using fetch = createTlsFetch({ ca });
  await assertRejects(
    () => fetch(server.url),
    TypeError,
    "answered 302 with location https://elsewhere.invalid/",
  );
  const response = await fetch(server.url, { redirect: "manual" });
  await response.body?.cancel();
  assertEquals([response.status, response.headers.get("location")], [302, "https://elsewhere.invalid/"]);
});

Deno.test("createTlsFetch() sends nothing in the clear", async () => {
  using fetch = createTlsFetch({ ca });
  await assertRejects(
    () => fetch("http://127.0.0.1:1/"),
    TypeError,
    "not an https: URL: http://127.0.0.1:1/",
  );
});

Deno.test("createTlsFetch() ends calls under way when closed, and connects anew when used again", async () => {
  const arrived = Promise.withResolvers<void>();
  await using server = await startServer((request, response) => {
    if (request.url === "/wait") arrived.resolve();
    else response.end("done");
  });
  using fetch = createTlsFetch({ ca });
  const answer = fetch(`${server.url}wait`);
  await arrived.promise;
  fetch.close();
  await assertRejects(() => answer, TypeError, "closed the connection");
  assertEquals(await (await fetch(server.url)).text(), "done");
});

const otherOptions: [string, TlsFetchOptions][] = [
  ["the bytes of a file as ca", { ca: new TextEncoder().encode(ca) }],
  ["a file that Windows PowerShell wrote", { ca: utf16(ca) }],
  ["a list of bytes and text as ca", { ca: [new TextEncoder().encode(otherClient.cert), ca] }],
  ["line breaks written out, as environment variables carry them", { ca: ca.replaceAll("\n", "\\n") }],
  ["a PEM text whose lines were joined", { ca: ca.replaceAll("\n", " ") }],
  ["a PEM text that is indented, as in YAML", { ca: ca.replaceAll("\n", "\n    ") }],
  ["one file for certificate and key", {
    ca: ca + client.key,
    cert: client.key + client.cert,
    key: client.cert + client.key,
  }],
  ["an encrypted key with its passphrase", {
    ca,
    cert: client.cert,
    key: encryptedKey,
    passphrase: "hush",
  }],
];

for (const [name, options] of otherOptions) {
  Deno.test(`createTlsFetch() takes ${name}`, async () => {
    await using server = await startServer(echo);
    using fetch = createTlsFetch(options);
    const response = await fetch(server.url, { method: "POST", body: "a=1" });
    assertEquals((await response.json()).body, "a=1");
  });
}

function utf16(text: string): Uint8Array {
  const units = Uint16Array.from(`\ufeff${text}`, (character) => character.charCodeAt(0));
  return new Uint8Array(units.buffer);
}

const refusedOptions: [string, unknown, string][] = [
  ["a path as ca", { ca: "/etc/ca.pem" }, '"ca" holds no PEM certificate: "/etc/ca.pem"'],
  ["a private key as ca", { ca: client.key }, '"ca" holds no PEM certificate: -----BEGIN PRIVATE KEY-----'],
  ["an empty list as ca", { ca: [] }, '"ca" must be PEM text or a list of PEM texts: an empty list'],
  ["bytes that are no text as ca", { ca: new Uint8Array(3) }, '"ca" holds no PEM certificate: 3 characters'],
  ["an object as ca", { ca: {} }, '"ca" must be PEM text or a list of PEM texts: object'],
  [
    "a key without its armour, which it does not show",
    { cert: client.cert, key: client.key.split("\n")[1] },
    '"key" holds no PEM private key: 64 characters without a "-----BEGIN" line',
  ],
  ["one bad text of several in ca", { ca: [ca, "x"] }, '"ca" holds no PEM certificate: 1 characters'],
  [
    "a broken certificate in ca",
    { ca: `${ca}-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n` },
    '"ca" holds a certificate that cannot be read: number 2',
  ],
  ["cert without key", { cert: client.cert }, '"key" must be given with "cert"'],
  ["key without cert", { key: client.key }, '"cert" must be given with "key"'],
  ["a path as cert", { cert: "cert.pem", key: client.key }, '"cert" holds no PEM certificate: "cert.pem"'],
  ["a path as key", { cert: client.cert, key: "key.pem" }, '"key" holds no PEM private key: "key.pem"'],
  [
    "an encrypted key without a passphrase",
    { cert: client.cert, key: encryptedKey },
    '"key" is encrypted: its "passphrase" must be a string, not undefined',
  ],
  [
    "the wrong passphrase",
    { cert: client.cert, key: encryptedKey, passphrase: "wrong" },
    '"key" cannot be decrypted: the "passphrase" is wrong',
  ],
  [
    "the key of another certificate",
    { cert: client.cert, key: otherClient.key },
    '"key" is not the private key of the first certificate in "cert": O=dcvkit, CN=client',
  ],
  ["an IP address as serverName", { serverName: "10.0.0.7" }, '"serverName" must be a host name: "10.0.0.7"'],
  [
    "a URL as serverName",
    { serverName: "https://broker" },
    '"serverName" must be a host name: "https://broker"',
  ],
  [
    "text where verification is switched off",
    { dangerouslyDisableVerification: "false" },
    '"dangerouslyDisableVerification" must be true or false: "false"',
  ],
];

for (const [name, options, message] of refusedOptions) {
  Deno.test(`createTlsFetch() refuses ${name}`, () => {
    const error = assertThrows(() => createTlsFetch(options as TlsFetchOptions), TypeError, message);
    assert(!error.message.includes(client.key.split("\n")[1]!), "The message shows the private key");
  });
}
