import { assert, assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import { Caller, createBroker } from "./call.ts";

const UUID = /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/;
const NO_SERVER_FOUND = "No DCV server found for the given criteria";

const ANA = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };

Deno.test("createSessions answers with plain sessions that are being placed, and a request id", async () => {
  const answer = await new Caller(createBroker()).createSessions([ANA]);
  const { RequestId, SuccessfulList: [session] } = answer;
  assertEquals(Object.keys(answer), ["RequestId", "SuccessfulList", "UnsuccessfulList"]);
  assertMatch(RequestId!, UUID);
  assertMatch(session!.Id, UUID);
  assertEquals(session, { Id: session!.Id, ...ANA, State: "CREATING", Substate: "SESSION_PLACING" });
});

Deno.test("createSessions takes nothing for an answer to an empty list", async () => {
  const { SuccessfulList, UnsuccessfulList } = await new Caller(createBroker()).createSessions([]);
  assertEquals([SuccessfulList, UnsuccessfulList], [[], []]);
});

Deno.test("a session is placed, prepared and READY within seconds", async () => {
  const broker = createBroker({ timings: { placement: [300, 300], preparation: [2_000, 2_000] } });
  const call = new Caller(broker);
  const { Id } = await call.createSession();
  const seen = async () => {
    const session = await call.session(Id);
    return [session!.State, session!.Substate];
  };
  broker.advance(299);
  assertEquals(await seen(), ["CREATING", "SESSION_PLACING"]);
  broker.advance(1);
  assertEquals(await seen(), ["CREATING", "PENDING_PREPARATION"]);
  broker.advance(1_999);
  assertEquals(await seen(), ["CREATING", "PENDING_PREPARATION"]);
  broker.advance(1);
  assertEquals(await seen(), ["READY", undefined]);
});

Deno.test("createSessions answers for each item of a batch, and a batch of failures is a success", async () => {
  const call = new Caller(createBroker({ servers: [{ maxVirtualSessions: 1 }] }));
  const [ben, cat] = [{ ...ANA, Owner: "ben" }, { ...ANA, Owner: "cat", Requirements: "tag:x = 'y'" }];
  const mixed = await call.createSessions([cat, ANA, ben]);
  assertEquals(mixed.SuccessfulList.map(({ Owner }) => Owner), ["ana"]);
  assertEquals(mixed.UnsuccessfulList, [
    { CreateSessionRequestData: cat, FailureReason: NO_SERVER_FOUND },
    { CreateSessionRequestData: ben, FailureReason: NO_SERVER_FOUND },
  ]);
  const failed = await call.createSessions([ben]);
  assertEquals([failed.SuccessfulList.length, failed.UnsuccessfulList.length], [0, 1]);
});

Deno.test("createSessions echoes what was asked without the fields that were null", async () => {
  const call = new Caller(createBroker({ servers: [] }));
  const answer = await call.send("POST", "/createSessions", [{
    ...ANA,
    Requirements: null,
    StorageRoot: null,
  }]);
  assertEquals(answer.body.UnsuccessfulList[0].CreateSessionRequestData, ANA);
});

Deno.test("a session that is refused leaves no record", async () => {
  const call = new Caller(createBroker({ servers: [] }));
  await call.creationFailure();
  assertEquals((await call.describeSessions()).Sessions, []);
});

Deno.test("names are not unique: each request creates a session of its own", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const [first, second] = [await call.createSession(ANA), await call.createSession(ANA)];
  assertNotEquals(first.Id, second.Id);
  assertEquals((await call.describeSessions()).Sessions.map(({ Name }) => Name), ["desktop", "desktop"]);
});

Deno.test("a name may have 256 characters and not one more", async () => {
  const call = new Caller(createBroker());
  assertEquals((await call.createSession({ Name: "n".repeat(256) })).Name.length, 256);
  assertEquals(await call.creationFailure({ Name: "n".repeat(257) }), "Name is longer than 256 characters");
});

Deno.test("Type is taken in any case and shown in upper case", async () => {
  const call = new Caller(createBroker());
  for (const Type of ["VIRTUAL", "virtual", "Console"]) {
    assertEquals((await call.createSession({ Type, Owner: Type })).Type, Type.toUpperCase());
  }
});

