// deno test -A
import { strictEqual } from "node:assert/strict";
import { MockBroker } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

Deno.test("a desktop is READY soon after it was asked for", async () => {
  const broker = new MockBroker({ clock: "manual" });
  const client = new SessionManagerClient({
    brokerUrl: broker.url,
    credentials: broker.credentials,
    fetch: broker.fetch,
  });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(30_000);
  const { Sessions } = await client.describeSessions({ SessionIds: [Id] });
  strictEqual(Sessions?.[0]?.State, "READY");
});

Deno.test("the same over HTTPS, for a program that cannot be given a fetch", async () => {
  const broker = new MockBroker({ clock: "manual" });
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });
  const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(30_000);
  const { Sessions } = await client.describeSessions({ SessionIds: [Id] });
  strictEqual(Sessions?.[0]?.State, "READY");
});
