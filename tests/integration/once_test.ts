import assert from "node:assert/strict";
import { test } from "node:test";
import { type Fault, MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" } as const;

const FAULTS: [fault: Fault, code: string][] = [
  [{ type: "reset" }, "NETWORK_ERROR"],
  [{ type: "reset", handled: true }, "NETWORK_ERROR"],
  [{ type: "cutOff" }, "NETWORK_ERROR"],
  [{ type: "noAnswer", handled: true }, "TIMEOUT"],
  [{ type: "status", status: 502, handled: true }, "BROKER_ERROR"],
];

for (const tls of [true, false]) {
  const how = tls ? "createTlsFetch()" : "the global fetch";
  for (const [fault, code] of FAULTS) {
    test(`a creation is sent once over a kept connection of ${how}: ${JSON.stringify(fault)}`, async () => {
      const broker = new MockBroker();
      await using server = await broker.listen({ port: 0, tls });
      using tlsFetch = createTlsFetch(tls ? { ca: server.ca! } : {});
      const client = new SessionManagerClient({
        brokerUrl: server.url,
        credentials: broker.credentials,
        fetch: tls ? tlsFetch : undefined,
        timeout: 300,
        retry: { baseDelay: 0 },
      });
      await client.describeServers({}, { timeout: 30_000 });
      broker.faults.add({ operation: "createSessions", times: 1, fault });

      await assert.rejects(
        client.createSessions([SESSION]),
        (error) => error instanceof SessionManagerError && error.code === code,
      );
      await client.describeServers({}, { timeout: 30_000 }); // A copy would have come by now
      broker.journal.assertReceived({ operation: "createSessions" }, { times: 1 });
      const made = "handled" in fault || fault.type === "cutOff" ? 1 : 0;
      assert.equal(broker.sessions.list().total, made);
    });
  }
}