Deno.test("what was asked of a session is shown with it", async () => {
  const call = new Caller(createBroker());
  const session = await call.createReadySession({ MaxConcurrentClients: 5, StorageRoot: "%home%/transfer" });
  assertEquals([session.MaxConcurrentClients, session.StorageRoot], [5, "%home%/transfer"]);
  const plain = await call.createReadySession({ Owner: "ben" });
  assertEquals([plain.MaxConcurrentClients, plain.StorageRoot], [undefined, undefined]);
});

Deno.test("MaxConcurrentClients may be 0, which is no limit, and not negative", async () => {
  const broker = createBroker();
  const call = new Caller(broker);
  const { Id } = await call.createReadySession({ MaxConcurrentClients: 0 });
  for (let count = 0; count < 12; count++) broker.sessions.connect(Id, "ana");
  assertEquals((await call.session(Id))!.NumOfConnections, 12);
  assertEquals(await call.creationFailure({ MaxConcurrentClients: -1 }), "MaxConcurrentClients is negative");
});

Deno.test("PermissionsFile has to be base64", async () => {
  const call = new Caller(createBroker());
  await call.createSession({ PermissionsFile: btoa("[permissions]\n%owner% allow builtin\n") });
  await call.createSession({ PermissionsFile: "", Owner: "ben" });
  for (const PermissionsFile of ["/etc/dcv/default.perm", "====", "YQ", "YQ=", "Y Q="]) {
    const reason = await call.creationFailure({ PermissionsFile, Owner: "cat" });
    assertEquals(reason, "PermissionsFile is not base64 encoded", PermissionsFile);
  }
});

Deno.test("AutorunFileArguments are limited in number and in length", async () => {
  const call = new Caller(createBroker());
  const AutorunFile = "run.sh";
  const most = Array.from({ length: 50 }, () => "a".repeat(150));
  await call.createSession({ AutorunFile, AutorunFileArguments: most });
  assertEquals(
    await call.creationFailure({ AutorunFile, AutorunFileArguments: [...most, "a"] }),
    "AutorunFileArguments has more than 50 arguments",
  );
  assertEquals(
    await call.creationFailure({ AutorunFile, AutorunFileArguments: ["a".repeat(151)] }),
    "AutorunFileArguments has an argument of more than 150 characters",
  );
});

Deno.test("the limits of AutorunFileArguments are broker properties", async () => {
  const properties = {
    "autorun-file-arguments-max-size": 1,
    "autorun-file-arguments-max-argument-length": 2,
  };
  const call = new Caller(createBroker({ properties }));
  assertMatch(await call.creationFailure({ AutorunFileArguments: ["a", "b"] }), /more than 1 arguments/);
  assertMatch(await call.creationFailure({ AutorunFileArguments: ["abc"] }), /more than 2 characters/);
});

Deno.test("Requirements that are no expression fail their item, with what is wrong and where", async () => {
  const call = new Caller(createBroker());
  const bad = { ...ANA, Requirements: "server:Host.Aws.EC2InstanceId = 'i-1'" };
  const { SuccessfulList, UnsuccessfulList } = await call.createSessions([bad, ANA]);
  assertEquals(SuccessfulList.length, 1);
  assertMatch(
    UnsuccessfulList[0]!.FailureReason,
    /Server property server:Host\.Aws\.EC2InstanceId not found.*line 1/s,
  );
  assertMatch(await call.creationFailure({ Requirements: "tag:a := 1" }), /Unexpected CONTAINS operator/);
});

Deno.test("blank Requirements are no requirement", async () => {
  const call = new Caller(createBroker());
  for (const Requirements of ["", "  \n"]) assert(await call.createSession({ Requirements }));
});

Deno.test("createSessions tells what is wrong with a request rather than that there is no room", async () => {
  const call = new Caller(createBroker({ servers: [] }));
  for (
    const [wrong, words] of [
      [{ Requirements: "tag:color" }, /line 1, column 10/],
      [{ Requirements: "server:Host.Colour = 'pink'" }, /Host.Colour/],
      [{ PermissionsFile: "/etc/dcv/default.perm" }, /PermissionsFile is not base64 encoded/],
      [{ Name: "n".repeat(257) }, /Name is longer than 256 characters/],
      [{ MaxConcurrentClients: -1 }, /MaxConcurrentClients is negative/],
      [{}, /No DCV server found/],
    ] as const
  ) assertMatch(await call.creationFailure(wrong), words);
});
