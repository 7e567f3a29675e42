import { assertEquals, assertThrows } from "@std/assert";
import { encodePermissions } from "@dcvkit/session-manager/permissions";
import { Caller, createBroker } from "./call.ts";

const FOR_ALL = encodePermissions("[permissions]\n%any% allow display\n");

function createPopulatedBroker() {
  const session = { id: "s1", owner: "ana", maxConcurrentClients: 2, permissionsFile: FOR_ALL };
  const broker = createBroker({ sessions: [session] });
  const call = new Caller(broker);
  const seen = async () => {
    const session = await call.session("s1");
    return [session!.NumOfConnections, session!.LastDisconnectionTime];
  };
  return { broker, call, seen };
}

Deno.test("a session counts its connections, and knows when the last of them ended", async () => {
  const { broker, seen } = createPopulatedBroker();
  assertEquals(await seen(), [0, undefined]);
  broker.sessions.connect("s1", "ana");
  broker.sessions.connect("s1", "guest");
  assertEquals(await seen(), [2, undefined]);
  broker.advance(60_000);
  broker.sessions.disconnect("s1", "guest");
  assertEquals(await seen(), [1, "2026-01-01T00:01:00.000Z"]);
  broker.advance(60_000);
  broker.sessions.disconnect("s1", "ana");
  assertEquals(await seen(), [0, "2026-01-01T00:02:00.000Z"]);
});

Deno.test("a user may be connected twice", async () => {
  const { broker, seen } = createPopulatedBroker();
  broker.sessions.connect("s1", "ana");
  broker.sessions.connect("s1", "ana");
  broker.sessions.disconnect("s1", "ana");
  assertEquals((await seen())[0], 1);
});

Deno.test("a session takes no more connections than MaxConcurrentClients", () => {
  const { broker } = createPopulatedBroker();
  broker.sessions.connect("s1", "ana");
  broker.sessions.connect("s1", "ben");
  assertThrows(
    () => broker.sessions.connect("s1", "cat"),
    TypeError,
    "Session s1 has its 2 connections already",
  );
  broker.sessions.disconnect("s1", "ana");
  broker.sessions.connect("s1", "cat");
});

Deno.test("nobody connects to a session that is not READY or not there, or leaves one without having come", async () => {
  const { broker, call } = createPopulatedBroker();
  const { Id } = await call.createSession({ Owner: "ben" });
  assertThrows(
    () => broker.sessions.connect(Id, "ben"),
    TypeError,
    "takes no connection while it is CREATING",
  );
  assertThrows(() => broker.sessions.connect("nope", "ben"), TypeError, "No session has this id: nope");
  assertThrows(
    () => broker.sessions.disconnect("s1", "ben"),
    TypeError,
    "User ben is not connected to session s1",
  );
});
