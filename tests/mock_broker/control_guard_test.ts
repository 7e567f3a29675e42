import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { request } from "node:http";
import { networkInterfaces } from "node:os";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { createBroker } from "./call.ts";

/** Asks for the clock over a socket, with headers that `fetch` would not let a program choose. */
function askForClock(
  port: string,
  headers: Record<string, string>,
  host = "127.0.0.1",
): Promise<{ status: number; text: string; headers: NodeJS.Dict<string | string[]> }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host, port, path: "/_mock/clock", headers, agent: false }, async (answer) => {
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
  const { status, text } = await askForClock(port, { Host: `localhost:${port}`, ...headers }, from);
  return { status, text };
}

Deno.test("programs on this machine may use the control API, by its usual names", async () => {
  for (const Host of ["localhost", "localhost:1234", "LOCALHOST", "127.0.0.1:8443", "[::1]:8443"]) {
    assertEquals((await statusOf({ Host })).status, 200, Host);
  }
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
    assertThrows(() => createBroker({ control: control as boolean }), TypeError, `Option "control"`);
  }
});

Deno.test("other machines reach the control API only where it is asked for", async () => {
  const from = Object.values(networkInterfaces()).flat()
    .find((found) => found && found.family === "IPv4" && !found.internal)?.address;
  // On a machine without a network there is no other address to come from.
  if (from === undefined) return;
  assertEquals((await statusOf({}, { hostname: from, from })).status, 404);
  assertEquals((await statusOf({ Host: from }, { hostname: from, from, control: true })).status, 200);
});
