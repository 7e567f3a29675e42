import { assertEquals } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

const PERMISSIONS = btoa("[permissions]\n%owner% allow builtin\n");
const DOES_NOT_EXIST = "The requested dcvSession does not exist";

function createPopulatedBroker() {
  const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }] });
  return { broker, call: new Caller(broker) };
}

Deno.test("updateSessionPermissions answers with the id alone", async () => {
  const { call } = createPopulatedBroker();
  const { SuccessfulList, UnsuccessfulList } = await call.updateSessionPermissions([
    { SessionId: "s1", Owner: "ana", PermissionsFile: PERMISSIONS },
  ]);
  assertEquals([SuccessfulList, UnsuccessfulList], [[{ SessionId: "s1" }], []]);
});

Deno.test("updateSessionPermissions says the same of an unknown session and of another owner's", async () => {
  const { call } = createPopulatedBroker();
  const { SuccessfulList, UnsuccessfulList } = await call.updateSessionPermissions([
    { SessionId: "nope", Owner: "ana", PermissionsFile: PERMISSIONS },
    { SessionId: "s1", Owner: "ben", PermissionsFile: PERMISSIONS },
  ]);
  assertEquals(SuccessfulList, []);
  assertEquals(UnsuccessfulList, [
    { SessionId: "nope", FailureReason: DOES_NOT_EXIST },
    { SessionId: "s1", FailureReason: DOES_NOT_EXIST },
  ]);
});

Deno.test("updateSessionPermissions takes an empty file, null and none: the server's own permissions hold then", async () => {
  for (const file of [{ PermissionsFile: "" }, { PermissionsFile: null }, {}]) {
    const { call } = createPopulatedBroker();
    const { status, body } = await call.send("PUT", "/sessionPermissions", [
      { SessionId: "s1", Owner: "ana", ...file },
    ]);
    assertEquals([status, body.SuccessfulList, body.UnsuccessfulList], [200, [{ SessionId: "s1" }], []]);
  }
});

Deno.test("updateSessionPermissions wants base64, item by item", async () => {
  const { call } = createPopulatedBroker();
  const { SuccessfulList, UnsuccessfulList } = await call.updateSessionPermissions([
    { SessionId: "s1", Owner: "ana", PermissionsFile: "/etc/dcv/default.perm" },
    { SessionId: "s1", Owner: "ana", PermissionsFile: PERMISSIONS },
  ]);
  assertEquals(SuccessfulList, [{ SessionId: "s1" }]);
  assertEquals(UnsuccessfulList, [{
    SessionId: "s1",
    FailureReason: "PermissionsFile is not base64 encoded",
  }]);
});

Deno.test("updateSessionPermissions works on a session that is CREATING or UNKNOWN, not on one that ends", async () => {
  const { broker, call } = createPopulatedBroker();
  const { Id } = await call.createSession({ Owner: "ben" });
  const succeeds = async (SessionId: string, Owner: string) => {
    const answer = await call.updateSessionPermissions([{ SessionId, Owner, PermissionsFile: PERMISSIONS }]);
    return answer.SuccessfulList.length === 1;
  };
  assertEquals(await succeeds(Id, "ben"), true, "CREATING");
  broker.hosts.setDcvHealth("ip-10-0-0-1", false);
  assertEquals((await call.session("s1"))!.State, "UNKNOWN");
  assertEquals(await succeeds("s1", "ana"), true, "UNKNOWN");
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  assertEquals(await succeeds("s1", "ana"), false, "DELETING");
  broker.advance(10_000);
  assertEquals(await succeeds("s1", "ana"), false, "DELETED");
});
