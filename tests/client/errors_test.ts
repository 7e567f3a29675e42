import {
  assert,
  assertEquals,
  assertFalse,
  assertInstanceOf,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { type ClientOptions, type SessionManagerClient, SessionManagerError } from "../../mod.ts";
import { failure, json, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

async function errorOf(
  answer: StubAnswer,
  call: (client: SessionManagerClient) => Promise<unknown> = (client) => client.describeSessions(),
  options: Partial<ClientOptions> = {},
): Promise<SessionManagerError> {
  const client = new StubBroker(answer).client({ retry: false, ...options });
  return await assertRejects(() => call(client), SessionManagerError);
}

const connect = (client: SessionManagerClient) => client.getSessionConnectionData("s-1", "ana");

/** Status and words of the broker, as far as they are known, and the code that stands for them. */
const ANSWERS: [number, string, string, ((client: SessionManagerClient) => Promise<unknown>)?][] = [
  [401, "No authorization header", "UNAUTHORIZED"],
  [400, "No authorization header", "UNAUTHORIZED"],
  [401, "Whatever", "UNAUTHORIZED"],
  [403, "Whatever", "FORBIDDEN"],
  [400, "Invalid input", "INVALID_REQUEST"],
  [400, 'Unrecognized field "MaxWidth" (class GetSessionScreenshotRequestData)', "UNKNOWN_FIELD"],
  [400, "The session is neither in READY nor UNKNOWN state", "SESSION_NOT_READY", connect],
  [400, "dcvSession is not in READY state", "SESSION_NOT_READY", connect],
  [400, "The requested dcvSession does not exist", "SESSION_NOT_FOUND", connect],
  [404, "Session not found", "SESSION_NOT_FOUND", connect],
  [404, "No such page", "NOT_FOUND"],
  [405, "Method not allowed", "HTTP_ERROR"],
  [302, "Over there", "HTTP_ERROR"],
  [429, "Slow down", "THROTTLED"],
  [500, "NullPointerException", "BROKER_ERROR"],
  [503, "Starting", "BROKER_ERROR"],
];

for (const [status, words, code, call] of ANSWERS) {
  Deno.test(`${status} "${words}" is ${code}`, async () => {
    const error = await errorOf(failure(status, words), call);
    assertEquals([error.code, error.status, error.brokerMessage], [code, status, words]);
    assertMatch(error.message, /^Cannot complete \w+: https:\/\/broker\.example:8443\/\S+ answered \d+: /);
    assertStringIncludes(error.message, ` answered ${status}: ${words}`);
    assertEquals(error.name, "SessionManagerError");
    assertEquals(error.operation, call ? "getSessionConnectionData" : "describeSessions");
  });
}

Deno.test("the broker's request id is in the error, and words under other keys are found", async () => {
  const error = await errorOf(json({ RequestId: "r-1", message: "Out of order" }, { status: 500 }));
  assertEquals([error.requestId, error.brokerMessage], ["r-1", "Out of order"]);
  const oauth = await errorOf(
    json({ error: "invalid_scope", error_description: "No such scope" }, { status: 400 }),
  );
  assertEquals(oauth.brokerMessage, "invalid_scope: No such scope");
});

Deno.test("an error page is quoted from its beginning, and kept up to a limit", async () => {
  const page = `<html>\n<title>Jetty says "no"</title>${" ".repeat(5_000)}</html>`;
  const error = await errorOf(() => new Response(page, { status: 502 }));
  assertEquals([error.code, error.brokerMessage], ["BROKER_ERROR", undefined]);
  assertStringIncludes(error.message, String.raw`answered 502: "<html>\n<title>Jetty says \"no\"</title>`);
  assertEquals(error.body, page.slice(0, 400));
  assert(error.message.length < 600);
});

for (const body of ["<html>Welcome</html>", "", "[]", "null", '"yes"', '{"Sessions": [']) {
  Deno.test(`200 with ${JSON.stringify(body)} is INVALID_RESPONSE`, async () => {
    const error = await errorOf(() => new Response(body));
    assertEquals([error.code, error.status, error.body], ["INVALID_RESPONSE", 200, body]);
    assertStringIncludes(error.message, `answered 200 without a JSON object: ${JSON.stringify(body)}`);
  });
}

/** An answer whose length is known, as brokers send it. */
function measured(body: string, type = "application/json"): Response {
  return new Response(body, { headers: { "Content-Type": type, "Content-Length": `${body.length}` } });
}

/** Does as on Bun, where an answer that says it is JSON is read without its text. */
async function onBun<T>(work: () => Promise<T>): Promise<T> {
  Object.assign(globalThis, { Bun: {} });
  try {
    return await work();
  } finally {
    Reflect.deleteProperty(globalThis, "Bun");
  }
}

Deno.test("Bun: JSON that is none is INVALID_RESPONSE, with the words of the parser", async () => {
  const error = await onBun(() => errorOf(() => measured('{"Sessions": [')));
  assertEquals([error.code, error.status], ["INVALID_RESPONSE", 200]);
  assertMatch(error.message, /answered 200 without a JSON object: .*JSON/);
});

Deno.test("Bun: JSON that is no answer is quoted", async () => {
  const error = await onBun(() => errorOf(() => measured('{ "error": "No authorization header" }')));
  assertEquals([error.code, error.body], ["UNAUTHORIZED", '{"error":"No authorization header"}']);
});

Deno.test("Bun: what does not say that it is JSON is quoted", async () => {
  const error = await onBun(() => errorOf(() => measured("<html>Welcome</html>", "text/html")));
  assertEquals([error.code, error.body], ["INVALID_RESPONSE", "<html>Welcome</html>"]);
});

Deno.test("Bun: a connection that is lost within the answer is NETWORK_ERROR", async () => {
  const lost = () => Object.assign(measured("{}"), { json: () => Promise.reject(new TypeError("lost")) });
  assertEquals((await onBun(() => errorOf(lost))).code, "NETWORK_ERROR");
});

Deno.test("connection data without a token is INVALID_RESPONSE", async () => {
  const error = await errorOf(json({ Session: { Id: "s-1" } }), connect);
  assertStringIncludes(error.message, "answered 200 without ConnectionToken");
});

Deno.test("no secret shows in an error, even if the broker repeats it", async () => {
  const jwt = `eyJhbGciOiJSUzI1NiJ9.${"hush".repeat(12)}.${"hush".repeat(12)}`;
  const echo: StubAnswer = ({ headers }) =>
    new Response(
      JSON.stringify({
        error: `Cannot take "${headers.authorization}"${
          /^Basic/.test(headers.authorization!) ? " or hush-secret" : ""
        }`,
        headers,
        access_token: "hush-1",
        nested: JSON.stringify({ ConnectionToken: "hush-2" }),
        form: "client_secret=hush-3&grant_type=client_credentials",
        jwt,
      }),
      { status: 500 },
    );
  const credentials = { clientId: "an-id", clientSecret: "hush-secret" };
  const atTokenEndpoint = await errorOf(echo, undefined, { credentials });
  const atBroker = await errorOf(echo, undefined, { credentials: { accessToken: "hush-token" } });
  for (const error of [atTokenEndpoint, atBroker]) {
    const shown = Deno.inspect(error, { depth: 10 }) + JSON.stringify(error);
    assertFalse(shown.includes("hush"), shown);
    assertFalse(shown.includes(btoa("an-id:hush-secret")), shown);
    assertStringIncludes(error.message, "[hidden]");
  }
});

/** How the runtimes say it, as seen on Node 20, Deno 2.9 and Bun 1.4; `[message, code, cause]`. */
const NETWORK_ERRORS: [string, string, TypeError][] = [
  ["CONNECTION_REFUSED", "Node", nodeError("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:8443")],
  ["CONNECTION_REFUSED", "Node, several addresses", nodeError("ECONNREFUSED", "")],
  ["CONNECTION_REFUSED", "Deno", denoError("tcp connect error: Connection refused (os error 111)")],
  [
    "CONNECTION_REFUSED",
    "Bun",
    bunError("ConnectionRefused", "Unable to connect. Is the computer able to access the url?"),
  ],
  ["HOST_NOT_FOUND", "Node", nodeError("ENOTFOUND", "getaddrinfo ENOTFOUND broker")],
  [
    "HOST_NOT_FOUND",
    "Deno",
    denoError("dns error: failed to lookup address information: Name or service not known"),
  ],
  ["HOST_NOT_FOUND", "Bun", bunError("ENOTFOUND", "getaddrinfo ENOTFOUND")],
  [
    "UNTRUSTED_CERTIFICATE",
    "Node",
    nodeError("SELF_SIGNED_CERT_IN_CHAIN", "self-signed certificate in certificate chain"),
  ],
  [
    "UNTRUSTED_CERTIFICATE",
    "Node, wrong name",
    nodeError("ERR_TLS_CERT_ALTNAME_INVALID", "Hostname/IP does not match"),
  ],
  ["UNTRUSTED_CERTIFICATE", "Deno", denoError("invalid peer certificate: UnknownIssuer")],
  ["UNTRUSTED_CERTIFICATE", "Bun", bunError("DEPTH_ZERO_SELF_SIGNED_CERT", "self signed certificate")],
  [
    "NETWORK_ERROR",
    "Node, before a certificate was seen",
    nodeError(
      "ECONNRESET",
      "Client network socket disconnected before secure TLS connection was established",
    ),
  ],
  ["NETWORK_ERROR", "Deno, before a certificate was seen", denoError("tls handshake eof")],
  [
    "UNTRUSTED_CERTIFICATE",
    "Deno, without the client certificate that is asked for",
    denoError("received fatal alert: CertificateRequired"),
  ],
  ["NETWORK_ERROR", "Node", nodeError("ECONNRESET", "read ECONNRESET")],
  ["NETWORK_ERROR", "Node, closed", nodeError("UND_ERR_SOCKET", "other side closed")],
  [
    "NETWORK_ERROR",
    "Node, in the body",
    new TypeError("terminated", { cause: nodeError("ECONNRESET", "").cause }),
  ],
  [
    "NETWORK_ERROR",
    "Deno",
    denoError("client error (SendRequest): Connection reset by peer (os error 104)"),
  ],
  ["NETWORK_ERROR", "Deno, in the body", new TypeError("error reading a body from connection")],
  ["NETWORK_ERROR", "Bun", bunError("ECONNRESET", "The socket connection was closed unexpectedly")],
  ["NETWORK_ERROR", "a browser", new TypeError("Failed to fetch")],
];

function nodeError(code: string, message: string): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error(message), { code }) });
}

