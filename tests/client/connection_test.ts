import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { type ConnectionData, connectionUrl, dcvFile } from "../../src/connection.ts";
import type { Server } from "../../src/types.ts";

function connectionData(server: Server | undefined, sessionId = "SessionId1895"): ConnectionData {
  return { Session: { Id: sessionId, Server: server }, ConnectionToken: "header.payload.signature" };
}

const SERVER: Server = {
  Ip: "10.0.0.5",
  Hostname: "ip-10-0-0-5",
  Port: "1222",
  WebUrlPath: "/of-the-server",
  Endpoints: [
    { IpAddress: "0.0.0.0", Port: 9443, Protocol: "QUIC" },
    { IpAddress: "0.0.0.0", Port: 8444, WebUrlPath: "/web", Protocol: "HTTP" },
    { IpAddress: "0.0.0.0", Port: 9444, WebUrlPath: "/other", Protocol: "HTTP" },
  ],
};

Deno.test("connectionUrl() leads to the server's first HTTP endpoint at the address that the agent reports", () => {
  assertEquals(
    connectionUrl(connectionData(SERVER)),
    "https://10.0.0.5:8444/web?authToken=header.payload.signature#SessionId1895",
  );
});

Deno.test("connectionUrl() opens the native client if asked", () => {
  assertEquals(
    connectionUrl(connectionData(SERVER), { native: true }),
    "dcv://10.0.0.5:8444/web?authToken=header.payload.signature#SessionId1895",
  );
});

Deno.test("connectionUrl() falls back to the server's Port and WebUrlPath without an HTTP endpoint", () => {
  const server: Server = { ...SERVER, Endpoints: [{ Port: 9443, Protocol: "QUIC" }] };
  assertStringIncludes(connectionUrl(connectionData(server)), "https://10.0.0.5:1222/of-the-server?");
});

Deno.test("connectionUrl() falls back to 8443 and / when the broker knows neither port nor path", () => {
  assertStringIncludes(connectionUrl(connectionData({ Ip: "10.0.0.5" })), "https://10.0.0.5:8443/?");
  assertStringIncludes(
    connectionUrl(connectionData({ Ip: "10.0.0.5", Port: "", WebUrlPath: "" })),
    "https://10.0.0.5:8443/?",
  );
});

Deno.test("connectionUrl() takes an outside address and keeps the server's port and path", () => {
  const url = connectionUrl(connectionData(SERVER), { host: "203.0.113.7" });
  assertStringIncludes(url, "https://203.0.113.7:8444/web?");
});

Deno.test("connectionUrl() through a gateway uses nothing of the server", () => {
  const url = connectionUrl(connectionData(SERVER), { gateway: "gateway.example.com" });
  assertStringIncludes(url, "https://gateway.example.com:8443/?");
  assertEquals(connectionUrl(connectionData(undefined), { gateway: "gateway.example.com" }), url);
});

Deno.test("connectionUrl() lets a port and a path be given, for a gateway too", () => {
  const options = { port: 443, path: "desk" };
  assertStringIncludes(connectionUrl(connectionData(SERVER), options), "https://10.0.0.5:443/desk?");
  assertStringIncludes(
    connectionUrl(connectionData(SERVER), { ...options, gateway: "gateway.example.com" }),
    "https://gateway.example.com:443/desk?",
  );
});

Deno.test("connectionUrl() puts an IPv6 address in brackets", () => {
  const url = connectionUrl(connectionData({ Ip: "2001:db8::5" }));
  assertStringIncludes(url, "https://[2001:db8::5]:8443/?");
  assertEquals(new URL(url).hostname, "[2001:db8::5]");
});

Deno.test("connectionUrl() shows the user's name if given", () => {
  const url = connectionUrl(connectionData(SERVER), { username: "CORP\\ana b&c" });
  assertStringIncludes(url, "?authToken=header.payload.signature&username=CORP%5Cana%20b%26c#");
});

Deno.test("connectionUrl() keeps a path that is escaped already, and escapes what is not", () => {
  const url = connectionUrl(connectionData(SERVER), { path: "/a%20b/c d?e#f" });
  assertStringIncludes(url, ":8444/a%20b/c%20d%3Fe%23f?authToken=");
});

