import { assertEquals } from "@std/assert";
import { Caller, createBroker, send } from "./call.ts";

const ANA = "CORP\\ana";

function createDomainBroker() {
  const broker = createBroker({
    servers: [{ hostname: "win", os: "windows", users: ["corp\\Ana", "ben@corp.example"] }],
  });
  return { broker, call: new Caller(broker) };
}

Deno.test("a user of a Windows domain owns sessions, is found by name and gets connection data", async () => {
  const { broker, call } = createDomainBroker();
  const { Id, Owner } = await call.createReadySession({ Owner: ANA, Type: "CONSOLE" });
  assertEquals(Owner, ANA);
  const { Sessions } = await call.describeSessions({ Filters: [{ Key: "owner", Value: ANA }] });
  assertEquals(Sessions.map((session) => session.Id), [Id]);
  const { ConnectionToken } = await call.getSessionConnectionData(Id, ANA);
  const claims = JSON.parse(atob(ConnectionToken.split(".")[1]!));
  assertEquals([claims.dcvSessionOwner, claims.dcvSessionUser], [ANA, ANA]);
  const answer = await send(broker, "POST", "/agent/validate-authentication-token", {
    headers: { "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ sessionId: Id, authenticationToken: ConnectionToken }).toString(),
  }, broker.agentUrl);
  assertEquals(answer.body.includes(`<username>${ANA}</username>`), true, answer.body);
  const deleted = await call.deleteSessions([{ SessionId: Id, Owner: ANA }]);
  assertEquals(deleted.UnsuccessfulList, []);
});

Deno.test("on Windows a user exists in capitals or not, and without the domain is another one", async () => {
  for (
    const [Owner, State] of [["Corp\\ANA", "READY"], ["BEN@corp.example", "READY"], [
      "ana",
      "DELETED",
    ]] as const
  ) {
    const { broker, call } = createDomainBroker();
    const { Id } = await call.createSession({ Owner, Type: "CONSOLE" });
    broker.advance(20_000);
    assertEquals((await call.session(Id))!.State, State, Owner);
  }
});

Deno.test("on Linux a user's name is taken as it is written", async () => {
  const broker = createBroker({ servers: [{ users: ["ana"] }] });
  const call = new Caller(broker);
  const { Id } = await call.createSession({ Owner: "Ana" });
  broker.advance(20_000);
  assertEquals((await call.session(Id))!.State, "DELETED");
});
