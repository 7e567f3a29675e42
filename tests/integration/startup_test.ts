import assert from "node:assert/strict";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { waitForBroker } from "@dcvkit/session-manager/startup";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

/** As a load balancer whose targets still start: it takes connections, and closes the first ones at once. */
async function startRelay(target: string, lost: number): Promise<AsyncDisposable & { url: string }> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let connections = 0;
  const relay = createServer((socket) => {
    if (++connections <= lost) return socket.destroy();
    const onward = connect(Number(port), hostname);
    for (const end of [socket, onward]) {
      sockets.add(end);
      end.on("error", () => {});
      end.on("close", () => [socket, onward].forEach((other) => other.destroy()));
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => relay.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://localhost:${(relay.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => relay.close(resolve));
    },
  };
}

test("waitForBroker() waits while a relay in front of the broker closes connections", async () => {
  const broker = new MockBroker();
  await using server = await broker.listen({ port: 0 });
  await using relay = await startRelay(server.url, 20);
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: relay.url, fetch, retry: false });
  await waitForBroker(client, { delay: 1 });
  broker.journal.assertReceived({ operation: "health" }, { times: 1 });
});

test("a connection that a relay closes before the handshake is NETWORK_ERROR, and tried again", async () => {
  const broker = new MockBroker();
  const { credentials } = broker;
  await using server = await broker.listen({ port: 0 });
  await using relay = await startRelay(server.url, 3);
  using fetch = createTlsFetch({ ca: server.ca! });
  const options = { brokerUrl: relay.url, credentials, fetch };

  const once = new SessionManagerClient({ ...options, retry: false }).describeSessions();
  await assert.rejects(
    once,
    (error) => error instanceof SessionManagerError && error.code === "NETWORK_ERROR",
  );
  const { Sessions } = await new SessionManagerClient({ ...options, retry: { baseDelay: 1 } })
    .describeSessions();
  assert.deepEqual(Sessions, []);
  broker.journal.assertReceived({ operation: "describeSessions" }, { times: 1 });
});
