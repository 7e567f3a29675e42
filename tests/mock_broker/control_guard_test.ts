import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { createBroker } from "./call.ts";

/** An address of this machine that others reach; none on a machine without a network. */
const OUTER_ADDRESS = Object.values(networkInterfaces()).flat()
  .find((found) => found && found.family === "IPv4" && !found.internal)?.address;

/** Asks for the clock over a socket, with headers that `fetch` would not let a program choose. */
function askForClock(
  port: string,
  headers: Record<string, string>,
  { host = "127.0.0.1", localAddress, path = "/_mock/clock" }: {
    host?: string | undefined;
    localAddress?: string;
    path?: string;
  } = {},
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path, localAddress, headers, agent: false }, async (answer) => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of answer) chunks.push(chunk);
      const text = new TextDecoder().decode(chunks[0]);
      resolve({ status: answer.statusCode!, text, headers: answer.headers });
    });
    sent.on("error", reject);
    sent.end();
  });
}

async function statusOf(
  headers: Record<string, string>,
  { control, hostname, from }: { control?: MockBrokerOptions["control"]; hostname?: string; from?: string } =
    {},
) {
  const broker = createBroker({ control });
  await using server = await broker.listen({ port: 0, tls: false, hostname });
  const { port } = new URL(server.url);
  const { status, text } = await askForClock(port, { Host: `localhost:${port}`, ...headers }, { host: from });
  return { status, text };
}

Deno.test("programs on this machine may use the control API, by its usual names", async () => {
  for (const Host of ["localhost", "localhost:1234", "LOCALHOST", "127.0.0.1:8443", "[::1]:8443"]) {
    assertEquals((await statusOf({ Host })).status, 200, Host);
  }
});

Deno.test("a program may ask in process under any name, since nobody else can", async () => {
  const broker = createBroker();
  const headers = { "X-Forwarded-For": "10.0.0.1", Origin: "https://evil.example" };
  const { status, body } = await broker.fetch(`${broker.url}/_mock/clock`, { headers });
  await body?.cancel();
  assertEquals(status, 200);
});

Deno.test("a name that somebody bound to this machine's address is refused", async () => {
  for (const Host of ["evil.example", "localhost.evil.example:80", "127.0.0.1.evil.example", "10.0.0.1"]) {
    const { status, text } = await statusOf({ Host });
    assertEquals(status, 403, Host);
    assertStringIncludes(text, "not reached under this name");
  }
});

Deno.test("pages of other sites are refused, and get no CORS headers; the broker's own are not", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, tls: false });
  const { port, origin } = new URL(server.url);
  const Host = `127.0.0.1:${port}`;
  for (const Origin of ["https://evil.example", "null", "http://127.0.0.1:1", `https://127.0.0.1:${port}`]) {
    const { status, headers } = await askForClock(port, { Host, Origin });
    assertEquals([status, headers["access-control-allow-origin"]], [403, undefined], Origin);
  }
  assertEquals((await askForClock(port, { Host, Origin: origin })).status, 200);
});

Deno.test("a server for other machines has no control API unless it is asked for", async () => {
  const wildcard = { hostname: "0.0.0.0" };
  assertEquals((await statusOf({}, wildcard)).status, 404);
  assertEquals((await statusOf({}, { ...wildcard, control: false })).status, 404);
  assertEquals((await statusOf({}, { ...wildcard, control: true })).status, 200);
});

Deno.test("where it is asked for, addresses are taken and names only if they are given", async () => {
  const everyone = { hostname: "0.0.0.0", control: true };
  assertEquals((await statusOf({ Host: "192.0.2.7:8443" }, everyone)).status, 200);
  assertEquals((await statusOf({ Host: "mock-broker:8443" }, everyone)).status, 403);
  const named = { hostname: "0.0.0.0", control: { hosts: ["Mock-Broker"] } };
  assertEquals((await statusOf({ Host: "mock-broker:8443" }, named)).status, 200);
  assertEquals((await statusOf({ Host: "other:8443" }, named)).status, 403);
});

Deno.test("an option that is neither is refused when the broker is made", () => {
  for (const control of <unknown[]> ["yes", null, {}, { hosts: "mock-broker" }, { hosts: [1] }]) {
    assertThrows(() => createBroker({ control: control as boolean }), TypeError, "new MockBroker(): control");
  }
});

