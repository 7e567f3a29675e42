import assert from "node:assert/strict";
import { test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";
import {
  allSuccessful,
  BatchError,
  SessionManagerClient,
  SessionManagerError,
} from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

test("a session is created, found by owner and tag, connected to and deleted over HTTPS", async () => {
  const broker = new MockBroker({
    servers: [
      { hostname: "wind", tags: { project: "wind" } },
      { hostname: "solar", tags: { project: "solar" } },
    ],
    clock: { speed: 50 },
  });
  await using server = await broker.listen({ port: 0 });
  using fetch = createTlsFetch({ ca: server.ca! });
  const client = new SessionManagerClient({ brokerUrl: server.url, credentials: broker.credentials, fetch });

  const [created] = allSuccessful(
    await client.createSessions([{
      Name: "dev",
      Owner: "ana",
      Type: "VIRTUAL",
      Requirements: "tag:project = 'wind'",
    }]),
  );
  const session = await client.waitForSession(created!.Id, { minDelay: 20 });
  assert.deepEqual([session!.State, session!.Server?.Hostname], ["READY", "wind"]);

  const query = (owner: string, project: string) =>
    client.describeSessions({
      Filters: [{ Key: "owner", Value: owner }, { Key: "tag:project", Value: project }],
    });
  assert.deepEqual((await query("ana", "wind")).Sessions?.map(({ Id }) => Id), [session!.Id]);
  assert.deepEqual((await query("ana", "solar")).Sessions, []);
  assert.deepEqual((await query("bob", "wind")).Sessions, []);

  const url = new URL(connectionUrl(await client.getSessionConnectionData(session!.Id, "ana")));
  assert.deepEqual([url.hash, url.searchParams.get("authToken")?.split(".").length], [`#${session!.Id}`, 3]);

  const wrongOwner = await client.deleteSessions([{ SessionId: session!.Id, Owner: "bob" }]);
  assert.throws(
    () => allSuccessful(wrongOwner),
    (error) => error instanceof BatchError && error.code === "SESSION_NOT_FOUND",
  );
  allSuccessful(await client.deleteSessions([{ SessionId: session!.Id, Owner: "ana" }]));
  await client.waitForSession(session!.Id, { state: "DELETED", minDelay: 20 });
  await assert.rejects(
    client.getSessionConnectionData(session!.Id, "ana"),
    (error) => error instanceof SessionManagerError && error.code === "SESSION_NOT_FOUND",
  );
});
