/**
 * A connection through the desktop connector is one as long as somebody looks, and follows what happens.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { encodePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";
import { Connection, connectionData, urlFor } from "./desktop_visit.ts";

const SHARED = encodePermissions(shareWith({ bob: VIEW_FEATURES }));

function createPopulatedBroker(options: MockBrokerOptions = {}): MockBroker {
  return createBroker({
    servers: [{ hostname: "render-1" }],
    sessions: [{ id: "s1", owner: "ana", name: "Turbine", permissionsFile: SHARED }],
    ...options,
  });
}

async function counted(broker: MockBroker) {
  const { NumOfConnections, LastDisconnectionTime } = (await new Caller(broker).session("s1"))!;
  return [NumOfConnections, LastDisconnectionTime];
}

Deno.test("an open connection counts, and its end is known", async () => {
  const broker = createPopulatedBroker();
  const connection = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  assertEquals(await counted(broker), [1, undefined]);
  assertEquals(broker.sessions.get("s1").connections, ["bob"]);
  assertEquals(broker.state().counts.connections, 1);
  broker.advance(5_000);
  await connection.close();
  assertEquals(await counted(broker), [0, "2026-01-01T00:00:05.000Z"]);
});

Deno.test("a connection ends with the signal of its request too", async () => {
  const broker = createPopulatedBroker();
  const leaving = new AbortController();
  await using _ = await Connection.open(broker, await urlFor(broker, "s1", "ana"), {
    signal: leaving.signal,
  });
  leaving.abort();
  assertEquals((await counted(broker))[0], 0);
});

Deno.test("a connection ends with the socket that it came on", async () => {
  const broker = createPopulatedBroker();
  await using listener = await broker.listen({ port: 0, desktopPort: 0 });
  const fetch = createTlsFetch({ ca: listener.ca! });
  const url = await urlFor(broker, "s1", "ana");
  const connection = await Connection.open({ fetch } as unknown as MockBroker, url);
  await connection.next("view");
  assertEquals((await counted(broker))[0], 1);
  await connection.close();
  while ((await counted(broker))[0] !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
});

Deno.test("the owner who is connected is logged in on the host, a guest is not", async () => {
  const broker = createPopulatedBroker();
  const users = async () => (await new Caller(broker).server("render-1"))!.Host!.LoggedInUsers;
  await using _bob = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  assertEquals(await users(), []);
  await using ana = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  assertEquals(await users(), [{ Username: "ana" }]);
  await ana.close();
  assertEquals(await users(), []);
});

Deno.test("a connection is shown whose session it is, on which host, as whom, and for how long its token lasts", async () => {
  const broker = createPopulatedBroker();
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  const view = await connection.next("view");
  for (const part of [">Turbine<", ">bob<", ">ana<", ">render-1<", ">READY<", ">60 min<"]) {
    assertStringIncludes(view, part);
  }
  assertEquals(JSON.parse(await connection.next("features")), [...VIEW_FEATURES].sort());
  assert((await connection.next("picture")).startsWith("data:image/png;base64,iVBOR"));
  broker.advance(30 * 60_000);
  await connection.shows(">30 min<");
  broker.advance(30 * 60_000);
  await connection.shows(">expired<");
});

Deno.test("a connection shows who else is there", async () => {
  const broker = createPopulatedBroker();
  await using ana = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  await ana.shows("Nobody else is connected");
  await using bob = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  await ana.shows("<li>bob</li>");
  await bob.close();
  await ana.shows("Nobody else is connected");
});

Deno.test("permissions that are replaced act on an open connection", async () => {
  const broker = createPopulatedBroker();
  const replace = async (features: string[]) => {
    const PermissionsFile = encodePermissions(shareWith({ bob: features }));
    await new Caller(broker).updateSessionPermissions([{ SessionId: "s1", Owner: "ana", PermissionsFile }]);
  };
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  await connection.shows("You may look, but not type or click.");
  await replace(["display", "keyboard"]);
  await connection.shows("You may look and type.");
  await replace(["keyboard"]);
  assertEquals(await connection.ended(), {
    code: "NOT_ALLOWED",
    reason: "The permissions of session s1 do not let bob see its display",
  });
  assertEquals((await counted(broker))[0], 0);
});

Deno.test("a connection ends with its session", async () => {
  const broker = createPopulatedBroker();
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  await new Caller(broker).deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  await connection.shows("The session is being deleted");
  broker.advance(10_000);
  assertEquals(await connection.ended(), { code: "SESSION_ENDED", reason: "The session has ended" });
});

Deno.test("a connection ends with its host or its DCV server", async () => {
  const ends: [code: string, reason: string, end: (broker: MockBroker) => void][] = [
    ["HOST_DOWN", "Host render-1 does not exist any more", ({ hosts }) => hosts.terminate("render-1")],
    [
      "HOST_DOWN",
      "The agent on render-1 does not answer: the host may be down",
      ({ hosts }) => hosts.reboot("render-1"),
    ],
    [
      "HOST_DOWN",
      "The DCV server on render-1 is not running",
      ({ hosts }) => hosts.setDcvHealth("render-1", false),
    ],
  ];
  for (const [code, reason, end] of ends) {
    const broker = createPopulatedBroker();
    await using connection = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
    end(broker);
    assertEquals(await connection.ended(), { code, reason });
    assertEquals(broker.state().counts.connections, 0);
  }
});

Deno.test("a connection outlives its agent, and says that the host may be down", async () => {
  const broker = createPopulatedBroker();
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  broker.hosts.loseAgent("render-1");
  await connection.shows("The agent on render-1 does not answer");
  broker.advance(60_000);
  await connection.shows("The broker cannot tell whether the session is there");
  broker.hosts.restoreAgent("render-1");
  broker.advance(60_000);
  await connection.shows(">READY<");
});

Deno.test("a connection outlives a restart of the broker, and says that its token is void", async () => {
  const broker = createPopulatedBroker();
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  broker.restart();
  const view = await connection.next("view").then(() => connection.next("view"));
  assertStringIncludes(view, "The broker has been restarted and has lost its keys");
  assertStringIncludes(view, "The broker does not list the session now");
  assertStringIncludes(view, "void, since the broker has lost its keys");
});

Deno.test("sessions.disconnect() ends a connection, the user's oldest", async () => {
  const broker = createPopulatedBroker();
  await using first = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  await using second = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  broker.sessions.disconnect("s1", "ana");
  assertEquals(await first.ended(), {
    code: "DISCONNECTED",
    reason: "The connection of ana has been ended from outside",
  });
  await second.shows("1 connection<");
});

Deno.test("reset() ends every connection", async () => {
  const broker = createPopulatedBroker();
  await using connection = await Connection.open(broker, await urlFor(broker, "s1", "ana"));
  broker.reset();
  assertEquals((await connection.ended()).code, "WORLD_RESET");
  assertEquals(await counted(broker), [0, undefined]);
});

Deno.test("no open connection keeps a server from closing, and its end is known", async () => {
  for (const grace of [0, 5_000]) {
    const broker = createPopulatedBroker();
    const listener = await broker.listen({ port: 0, desktopPort: 0 });
    const fetch = createTlsFetch({ ca: listener.ca! });
    const url = await urlFor(broker, "s1", "ana");
    const connection = await Connection.open({ fetch } as unknown as MockBroker, url);
    const began = performance.now();
    await listener.close({ grace });
    assert(performance.now() - began < 4_000);
    while ((await counted(broker))[0] !== 0) await new Promise((resolve) => setTimeout(resolve, 10));
    await connection.close().catch(() => {});
  }
});

Deno.test("looking at a desktop does not change the world", async () => {
  const outcomes = await Promise.all([false, true].map(async (looks) => {
    const broker = createPopulatedBroker();
    const { ConnectionToken } = await connectionData(broker, "s1", "ana");
    if (looks) await (await Connection.open(broker, await urlFor(broker, "s1", "ana"))).close();
    const { Id } = await new Caller(broker).createSession({ Owner: "bob" });
    return [ConnectionToken, Id];
  }));
  assertEquals(outcomes[0], outcomes[1]);
});

Deno.test("an open page is no part of a saved world, a user who was connected is", async () => {
  const broker = createPopulatedBroker();
  broker.sessions.connect("s1", "ana");
  await using _ = await Connection.open(broker, await urlFor(broker, "s1", "bob"));
  assertEquals(broker.sessions.get("s1").connections, ["ana", "bob"]);
  assertEquals(MockBroker.load(broker.save()).sessions.get("s1").connections, ["ana"]);
});
