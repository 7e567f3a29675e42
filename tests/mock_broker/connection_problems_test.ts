import { assertEquals, assertMatch } from "@std/assert";
import { once } from "node:events";
import { connect } from "node:net";
import type { MockBroker } from "@dcvkit/mock-broker";
import { createBroker } from "./call.ts";
import { startCommand } from "./command.ts";

/** Sends bytes to a server and waits until it ends the connection. */
async function sendTo(url: string, text: string): Promise<void> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => {});
  socket.resume();
  const closed = once(socket, "close");
  socket.write(text);
  await closed;
}

/** Tries to speak TLS with a server whose authority nobody trusts. */
async function failToTrust(url: string): Promise<void> {
  await fetch(`${url}/health`).then(() => Promise.reject(new Error("It was trusted")), () => {});
}

/** The first problem in the journal, once there is one. */
async function problemOf(broker: MockBroker): Promise<string> {
  while (true) {
    const found = broker.journal.entries().find(({ problem }) => problem !== undefined);
    if (found) return found.problem!;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

Deno.test("a client that does not trust the CA is in the journal: no request of it ever comes", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0 });
  await failToTrust(server.url);
  assertMatch(
    await problemOf(broker),
    /^TLS handshake failed: the client does not trust the certificate's authority \(\w+\), from 127\.0\.0\.1$/,
  );
});

Deno.test("plain HTTP on a port for HTTPS is in the journal", async () => {
  const broker = createBroker();
  await using server = await broker.listen({ port: 0, agentPort: 0 });
  await sendTo(server.agentUrl!, "GET / HTTP/1.1\r\nHost: broker\r\n\r\n");
  assertMatch(await problemOf(broker), /^TLS handshake failed: the client .*plain HTTP/);
  assertEquals(broker.journal.entries().map(({ connector, method, path }) => [connector, method, path]), [
    ["agent", "", ""],
  ]);
});

Deno.test("TLS on a port for plain HTTP, and what is no HTTP at all, are in the journal", async () => {
  const texts: [text: string, problem: RegExp][] = [
    [
      "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
      /^Request could not be read: the client spoke TLS to a port/,
    ],
    ["nonsense\r\n\r\n", /^Request could not be read: .*Parse Error/],
  ];
  for (const [text, problem] of texts) {
    const broker = createBroker();
    await using server = await broker.listen({ port: 0, tls: false });
    await sendTo(server.url, text);
    assertMatch(await problemOf(broker), problem);
    assertEquals(broker.journal.toHar().log.entries, []);
  }
});

Deno.test("the command tells of a client that does not trust its CA", async () => {
  await using broker = await startCommand();
  await failToTrust(/broker on (\S+)/.exec(broker.output)![1]!);
  assertMatch(await broker.readUntil("\n"), / no request - TLS handshake failed: the client does not trust/);
});
