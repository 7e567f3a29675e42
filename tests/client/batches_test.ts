import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { allSuccessful, BatchError, SessionManagerError } from "../../mod.ts";
import { json, session, StubBroker } from "./support/stub_broker.ts";

const GONE = { SessionId: "s-1", FailureReason: "The requested dcvSession does not exist" };

Deno.test("a batch answers with both lists even if every item failed", async () => {
  const broker = new StubBroker(json({ RequestId: "r-1", SuccessfulList: [], UnsuccessfulList: [GONE] }));
  const response = await broker.client().deleteSessions([{ SessionId: "s-1", Owner: "ana" }]);
  assertEquals(response, { RequestId: "r-1", SuccessfulList: [], UnsuccessfulList: [GONE] });
});

Deno.test("allSuccessful() gives the items if all succeeded", () => {
  const SuccessfulList = [{ ServerId: "h-1" }];
  assertEquals(allSuccessful({ SuccessfulList, UnsuccessfulList: [] }), SuccessfulList);
  assertEquals(allSuccessful({ SuccessfulList: null, UnsuccessfulList: null } as never), []);
});

Deno.test("allSuccessful() throws one error that holds each failure", () => {
  const UnsuccessfulList = [GONE, { ...GONE, SessionId: "s-2" }];
  const error = assertThrows(
    () => allSuccessful({ SuccessfulList: [], UnsuccessfulList }, "deleteSessions"),
    BatchError,
    "Cannot complete deleteSessions: 2 failed: The requested dcvSession does not exist",
  );
  assertInstanceOf(error, SessionManagerError);
  assertEquals([error.name, error.code], ["BatchError", "SESSION_NOT_FOUND"]);
  assertEquals(
    error.failures,
    UnsuccessfulList.map((item) => ({
      code: "SESSION_NOT_FOUND",
      reason: GONE.FailureReason,
      item,
    })),
  );
});

Deno.test("each failure has a code of its own, and the error that of the first", () => {
  const UnsuccessfulList = [GONE, { SessionId: "s-2", FailureReason: "Cosmic rays" }];
  const error = assertThrows(() => allSuccessful({ SuccessfulList: [], UnsuccessfulList }), BatchError);
  assertEquals(error.code, "SESSION_NOT_FOUND");
  assertEquals(error.failures.map(({ code }) => code), ["SESSION_NOT_FOUND", "REQUEST_FAILED"]);
});

/** The failures in the developer guide and in the logs of other clients. */
const REASONS: [Record<string, unknown>, string][] = [
  [
    { CreateSessionRequestData: {}, FailureReason: "No DCV server found for the given criteria" },
    "NO_DCV_SERVER_FOUND",
  ],
  [{ GetSessionScreenshotRequestData: {}, FailureReason: "Dcv session not found." }, "SESSION_NOT_FOUND"],
  [
    { OpenServerRequestData: {}, FailureCode: "DCV_SERVER_NOT_FOUND", FailureReason: "x" },
    "DCV_SERVER_NOT_FOUND",
  ],
  [
    { OpenServerRequestData: { ServerId: "h" }, FailureReason: "Dcv server not found." },
    "DCV_SERVER_NOT_FOUND",
  ],
  [{ CloseServerRequestData: {}, FailureCode: "SOMETHING_NEW", FailureReason: "x" }, "SOMETHING_NEW"],
  [{ CreateSessionRequestData: {}, FailureReason: "Server property server:Foo not found" }, "REQUEST_FAILED"],
];

for (const [item, code] of REASONS) {
  Deno.test(`${JSON.stringify(item)} is ${code}`, () => {
    const response = { SuccessfulList: [], UnsuccessfulList: [item as { FailureReason: string }] };
    assertEquals(assertThrows(() => allSuccessful(response), BatchError).code, code);
  });
}

Deno.test("createSession() gives the one session", async () => {
  const created = session({ State: "CREATING", Substate: "SESSION_PLACING" });
  const client = new StubBroker(json({ SuccessfulList: [created] })).client();
  assertEquals(
    await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" }) as unknown,
    created,
  );
});

Deno.test("createSession() throws the broker's reason", async () => {
  const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
  const failure = {
    CreateSessionRequestData: request,
    FailureReason: "No DCV server found for the given criteria",
  };
  const client = new StubBroker(json({ UnsuccessfulList: [failure] })).client();
  const error = await assertRejects(() => client.createSession(request), BatchError);
  assertEquals([error.code, error.operation, error.brokerMessage], [
    "NO_DCV_SERVER_FOUND",
    "createSession",
    failure.FailureReason,
  ]);
});

Deno.test("createSession() is INVALID_RESPONSE if the answer mentions no session", async () => {
  const client = new StubBroker(json({ RequestId: "r-1" })).client();
  const call = () => client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
  assertEquals((await assertRejects(call, SessionManagerError)).code, "INVALID_RESPONSE");
});
