import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import {
  allSuccessful,
  BatchError,
  SessionManagerClient,
  SessionManagerError,
} from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

Deno.test("a session is created, found by owner and tag, connected to and deleted over HTTPS", async () => {
  const broker = new MockBroker({
    servers: [{ hostname: "wind", tags: { project: "wind" } }, {
      hostname: "solar",
      tags: { project: "solar" },
    }],
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
  assertEquals([session!.State, session!.Server?.Hostname], ["READY", "wind"]);

  const query = (owner: string, project: string) =>
    client.describeSessions({
      Filters: [{ Key: "owner", Value: owner }, { Key: "tag:project", Value: project }],
    });
  assertEquals((await query("ana", "wind")).Sessions?.map(({ Id }) => Id), [session!.Id]);
  assertEquals((await query("ana", "solar")).Sessions, []);
  assertEquals((await query("bob", "wind")).Sessions, []);

  const url = new URL(connectionUrl(await client.getSessionConnectionData(session!.Id, "ana")));
  assertEquals([url.hash, url.searchParams.get("authToken")?.split(".").length], [`#${session!.Id}`, 3]);

  const wrongOwner = await client.deleteSessions([{ SessionId: session!.Id, Owner: "bob" }]);
  const refused = assertThrows(() => allSuccessful(wrongOwner), BatchError);
  assertEquals(refused.code, "SESSION_NOT_FOUND");
  allSuccessful(await client.deleteSessions([{ SessionId: session!.Id, Owner: "ana" }]));
  await client.waitForSession(session!.Id, { state: "DELETED", minDelay: 20 });
  const error = await assertRejects(
    () => client.getSessionConnectionData(session!.Id, "ana"),
    SessionManagerError,
  );
  assertEquals(error.code, "SESSION_NOT_FOUND");
});
