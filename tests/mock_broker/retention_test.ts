import { assertEquals } from "@std/assert";
import type { MockBrokerOptions } from "@dcvkit/mock-broker";
import { Caller, createBroker } from "./call.ts";

/** A broker whose session "s1" has just become DELETED. */
async function createBrokerWithEndedSession(properties: MockBrokerOptions["properties"]) {
  const timings = { deletion: [0, 0] } as const;
  const broker = createBroker({ sessions: [{ id: "s1", owner: "ana" }], properties, timings });
  const call = new Caller(broker);
  await call.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  return { broker, state: async () => (await call.session("s1"))?.State };
}

Deno.test("a DELETED session is listed for an hour", async () => {
  const { broker, state } = await createBrokerWithEndedSession({});
  broker.advance(3_600_000 - 1);
  assertEquals(await state(), "DELETED");
  broker.advance(1);
  assertEquals(await state(), undefined);
});

Deno.test("delete-session-duration-seconds is how long", async () => {
  const { broker, state } = await createBrokerWithEndedSession({ "delete-session-duration-seconds": 10 });
  broker.advance(9_999);
  assertEquals(await state(), "DELETED");
  broker.advance(1);
  assertEquals(await state(), undefined);
});

Deno.test("delete-session-duration-hours, its forerunner, counts where the newer property is not set", async () => {
  const old = await createBrokerWithEndedSession({ "delete-session-duration-hours": 2 });
  old.broker.advance(2 * 3_600_000 - 1);
  assertEquals(await old.state(), "DELETED");
  old.broker.advance(1);
  assertEquals(await old.state(), undefined);
  const both = await createBrokerWithEndedSession({
    "delete-session-duration-hours": 2,
    "delete-session-duration-seconds": 1,
  });
  both.broker.advance(1_000);
  assertEquals(await both.state(), undefined);
});

Deno.test("a duration of 0 hides sessions as soon as they are DELETED", async () => {
  for (const name of ["delete-session-duration-hours", "delete-session-duration-seconds"] as const) {
    const { state } = await createBrokerWithEndedSession({ [name]: 0 });
    assertEquals(await state(), undefined);
  }
});

Deno.test("a session that was never READY is kept as long", async () => {
  const broker = createBroker({ servers: [{ creationFailure: "No license" }] });
  const call = new Caller(broker);
  const { Id } = await call.createSession({ DisableRetryOnFailure: true });
  broker.advance(10_000);
  assertEquals((await call.session(Id))!.State, "DELETED");
  broker.advance(3_600_000);
  assertEquals(await call.session(Id), undefined);
});