function denoError(message: string): TypeError {
  const outer = "error sending request for url (https://tls-refused.example:8443/describeSessions)";
  return new TypeError(outer, { cause: new Error(message) });
}

function bunError(code: string, message: string): TypeError {
  return Object.assign(new TypeError(message), { code });
}

for (const [code, runtime, cause] of NETWORK_ERRORS) {
  Deno.test(`${code} is told by the words of ${runtime}`, async () => {
    const brokerUrl = "https://tls-refused.example:8443";
    const error = await errorOf(() => Promise.reject(cause), undefined, { brokerUrl });
    assertEquals([error.code, error.status], [code, undefined]);
    assertEquals(error.cause, cause);
    assertStringIncludes(error.message, `no answer from ${brokerUrl}/describeSessions: `);
    assertEquals(error.message.includes("createTlsFetch"), code === "UNTRUSTED_CERTIFICATE");
  });
}

const NOT_TLS: [string, TypeError][] = [
  ["Node", nodeError("ERR_SSL_WRONG_VERSION_NUMBER", "SSL routines:ssl3_get_record:wrong version number")],
  ["Deno", denoError("received corrupt message of type InvalidContentType")],
  ["Bun", bunError("EPROTO", "The TLS handshake failed. Does the server speak TLS on this port?")],
];

