/**
 * What changes before the reader's eyes, and what does not.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { browserTest } from "./browser.ts";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };

browserTest(
  "a session that is created through the API shows up by itself",
  {},
  async ({ page, open, client }) => {
    await open("/sessions");
    await page.getByText("There is no such session").waitFor();
    await client.createSessions([SESSION]);
    const row = page.getByRole("row").filter({ hasText: "desktop" });
    await row.getByText("CREATING").waitFor();
  },
);

browserTest("the clock is advanced, and what was due has happened", {}, async ({ page, open, client }) => {
  await client.createSessions([SESSION]);
  await open();
  await page.getByText("2026-01-01 00:00:00").first().waitFor();
  await page.getByRole("button", { name: "Advance by 10 s" }).click();
  await page.getByRole("status").getByText("Time has passed").waitFor();
  await page.getByRole("region", { name: "1 session" }).getByText("READY").waitFor();
  assertEquals(await page.locator("#clock").innerText(), "2026-01-01 00:00:10");
});

browserTest("a clock that runs is seen to run", { broker: { clock: { mode: "manual" } } }, async (
  { page, open, broker },
) => {
  await open();
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByRole("button", { name: "Freeze" }).waitFor();
  assertEquals(broker.clock.frozen, false);
  await page.locator("#clock").getByText(/00:00:0[2-9]/).waitFor();
});

browserTest("a host is lost, and its state and that of its session follow", {}, async (
  { page, open, client, broker },
) => {
  await client.createSessions([SESSION]);
  broker.advance(10_000);
  const { host } = broker.sessions.list().items[0]!;
  await open(`/hosts/${host}`);
  await page.getByRole("button", { name: "Cut off the agent" }).click();
  await page.getByRole("button", { name: "Bring the agent back" }).waitFor();
  await page.getByRole("button", { name: "Advance by 1 min" }).click();
  await page.getByText("UNREACHABLE_AGENT").waitFor();
  await page.getByRole("row").filter({ hasText: "desktop" }).getByText("UNKNOWN").waitFor();
});

browserTest("what is being typed and what has the focus stays through updates", {}, async (
  { page, open, client },
) => {
  await open("/sessions");
  const field = page.getByLabel("Id, name or owner");
  await field.fill("desk");
  await client.createSessions([SESSION]);
  await page.getByRole("link", { name: "desktop" }).waitFor();
  assertEquals(await field.inputValue(), "desk");
  assertEquals(await page.evaluate("document.activeElement.id"), "text");

  await page.getByRole("link", { name: "desktop" }).focus();
  await client.createSessions([{ ...SESSION, Name: "another" }]);
  await page.getByRole("link", { name: "another" }).waitFor();
  assertEquals(await page.evaluate("document.activeElement.textContent"), "desktop");
});

browserTest("the focus goes to the heading when what had it is gone", {}, async ({ page, open, broker }) => {
  broker.faults.add({ fault: { type: "garble" } });
  await open("/faults");
  await page.getByRole("button", { name: "Remove fault-1" }).press("Enter");
  await page.getByText("No fault is in force").first().waitFor();
  await page.waitForFunction("document.activeElement.tagName === 'H1'");
});

browserTest("a page whose broker has failed says so, and keeps what it shows", {}, async ({ page, open }) => {
  await open();
  await page.route("**/actions/*", (route) => route.fulfill({ contentType: "application/json", body: "{}" }));
  await page.getByRole("button", { name: "Run" }).click();
  await page.getByText("The broker answers 200").waitFor();
  await page.getByRole("heading", { name: "6 hosts" }).waitFor();
});

browserTest("updates can be paused, and catch up afterwards", {}, async ({ page, open, client }) => {
  await open("/sessions");
  await page.getByText("Live").waitFor();
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.getByText("Paused").waitFor();
  const before = await page.getByRole("main").innerText();
  await client.createSessions([SESSION]);
  assertEquals(await page.getByRole("main").innerText(), before);
  await page.getByRole("button", { name: "Pause updates" }).click();
  await page.getByRole("link", { name: "desktop" }).waitFor();
});

browserTest("without scripts every form works as well", { page: { javaScriptEnabled: false } }, async (
  { page, open },
) => {
  await open("/hosts/ip-10-0-0-1");
  await page.getByRole("button", { name: "Close for placement" }).click();
  await page.getByText("The host is closed for placement").waitFor();
  await page.getByRole("button", { name: "Open for placement" }).waitFor();
});

browserTest("the time line is walked along, event by event", {}, async ({ page, open, client, broker }) => {
  await open();
  await page.getByText("Nothing is due").waitFor();
  await client.createSessions([SESSION]);
  const panel = page.getByRole("region", { name: "What happens next" });
  await panel.getByRole("listitem").getByText("is tied to its host").waitFor();
  await panel.getByRole("img", { name: "Time line of the next 1 event" }).waitFor();
  await panel.getByRole("button", { name: "Next event" }).click();
  await panel.getByRole("listitem").getByText("becomes READY").waitFor();
  await panel.getByRole("button", { name: "Next event" }).click();
  await page.getByRole("region", { name: "1 session" }).getByText("READY").waitFor();
  assertEquals(broker.sessions.list().items[0]!.state, "READY");
});

browserTest("requests, errors and sessions of the last minutes are drawn, and said in words", {}, async (
  { page, open, client, broker },
) => {
  await client.createSessions([SESSION]);
  await broker.fetch(`${broker.url}/nowhere`);
  await open();
  const chart = (name: string) => page.getByRole("img", { name }).waitFor();
  await chart("Requests: 3. At most 3 in 10 seconds");
  await chart("Errors: 1. At most 1 in 10 seconds");
  await chart("Sessions now: 1. At most 1 in 10 seconds");
  await client.describeSessions();
  await chart("Requests: 4.");
});
