/**
 * Faults that are set on the page, as a program with our client feels them.
 *
 * @module
 */

import { assertEquals, assertRejects } from "@std/assert";
import { SessionManagerClient, SessionManagerError } from "@dcvkit/session-manager";
import { browserTest, type Visit } from "./browser.ts";

/** Sets a fault with what the form suggests, and waits until it is in force. */
async function setFault({ page, open }: Visit, type: string, operation: string): Promise<void> {
  await open(`/faults?type=${type}`);
  await page.getByLabel("Operation").selectOption(operation);
  await page.getByRole("button", { name: "Add fault" }).click();
  await page.getByRole("row").filter({ hasText: `: ${type}` }).getByText(operation).waitFor();
}

const FELT = {
  status: "BROKER_ERROR",
  reset: "NETWORK_ERROR",
  noAnswer: "TIMEOUT",
  cutOff: "NETWORK_ERROR",
  garble: "INVALID_RESPONSE",
  throttle: "THROTTLED",
  refuseToken: "UNAUTHORIZED",
};

for (const [type, code] of Object.entries(FELT)) {
  browserTest(`a fault of kind ${type} is set, and the client feels it as ${code}`, {}, async (visit) => {
    await setFault(visit, type, "describeSessions");
    const { server, broker: { credentials } } = visit;
    const client = new SessionManagerClient({
      brokerUrl: server.url,
      credentials,
      retry: false,
      timeout: type === "noAnswer" ? 1_500 : 20_000,
    });
    const error = await assertRejects(() => client.describeSessions(), SessionManagerError);
    assertEquals(error.code, code);
    await visit.page.getByRole("button", { name: "Remove fault-1" }).click();
    await visit.page.getByText("No fault is in force").first().waitFor();
    assertEquals((await client.describeSessions()).Sessions, []);
  });
}

browserTest("a fault of kind delay is set, and the client waits until time has passed", {}, async (visit) => {
  await setFault(visit, "delay", "describeSessions");
  const { page, client, broker } = visit;
  let hasAnswer = false;
  const answer = client.describeSessions().then(() => hasAnswer = true);
  while (broker.faults.list()[0]?.struck === 0) await page.waitForTimeout(10);
  assertEquals(hasAnswer, false);
  await page.getByRole("button", { name: "Advance by 10 s" }).click();
  await answer;
});

browserTest("a fault of kind failItem is set, and the client is told its reason", {}, async (visit) => {
  await setFault(visit, "failItem", "createSessions");
  const { UnsuccessfulList } = await visit.client.createSessions([{
    Name: "a",
    Owner: "ana",
    Type: "VIRTUAL",
  }]);
  assertEquals(UnsuccessfulList[0]?.FailureReason, "Internal error");
});

browserTest("a preset is let loose, and its rules are shown", {}, async ({ page, open }) => {
  await open("/faults");
  await page.getByRole("button", { name: "Flaky network" }).click();
  await page.getByRole("rowheader", { name: /^fault-4: cutOff/ }).waitFor();
  await page.getByRole("button", { name: "Remove all faults" }).click();
  await page.getByText("the broker answers as it should").waitFor();
});
