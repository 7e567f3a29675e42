import { assertEquals, assertRejects } from "@std/assert";
import { BatchError, SessionManagerError } from "../../mod.ts";
import { createSessionAndWait, deleteSession, findOrCreateSession, withServers } from "../../src/sessions.ts";
import { FakeTime } from "./support/fake_time.ts";
import { failure, json, session, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
const NO_SERVER = json({
  UnsuccessfulList: [{
    CreateSessionRequestData: request,
    FailureReason: "No DCV server found for the given criteria",
  }],
});
const CREATED = json({ SuccessfulList: [session({ State: "CREATING" })] });
const IN = (State: string): StubAnswer => json({ Sessions: [session({ State })] });

Deno.test("createSessionAndWait() gives the session when it is READY", async () => {
  using time = new FakeTime();
  const broker = new StubBroker([CREATED, IN("CREATING"), IN("READY")]);
  const ready = await time.settle(createSessionAndWait(broker.client(), request));
  assertEquals([ready.State, broker.paths], ["READY", [
    "/createSessions",
    "/describeSessions",
    "/describeSessions",
  ]]);
});

Deno.test("createSessionAndWait() ends when the session does", async () => {
  const client = new StubBroker([CREATED, IN("DELETED")]).client();
  const error = await assertRejects(() => createSessionAndWait(client, request), SessionManagerError);
  assertEquals(error.code, "STATE_UNREACHABLE");
});

Deno.test("createSessionAndWait() gives up at once without a server, unless told to wait for one", async () => {
  const broker = new StubBroker(NO_SERVER);
  const error = await assertRejects(() => createSessionAndWait(broker.client(), request), BatchError);
  assertEquals([error.code, broker.requests.length], ["NO_DCV_SERVER_FOUND", 1]);
});

Deno.test("createSessionAndWait() waits out the boot of a server for serverTimeout", async () => {
  using time = new FakeTime();
  const broker = new StubBroker([NO_SERVER, NO_SERVER, CREATED, IN("READY")]);
  const ready = await time.settle(createSessionAndWait(broker.client(), request, { serverTimeout: 60_000 }));
  assertEquals([ready.State, time.elapsed], ["READY", 10_000]);
});

Deno.test("createSessionAndWait() does not wait for a server longer than serverTimeout", async () => {
  using time = new FakeTime();
  const client = new StubBroker(NO_SERVER).client();
  const call = time.settle(createSessionAndWait(client, request, { serverTimeout: 12_000 }));
  await assertRejects(() => call, BatchError, "No DCV server found");
  assertEquals(time.elapsed, 12_000);
});

Deno.test("findOrCreateSession() finds a READY session of that name, type and owner before others", async () => {
  const Sessions = [
    session({ Id: "dead", State: "DELETED" }),
    session({ Id: "lost", State: "UNKNOWN" }),
    session({ Id: "other-name", Name: "laptop" }),
    session({ Id: "other-type", Type: "CONSOLE" }),
    session({ Id: "young", State: "CREATING" }),
    session({ Id: "ready" }),
  ];
  const broker = new StubBroker(json({ Sessions }));
  assertEquals((await findOrCreateSession(broker.client(), request)).Id, "ready");
  assertEquals(broker.requests[0]?.body, { Filters: [{ Key: "owner", Value: "ana" }] });
});

Deno.test("findOrCreateSession() does not create a second one while one is being created", async () => {
  const broker = new StubBroker(json({ Sessions: [session({ State: "CREATING" })] }));
  assertEquals((await findOrCreateSession(broker.client(), request)).State, "CREATING");
  assertEquals(broker.paths, ["/describeSessions"]);
});

Deno.test("findOrCreateSession() creates one if all are dead", async () => {
  const broker = new StubBroker([json({ Sessions: [session({ Id: "dead", State: "DELETING" })] }), CREATED]);
  assertEquals((await findOrCreateSession(broker.client(), request)).Id, "s-1");
  assertEquals(broker.requests[1]?.body, [request]);
});

Deno.test("deleteSession() is true if it was there, and false if there was nothing to delete", async () => {
  const there = new StubBroker(json({ SuccessfulList: [{ SessionId: "s-1", State: "DELETING" }] }));
  assertEquals(await deleteSession(there.client(), { SessionId: "s-1", Owner: "ana" }), true);
  const reason = "The requested dcvSession does not exist";
  const gone = new StubBroker(json({ UnsuccessfulList: [{ SessionId: "s-1", FailureReason: reason }] }));
  assertEquals(await deleteSession(gone.client(), { SessionId: "s-1", Owner: "ana" }), false);
});

Deno.test("deleteSession() throws any other failure", async () => {
  const item = { SessionId: "s-1", FailureReason: "Cosmic rays" };
  const stuck = new StubBroker(json({ UnsuccessfulList: [item] })).client();
  await assertRejects(
    () => deleteSession(stuck, { SessionId: "s-1", Owner: "ana" }),
    BatchError,
    "Cosmic rays",
  );
  const absent = new StubBroker(failure(404, "The session does not exist")).client();
  await assertRejects(() => deleteSession(absent, { SessionId: "s-1", Owner: "ana" }), SessionManagerError);
});

Deno.test("withServers() completes what is in the session with what the broker knows of the server", async () => {
  const broker = new StubBroker(
    json({ Servers: [{ Id: "h-1", Ip: "10.0.0.1", Host: { Os: { Family: "linux" } } }] }),
  );
  const sessions = [
    session({ Id: "s-1", Server: { Id: "h-1", WebUrlPath: "/" } }),
    session({ Id: "s-2", Server: { Id: "forgotten" } }),
    session({ Id: "s-3" }),
  ];
  const joined = await withServers(broker.client(), sessions as never);
  assertEquals(joined.map(({ Server }) => Server) as unknown[], [
    { Id: "h-1", WebUrlPath: "/", Ip: "10.0.0.1", Host: { Os: { Family: "linux" } } },
    { Id: "forgotten" },
    undefined,
  ]);
  assertEquals(broker.requests.map(({ body }) => body), [{ ServerIds: ["h-1", "forgotten"] }]);
});
