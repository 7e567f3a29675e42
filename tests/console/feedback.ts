/**
 * What a person gets back: messages, questions, and the way back.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest } from "./browser.ts";

/** Where an element is in the window. */
async function top(page: Page, selector: string): Promise<number> {
  return (await page.locator(selector).first().boundingBox())!.y;
}

browserTest("a message is read to everyone, moves nothing and is closed", {}, async ({ page, open }) => {
  await open("/hosts/ip-10-0-0-1");
  const before = await top(page, "h2");
  await page.getByRole("button", { name: "Close for placement" }).click();
  const message = page.getByRole("status").filter({ hasText: "The host is closed for placement" });
  await message.waitFor();
  assertEquals(await top(page, "h2"), before);
  await message.getByRole("link", { name: "Close" }).click();
  await message.waitFor({ state: "detached" });
});

browserTest("a message passes by itself, a failure stays", {}, async ({ page, open }) => {
  await page.clock.install();
  await open("/hosts");
  await page.getByRole("button", { name: "Advance by 1 s", exact: true }).click();
  await page.getByText("Time has passed").waitFor();
  await page.clock.runFor(10_000);
  await page.getByText("Time has passed").waitFor({ state: "detached" });

  await page.getByLabel("Host name (optional)").fill("ip-10-0-0-1");
  await page.getByRole("button", { name: "Add host" }).click();
  await page.getByText("Not done.").waitFor();
  await page.clock.runFor(60_000);
  assertEquals(await page.getByText("Not done.").count(), 1);
  assertEquals(await page.getByLabel("Host name (optional)").inputValue(), "ip-10-0-0-1");
});

browserTest("what destroys asks first; cancelled, all stays and the focus is back", {}, async (
  { page, open, broker },
) => {
  await open("/hosts/ip-10-0-0-1");
  const terminate = page.getByRole("button", { name: "Terminate" });
  await terminate.focus();
  await page.keyboard.press("Enter");
  const question = page.getByRole("dialog", { name: "Terminate ip-10-0-0-1?" });
  await question.waitFor();
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Cancel");
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  assertEquals(await page.evaluate("document.activeElement.textContent"), "Terminate");
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, false);
});

browserTest("what was destroyed is had back by Undo", {}, async ({ page, open, broker }) => {
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", id: "mine" });
  await open("/hosts/ip-10-0-0-1");
  await page.getByRole("button", { name: "Terminate" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Terminate" }).click();
  const undo = page.getByRole("status").getByRole("button", { name: "Undo" });
  await undo.waitFor();
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, true);
  await undo.click();
  await page.getByText("the world is as it was before").waitFor();
  assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, false);
  assertEquals(broker.sessions.get("mine").state, "READY");
});

browserTest(
  "without scripts a question stands in the page, and Undo works",
  { page: { javaScriptEnabled: false } },
  async ({ page, open, broker }) => {
    await open("/hosts/ip-10-0-0-1");
    await page.getByRole("button", { name: "Terminate" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Terminate" }).click();
    await page.getByRole("button", { name: "Undo" }).click();
    await page.getByText("the world is as it was before").waitFor();
    assertEquals(broker.hosts.get("ip-10-0-0-1").terminated, false);
  },
);

browserTest("rows do not slip away under the pointer, but say what is new", {}, async (
  { page, open, client, broker },
) => {
  await client.createSession({ Name: "first", Owner: "ana", Type: "VIRTUAL" });
  await open("/sessions");
  const first = page.getByRole("row").filter({ hasText: "first" });
  await first.hover();
  const before = (await first.boundingBox())!.y;
  await client.createSession({ Name: "second", Owner: "ana", Type: "VIRTUAL" });
  broker.advance(10_000);
  await first.getByText("READY").waitFor();
  assertEquals((await first.boundingBox())!.y, before);
  assertEquals(await page.getByRole("link", { name: "second" }).count(), 0);
  await page.mouse.move(0, 0);
  await page.getByRole("link", { name: "second" }).waitFor();
});

browserTest("relative times go on by themselves, as the server tells them", {
  broker: { clock: { mode: "manual", speed: 60 } },
}, async ({ page, open, broker }) => {
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana" });
  await open("/sessions");
  const time = page.locator("time[data-relative]");
  assertEquals(await time.innerText(), "now");
  for (
    const [milliseconds, text] of [[59_000, "59 s ago"], [1_000, "1 min ago"], [
      7_200_000,
      "2 h ago",
    ]] as const
  ) {
    broker.advance(milliseconds);
    await time.getByText(text).waitFor();
  }
  broker.clock.unfreeze();
  await time.getByText("2 h ago").waitFor();
});