Deno.test("connectionUrl() brings token, session, user and path back whatever they hold", () => {
  const text = fc.string({ unit: "grapheme", minLength: 1 });
  fc.assert(fc.property(text, text, text, text, (token, sessionId, username, path) => {
    const data = { Session: { Id: sessionId, Server: SERVER }, ConnectionToken: token };
    const url = new URL(connectionUrl(data, { username, path }));
    assertEquals(url.origin, "https://10.0.0.5:8444");
    assertEquals([...url.searchParams], [["authToken", token], ["username", username]]);
    assertEquals(decodeURIComponent(url.hash.slice(1)), sessionId);
  }));
});

Deno.test("connectionUrl() and dcvFile() refuse a host that would lead elsewhere", () => {
  const hosts = [
    "evil.example/",
    "a@b",
    "a?b",
    "a#b",
    "a b",
    "a\nb",
    "a\\b",
    "gateway:8443",
    "1.2.3.4:80",
    "[::1",
    "é",
  ];
  for (const host of hosts) {
    assertThrows(
      () => connectionUrl(connectionData(SERVER), { host }),
      TypeError,
      `"host" must be a DNS name or an IP address`,
    );
    assertThrows(
      () => dcvFile(connectionData(SERVER), { gateway: host }),
      TypeError,
      `"host" must be a DNS name or an IP address`,
    );
    assertThrows(() => connectionUrl(connectionData({ Ip: host })), TypeError, JSON.stringify(host));
  }
});

Deno.test("connectionUrl() refuses what is no port", () => {
  for (const port of [0, -1, 1.5, 65536, NaN, Infinity]) {
    assertThrows(
      () => connectionUrl(connectionData(SERVER), { port }),
      TypeError,
      `"port" must be a port number: got ${port}`,
    );
  }
  assertThrows(() => connectionUrl(connectionData({ Ip: "10.0.0.5", Port: "8443/" })), TypeError, "8443/");
});

Deno.test("connectionUrl() says what to do about a session that has no server yet", () => {
  for (const server of [undefined, {}, { Hostname: "ip-10-0-0-5" }]) {
    const error = assertThrows(() => connectionUrl(connectionData(server)), TypeError);
    assertEquals(
      error.message,
      '"host" must be given, or "gateway", while the session has no server: got undefined',
    );
  }
});

Deno.test("connectionUrl() refuses an answer without a token or a session id", () => {
  assertThrows(
    () => connectionUrl({ Session: { Id: "id", Server: SERVER }, ConnectionToken: "" }),
    TypeError,
    '"ConnectionToken" must be a non-empty string',
  );
  assertThrows(() => connectionUrl(connectionData(SERVER, "")), TypeError, '"Session.Id" must be');
});

Deno.test("dcvFile() writes the parameters that the native client reads", () => {
  assertEquals(
    dcvFile(connectionData(SERVER), { username: "ana" }),
    [
      "[version]",
      "format=1.0",
      "",
      "[connect]",
      "host=10.0.0.5",
      "port=8444",
      "weburlpath=/web",
      "sessionid=SessionId1895",
      "authtoken=header.payload.signature",
      "user=ana",
      "",
    ].join("\n"),
  );
});

Deno.test("dcvFile() leaves the user out unless given", () => {
  const lines = dcvFile(connectionData(SERVER)).split("\n");
  assertEquals(lines.filter((line) => line.startsWith("user")), []);
});

Deno.test("dcvFile() writes an IPv6 address as it is, since the port stands apart", () => {
  assertStringIncludes(dcvFile(connectionData({ Ip: "2001:db8::5" })), "\nhost=2001:db8::5\nport=8443\n");
});

Deno.test("dcvFile() refuses a value whose line break would begin another parameter", () => {
  const broken = "x\nproxyhost=evil.example";
  const dataWith = (sessionId: string, token: string) => ({
    Session: { Id: sessionId, Server: SERVER },
    ConnectionToken: token,
  });
  assertThrows(() => dcvFile(dataWith(broken, "token")), TypeError, "sessionid");
  assertThrows(() => dcvFile(dataWith("id", "x\rproxyhost=evil.example")), TypeError, "authtoken");
  assertThrows(() => dcvFile(dataWith("id", "token"), { username: broken }), TypeError, "user");
});

Deno.test("dcvFile() never shows the token in an error", () => {
  const data = { Session: { Id: "id", Server: SERVER }, ConnectionToken: "secret\0" };
  const error = assertThrows(() => dcvFile(data), TypeError);
  assertEquals(error.message.includes("secret"), false);
});

Deno.test("dcvFile() always has one line for each parameter, whatever the path holds", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (path) => {
    assertEquals(dcvFile(connectionData(SERVER), { path }).split("\n").length, 10);
  }));
});
