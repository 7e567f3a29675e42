import { assertEquals, assertRejects } from "@std/assert";
import type { SessionManagerError, WaitOptions } from "../../mod.ts";
import { FakeTime } from "./support/fake_time.ts";
import { json, session, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const ABSENT = json({ Sessions: [] });
const IN = (State: string): StubAnswer => json({ Sessions: [session({ State })] });

/** Waits for a session that is found like this, poll by poll. */
async function wait(answers: StubAnswer[], options?: WaitOptions) {
  using time = new FakeTime();
  const broker = new StubBroker(answers);
  const outcome = await time.settle(
    broker.client().waitForSession("s-1", options).then((session) => session?.State, (error) => error),
  );
  assertEquals(time.pendingTimers, 0);
  return { outcome, polls: broker.requests.length, elapsed: time.elapsed };
}

async function assertUnreachable(answers: StubAnswer[], found: string, options?: WaitOptions): Promise<void> {
  const { outcome, polls } = await wait(answers, options);
  assertEquals((outcome as SessionManagerError).code, "STATE_UNREACHABLE");
  const state = options?.state ?? "READY";
  assertEquals(
    (outcome as Error).message,
    `Cannot complete waitForSession: s-1 is not ${state} but ${found}`,
  );
  assertEquals(polls, answers.length);
}

Deno.test("waitForSession() gives the session as soon as it is READY", async () => {
  const { outcome, polls } = await wait([IN("CREATING"), IN("CREATING"), IN("READY")]);
  assertEquals([outcome, polls], ["READY", 3]);
});

Deno.test("waitForSession() asks for the one session only", async () => {
  const broker = new StubBroker(IN("READY"));
  await broker.client().waitForSession("s-1");
  assertEquals(broker.requests[0]?.body, { SessionIds: ["s-1"] });
});

Deno.test("waitForSession() polls less and less often, up to maxDelay", async () => {
  const answers = [...Array(5).fill(IN("CREATING")), IN("READY")];
  const options = { minDelay: 100, maxDelay: 300 };
  assertEquals((await wait(answers, options)).elapsed, 100 + 150 + 225 + 300 + 300);
});

Deno.test("waitForSession() ends early if the session is on its way out, or gone", async () => {
  await assertUnreachable([IN("CREATING"), IN("DELETING")], "DELETING");
  await assertUnreachable([IN("CREATING"), IN("DELETED")], "DELETED");
  await assertUnreachable([IN("CREATING"), ABSENT, ABSENT, ABSENT], "gone");
});

Deno.test("waitForSession() gives a session that is not known yet a moment", async () => {
  assertEquals((await wait([ABSENT, ABSENT, IN("CREATING"), ABSENT, IN("READY")])).outcome, "READY");
});

Deno.test("waitForSession() waits UNKNOWN out, since the broker may find the host again", async () => {
  assertEquals((await wait([IN("UNKNOWN"), IN("UNKNOWN"), IN("READY")])).outcome, "READY");
});

Deno.test("waitForSession() waits for DELETED, and is content if the session is gone", async () => {
  const options = { state: "DELETED" as const };
  assertEquals((await wait([IN("READY"), IN("DELETING"), IN("DELETED")], options)).outcome, "DELETED");
  assertEquals((await wait([IN("DELETING"), ABSENT], options)).outcome, undefined);
});

Deno.test("waitForSession() can wait for any other state", async () => {
  assertEquals((await wait([IN("READY"), IN("UNKNOWN")], { state: "UNKNOWN" })).outcome, "UNKNOWN");
  await assertUnreachable([IN("READY"), IN("DELETED")], "DELETED", { state: "DELETING" });
});

Deno.test("waitForSession() has a deadline, and says what it last saw", async () => {
  const { outcome, elapsed } = await wait([IN("CREATING")], { timeout: 10_000 });
  assertEquals((outcome as SessionManagerError).code, "TIMEOUT");
  assertEquals((outcome as Error).message, "Cannot complete waitForSession: s-1 is not READY but CREATING");
  assertEquals(elapsed, 10_000);
});

Deno.test("waitForSession() has a deadline of five minutes if none is given", async () => {
  assertEquals((await wait([IN("CREATING")])).elapsed, 300_000);
});

Deno.test("an error of a poll ends the wait", async () => {
  const { outcome } = await wait([IN("CREATING"), json({ error: "Invalid input" }, { status: 400 })]);
  assertEquals((outcome as SessionManagerError).code, "INVALID_REQUEST");
});

Deno.test("bad input to waitForSession() is a TypeError", async () => {
  const client = new StubBroker(IN("READY")).client();
  await assertRejects(
    () => client.waitForSession(""),
    TypeError,
    '"SessionIds[0]" must be a non-empty string: got ""',
  );
  await assertRejects(
    () => client.waitForSession("s", { timeout: 0 }),
    TypeError,
    '"timeout" must be a number from 1',
  );
  await assertRejects(
    () => client.waitForSession("s", { maxDelay: NaN }),
    TypeError,
    '"maxDelay" must be a number from 1',
  );
  await assertRejects(
    () => client.waitForSession("s", { minDelay: 0 }),
    TypeError,
    '"minDelay" must be a number from 1',
  );
});
