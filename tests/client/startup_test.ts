import { assertEquals, assertInstanceOf, assertRejects } from "@std/assert";
import { SessionManagerError } from "../../mod.ts";
import { waitForBroker } from "../../src/startup.ts";
import { FakeTime } from "./support/fake_time.ts";
import { networkFailure, type StubAnswer, StubBroker } from "./support/stub_broker.ts";

const STARTING: StubAnswer = () => new Response("Service Unavailable", { status: 503 });
const WELL: StubAnswer = () => new Response("");

Deno.test("waitForBroker() waits until the health check succeeds", async () => {
  using time = new FakeTime();
  const broker = new StubBroker([networkFailure("ECONNREFUSED"), STARTING, WELL]);
  await time.settle(waitForBroker(broker.client({ retry: false })));
  assertEquals([broker.paths, time.elapsed], [["/health", "/health", "/health"], 2_000]);
});

Deno.test("waitForBroker() has a deadline, and says what it last saw", async () => {
  using time = new FakeTime();
  const client = new StubBroker(STARTING).client({ retry: false });
  const call = time.settle(waitForBroker(client, { timeout: 10_000 }));
  const error = await assertRejects(() => call, SessionManagerError, "is not well after 10000 ms");
  assertEquals([error.code, time.elapsed], ["TIMEOUT", 10_000]);
  assertInstanceOf(error.cause, SessionManagerError);
  assertEquals(error.cause.status, 503);
});

Deno.test("waitForBroker() does not wait for a certificate to become trusted", async () => {
  const client = new StubBroker(networkFailure("SELF_SIGNED_CERT_IN_CHAIN")).client();
  const error = await assertRejects(() => waitForBroker(client), SessionManagerError);
  assertEquals(error.code, "UNTRUSTED_CERTIFICATE");
});

Deno.test("an abort ends waitForBroker()", async () => {
  using time = new FakeTime();
  const controller = new AbortController();
  const client = new StubBroker(STARTING).client({ retry: false });
  const call = waitForBroker(client, { signal: controller.signal });
  await time.advance(2_500);
  controller.abort(new Error("Enough"));
  await assertRejects(() => call, Error, "Enough");
  assertEquals(time.pendingTimers, 0);
});
