/**
 * What the page does through the broker, and how it helps programs to get there.
 *
 * @module
 */

import { assert, assertEquals, assertFalse, assertStringIncludes } from "@std/assert";
import { browserTest } from "./browser.ts";

browserTest("a session is created and deleted through the broker, which journals it", {}, async (
  { page, open, broker },
) => {
  await open("/sessions");
  await page.getByLabel("Name", { exact: true }).fill("made-here");
  await page.getByLabel("Owner", { exact: true }).fill("ana");
  await page.getByRole("button", { name: "Create session" }).click();
  await page.getByRole("link", { name: "made-here" }).click();
  broker.advance(10_000);
  await page.getByRole("button", { name: "Delete" }).click();
  await page.getByRole("dialog", { name: "Delete made-here?" }).getByRole("button", { name: "Delete" })
    .click();
  await page.getByText("The broker deletes the session").waitFor();
  assertEquals(broker.sessions.list().items[0]!.state, "DELETING");
  assertEquals(broker.journal.entries().map(({ operation, status }) => [operation, status]), [
    ["token", 200],
    ["createSessions", 200],
    ["deleteSessions", 200],
  ]);
});

browserTest("what the broker refuses is said in its words, and what was typed stays", {}, async (
  { page, open, broker },
) => {
  await open("/sessions");
  const create = async (requirements: string) => {
    await page.getByLabel("Name", { exact: true }).fill("nowhere");
    await page.getByLabel("Owner", { exact: true }).fill("ana");
    await page.getByLabel("Requirements (optional)").fill(requirements);
    await page.getByRole("button", { name: "Create session" }).click();
  };
  await create("tag:ram = ");
  await page.getByText("Not done. The broker refuses:").waitFor();
  assertEquals(await page.getByLabel("Requirements (optional)").inputValue(), "tag:ram = ");
  broker.faults.add({ operation: "createSessions", fault: { type: "status", status: 503, body: "busy" } });
  await create("");
  await page.getByText("Not done. The broker answers 503").waitFor();
  broker.faults.clear();
  // The access token is asked for again when it is void.
  broker.revokeTokens();
  await create("");
  await page.getByText("The broker creates the session").waitFor();
});

browserTest("all that a program needs is on one view, the secret when it is asked for", {}, async (
  { page, open, broker, server },
) => {
  const { clientId, clientSecret } = broker.credentials;
  await open("/connect");
  assertEquals(await page.locator("#broker-url").innerText(), server.url);
  assertEquals(await page.locator("#client-id").innerText(), clientId);
  assertFalse((await page.content()).includes(clientSecret));
  await page.getByRole("button", { name: "Show the secret" }).click();
  await page.locator("#client-secret").getByText(clientSecret).waitFor();
  assertStringIncludes(
    await page.locator("#environment").innerText(),
    `DCV_SM_CLIENT_PASSWORD='${clientSecret}'`,
  );
  // Updates come without it, and leave it.
  broker.hosts.add({ hostname: "late" });
  await page.getByRole("link", { name: "Hosts7" }).waitFor();
  assert(await page.locator("#client-secret").isVisible());
});

browserTest("a snippet is copied, and that is said", {
  page: { permissions: ["clipboard-read", "clipboard-write"] },
}, async (
  { page, open },
) => {
  await open("/connect");
  await page.getByRole("button", { name: "Copy curl" }).click();
  await page.getByRole("status").getByText("Copied").waitFor();
  assertStringIncludes(await page.evaluate("navigator.clipboard.readText()"), "/describeSessions");
});
