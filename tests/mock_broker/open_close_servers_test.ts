import { assertEquals } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

async function createFleet() {
  const broker = createBroker({ servers: [{ hostname: "idle" }, { hostname: "busy" }] });
  broker.sessions.createOnHost("busy", { id: "s1", owner: "ana" });
  const call = new Caller(broker);
  const availability = async (hostname: string) => {
    const server = await call.server(hostname);
    return [server!.Availability, server!.UnavailabilityReason];
  };
  const idle = (await call.server("idle"))!.Id!;
  const busy = (await call.server("busy"))!.Id!;
  return { broker, call, availability, idle, busy };
}

const AVAILABLE = ["AVAILABLE", undefined];
const CLOSED = ["UNAVAILABLE", "SERVER_CLOSED"];
const NOT_FOUND = { FailureCode: "DCV_SERVER_NOT_FOUND", FailureReason: "Dcv server not found." };

Deno.test("servers are open from the start", async () => {
  const { availability } = await createFleet();
  assertEquals(await availability("idle"), AVAILABLE);
});

Deno.test("closeServers makes a server SERVER_CLOSED, and openServers AVAILABLE again", async () => {
  const { call, availability, idle } = await createFleet();
  const closed = await call.closeServers([{ ServerId: idle }]);
  assertEquals([closed.SuccessfulList, closed.UnsuccessfulList], [[{ ServerId: idle }], []]);
  assertEquals(await availability("idle"), CLOSED);
  const opened = await call.openServers([{ ServerId: idle }]);
  assertEquals([opened.SuccessfulList, opened.UnsuccessfulList], [[{ ServerId: idle }], []]);
  assertEquals(await availability("idle"), AVAILABLE);
});

Deno.test("a closed server takes no session", async () => {
  const { call, idle, busy } = await createFleet();
  await call.closeServers([{ ServerId: idle }, { ServerId: busy, Force: true }]);
  assertEquals(await call.creationFailure({ Owner: "ben" }), "No DCV server found for the given criteria");
});

Deno.test("opening an open server and closing a closed one are successes that change nothing", async () => {
  const { call, availability, idle, busy } = await createFleet();
  assertEquals((await call.openServers([{ ServerId: idle }])).UnsuccessfulList, []);
  assertEquals(await availability("idle"), AVAILABLE);
  await call.closeServers([{ ServerId: busy, Force: true }]);
  assertEquals((await call.closeServers([{ ServerId: busy }])).UnsuccessfulList, []);
  assertEquals(await availability("busy"), CLOSED);
});

Deno.test("closeServers leaves a server with sessions open, unless it is forced", async () => {
  const { call, availability, busy } = await createFleet();
  const { SuccessfulList, UnsuccessfulList } = await call.closeServers([{ ServerId: busy, Force: false }]);
  assertEquals(SuccessfulList, []);
  assertEquals(UnsuccessfulList, [{
    CloseServerRequestData: { ServerId: busy, Force: false },
    FailureCode: "DCV_SERVER_HAS_SESSIONS",
    FailureReason: "Dcv server has sessions.",
  }]);
  assertEquals(await availability("busy"), AVAILABLE);
  await call.closeServers([{ ServerId: busy, Force: true }]);
  assertEquals(await availability("busy"), CLOSED);
  assertEquals((await call.session("s1"))!.State, "READY", "its sessions run on");
});

Deno.test("closeServers without force fails while a session is on its way to the server", async () => {
  const { broker, call } = await createFleet();
  const id = broker.hosts.add({ hostname: "new", tags: { new: "yes" } });
  await call.createSession({ Owner: "ben", Requirements: "tag:new = 'yes'" });
  assertEquals((await call.closeServers([{ ServerId: id }])).UnsuccessfulList.length, 1);
});

Deno.test("a server that was closed with force can be opened while its sessions run", async () => {
  const { call, availability, busy } = await createFleet();
  await call.closeServers([{ ServerId: busy, Force: true }]);
  await call.openServers([{ ServerId: busy }]);
  assertEquals(await availability("busy"), AVAILABLE);
});

Deno.test("openServers and closeServers answer for each server, also for those that there are not", async () => {
  const { call, idle } = await createFleet();
  const requests = [{ ServerId: "nope" }, { ServerId: idle }];
  const opened = await call.openServers(requests);
  assertEquals(opened.SuccessfulList, [{ ServerId: idle }]);
  assertEquals(opened.UnsuccessfulList, [{ OpenServerRequestData: { ServerId: "nope" }, ...NOT_FOUND }]);
  const closed = await call.closeServers(requests);
  assertEquals(closed.SuccessfulList, [{ ServerId: idle }]);
  assertEquals(closed.UnsuccessfulList, [{ CloseServerRequestData: { ServerId: "nope" }, ...NOT_FOUND }]);
});

Deno.test("closeServers takes Force: null for no force", async () => {
  const { call, busy } = await createFleet();
  const { body } = await call.send("POST", "/closeServers", [{ ServerId: busy, Force: null }]);
  assertEquals(body.UnsuccessfulList[0].CloseServerRequestData, { ServerId: busy });
});

Deno.test("a server may be closed from the start", async () => {
  const broker = createBroker({ servers: [{ hostname: "node", closed: true }] });
  assertEquals((await new Caller(broker).server("node"))!.UnavailabilityReason, "SERVER_CLOSED");
});