Deno.test("other machines reach the control API only where it is asked for", async () => {
  const from = OUTER_ADDRESS;
  if (from === undefined) return;
  assertEquals((await statusOf({}, { hostname: from, from })).status, 404);
  assertEquals((await statusOf({ Host: from }, { hostname: from, from, control: true })).status, 200);
});

Deno.test({
  name:
    "a request that comes from another address is refused, though the server listens on this machine only",
  // Other systems do not let a connection to 127.0.0.1 come from elsewhere.
  ignore: Deno.build.os !== "linux" || OUTER_ADDRESS === undefined,
  async fn() {
    await using server = await createBroker().listen({ port: 0, tls: false });
    const { port } = new URL(server.url);
    const { status, text } = await askForClock(port, { Host: "localhost" }, { localAddress: OUTER_ADDRESS! });
    assertEquals(status, 403);
    assertStringIncludes(text, "answers only to this machine");
    await using open = await createBroker({ control: true }).listen({ port: 0, tls: false });
    const { port: openPort } = new URL(open.url);
    const answer = await askForClock(openPort, { Host: "localhost" }, { localAddress: OUTER_ADDRESS! });
    assertEquals(answer.status, 200);
  },
});

Deno.test("a request that a proxy or a tunnel forwards is refused, unless the control API is open", async () => {
  const forwarded = [
    { Forwarded: "for=203.0.113.7" },
    { "X-Forwarded-For": "203.0.113.7" },
    { "x-forwarded-host": "broker.example.com" },
    { "X-Forwarded-Proto": "https" },
    { "X-Real-IP": "203.0.113.7" },
    { Via: "1.1 proxy" },
    { "CF-Connecting-IP": "203.0.113.7" },
  ];
  for (const headers of forwarded) {
    const { status, text } = await statusOf(headers as Record<string, string>);
    assertEquals(status, 403, JSON.stringify(headers));
    assertStringIncludes(text, "forwarded");
    assertEquals((await statusOf(headers as Record<string, string>, { control: true })).status, 200);
  }
});

Deno.test("what a page of another site fetches or shows is refused; a link to a page here may be followed", async () => {
  const site = (value: string) => ({
    "Sec-Fetch-Site": value,
    "Sec-Fetch-Mode": "no-cors",
    "Sec-Fetch-Dest": "image",
  });
  assertEquals((await statusOf(site("cross-site"))).status, 403);
  assertEquals((await statusOf(site("same-site"))).status, 403);
  assertEquals((await statusOf(site("same-origin"))).status, 200);
  assertEquals((await statusOf(site("none"))).status, 200);
  const link = { "Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document" };
  assertEquals((await statusOf(link)).status, 200);
  assertEquals((await statusOf({ ...link, "Sec-Fetch-Dest": "iframe" })).status, 403);
});

Deno.test("the control API is guarded however its path is spelled", async () => {
  for (const cors of [false, true]) {
    await using server = await createBroker({ worlds: true }).listen({ port: 0, tls: false, cors });
    const { port } = new URL(server.url);
    const paths = [
      ...[
        "/_mock/clock",
        "/%5Fmock/clock",
        "/%5fmock/clock",
        "/_moc%6B/clock",
        "/_mock%2Fclock",
        "/./_mock/clock",
      ],
      ...["/x/../_mock/clock", "/%255Fmock/clock", "//_mock/clock", "/_MOCK/clock", "/worlds/w1/_mock/clock"],
      ...["/worlds/w1/%5Fmock/clock", "/worlds/w1%2F_mock/clock"],
    ];
    for (const path of paths) {
      for (
        const headers of [{ Host: "evil.example" }, { Host: "localhost", Origin: "https://evil.example" }]
      ) {
        const answer = await askForClock(port, headers as Record<string, string>, { path });
        const isShut = answer.status === 403 || answer.status === 404;
        assertEquals([isShut, answer.text.includes("frozen")], [true, false], `${path}: ${answer.text}`);
      }
      if (!cors) continue;
      const answer = await askForClock(port, { Host: "localhost" }, { path });
      const isOpen = answer.text.includes("frozen");
      assertEquals(isOpen && answer.headers["access-control-allow-origin"] !== undefined, false, path);
    }
  }
});