for (const [runtime, cause] of NOT_TLS) {
  Deno.test(`a port without TLS is told by the words of ${runtime}`, async () => {
    const brokerUrl = "https://tls-refused.example:8443";
    const error = await errorOf(() => Promise.reject(cause), undefined, { brokerUrl });
    assertEquals(error.code, "NETWORK_ERROR");
    assertEquals(error.message.match(/speak TLS/g)?.length, 1, error.message);
  });
}

Deno.test("a refused connection is CONNECTION_REFUSED on this runtime", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const error = await errorOf(() => fetch(`http://127.0.0.1:${port}`));
  assertEquals(error.code, "CONNECTION_REFUSED");
});

Deno.test("a body that ends too early is NETWORK_ERROR on this runtime", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const serving = (async () => {
    using connection = await listener.accept();
    await connection.read(new Uint8Array(1_024));
    await connection.write(
      new TextEncoder().encode('HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\n{"Sessions":'),
    );
  })();
  const error = await errorOf(() => fetch(`http://127.0.0.1:${listener.addr.port}`));
  await serving;
  assertEquals(error.code, "NETWORK_ERROR");
});

Deno.test("a redirect is not followed, since it would take the token elsewhere", async () => {
  const broker = new StubBroker(() =>
    new Response(null, { status: 302, headers: { location: "https://elsewhere" } })
  );
  const fetches: RequestInit[] = [];
  const fetch = (url: string, init: RequestInit) => {
    fetches.push(init);
    return broker.fetch(url, init);
  };
  const error = await assertRejects(() => broker.client({ fetch }).describeSessions(), SessionManagerError);
  assertEquals([error.status, fetches.length, fetches[0]?.redirect], [302, 1, "manual"]);
});

Deno.test("what is not known is not a property of the error", async () => {
  const error = await errorOf(() => Promise.reject(new TypeError("Failed to fetch")));
  assertInstanceOf(error, Error);
  assertEquals(Object.keys(error), ["code", "operation"]);
});
