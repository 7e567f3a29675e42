/**
 * The journal and the advice, as a person uses them in a browser.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertFalse,
  assertLess,
  assertMatch,
  assertStringIncludes,
} from "@std/assert";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { browserTest } from "./browser.ts";

const SESSION = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };

browserTest("a request is found, looked at beside its answer, and holds no secret", {}, async (
  { page, open, client, broker },
) => {
  await client.createSession(SESSION);
  await client.deleteSessions([{ SessionId: "gone", Owner: "ben" }]);
  await open("/journal");
  await page.getByLabel("Text anywhere in it").fill("ben");
  await page.getByRole("button", { name: "Filter" }).click();
  await page.waitForURL(/text=ben/);
  assertEquals(await page.getByRole("row").count(), 2);
  await page.getByRole("link", { name: "deleteSessions" }).click();
  const request = page.getByRole("region", { name: "Request", exact: true });
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  assertStringIncludes(await request.innerText(), '"Owner": "ben"');
  assertStringIncludes(
    await answer.innerText(),
    '"FailureReason": "The requested dcvSession does not exist"',
  );
  const [left, right] = [(await request.boundingBox())!, (await answer.boundingBox())!];
  assert(left.x + left.width <= right.x, "They stand side by side");
  assertEquals(left.y, right.y);
  await page.setViewportSize({ width: 360, height: 740 });
  const [above, below] = [(await request.boundingBox())!, (await answer.boundingBox())!];
  assert(above.y + above.height <= below.y, "The answer stands below the request");
  await open("/journal/1");
  const html = await page.content();
  assertFalse(html.includes(broker.credentials.clientSecret));
  assertFalse(/eyJ[\w-]+\./.test(html));
});

browserTest("what is folded stays folded while the page is kept up to date", {}, async (
  { page, open, client },
) => {
  await client.createSession(SESSION);
  await open("/journal/2");
  const answer = page.getByRole("region", { name: "Answer", exact: true });
  await answer.locator("summary").filter({ hasText: '"SuccessfulList"' }).click();
  await answer.getByText("1 item ]").waitFor();
  await client.describeSessions();
  await page.getByRole("link", { name: "Next" }).waitFor();
  assert(await answer.getByText("1 item ]").isVisible());
  assertFalse(await answer.getByText('"CREATING"').isVisible());
});

browserTest("new requests that match show up by themselves, others do not", {}, async (
  { page, open, client, broker },
) => {
  await open("/journal?operation=createSessions");
  await page.getByText("No request yet").waitFor();
  await client.describeSessions();
  await page.getByText("No match: none of the 2 requests").waitFor();
  await client.createSession(SESSION);
  await page.getByRole("link", { name: "createSessions" }).waitFor();
  assertEquals(await page.getByRole("row").count(), 2);
  assertEquals(broker.journal.size, 3);
});

browserTest("rows stay where they are while they are read, and say that others wait", {}, async (
  { page, open, client },
) => {
  await client.describeSessions();
  await open("/journal");
  const first = page.getByRole("row").filter({ hasText: "token" });
  await first.hover();
  const before = await first.boundingBox();
  await client.describeServers();
  await page.getByText("New requests wait").waitFor();
  assertEquals(await first.boundingBox(), before);
  assertEquals(await page.getByRole("link", { name: "describeServers" }).count(), 0);
  await page.getByRole("heading", { name: "Journal" }).hover();
  await page.getByRole("link", { name: "describeServers" }).waitFor();
  await page.getByText("New requests wait").waitFor({ state: "hidden" });
});

browserTest("what stands in a list that was scrolled stays in place when new requests come", {}, async (
  { page, open, broker },
) => {
  for (let call = 0; call < 60; call++) await broker.fetch(`${broker.url}/health`);
  await open("/journal");
  await page.getByText("Live").waitFor();
  const row = page.locator("#entry-40");
  await row.scrollIntoViewIfNeeded();
  await page.mouse.wheel(0, 600);
  await page.mouse.move(700, 10);
  await page.waitForFunction("scrollY > 500");
  const before = (await row.boundingBox())!;
  for (let call = 0; call < 5; call++) await broker.fetch(`${broker.url}/health`);
  await page.locator("#entry-65").waitFor({ state: "attached" });
  const after = (await row.boundingBox())!;
  assertLess(Math.abs(after.y - before.y), 2, "Browsers keep it in place to the pixel, more or less");
});

browserTest("a request is copied", {}, async ({ page, open, client }) => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await client.describeSessions({ SessionIds: ["a"] });
  await open("/journal/2");
  for (
    const [kind, text] of [["curl", /^token=/], ["TypeScript", /client\.describeSessions/], [
      "Python",
      /^import os/,
    ]] as const
  ) {
    await page.getByText(kind, { exact: true }).click();
    await page.getByRole("button", { name: `Copy as ${kind}` }).click();
    await page.getByText("Copied", { exact: true }).waitFor();
    assertMatch(await page.evaluate("navigator.clipboard.readText()"), text);
  }
});

browserTest("a request is sent again: at once, or after a question if it changes something", {}, async (
  { page, open, client, broker },
) => {
  await client.createSession(SESSION);
  await client.describeSessions();
  await open("/journal/3");
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByText("It was sent again").waitFor();
  await page.getByRole("heading", { name: "describeSessions, request 4" }).waitFor();
  // Updates are of that view from then on.
  assertMatch(page.url(), /\/journal\/4$/);
  await client.describeServers();
  await page.getByRole("link", { name: "Journal5" }).waitFor();
  assertEquals(await page.getByRole("heading", { name: "describeSessions, request 4" }).count(), 1);
  await page.goBack();
  await page.getByRole("heading", { name: "describeSessions, request 3" }).waitFor();

  await open("/journal/2");
  await page.getByRole("button", { name: "Send again" }).click();
  const question = page.getByRole("dialog", { name: "Send request 2 again?" });
  await question.getByRole("link", { name: "Cancel" }).click();
  assertEquals(broker.sessions.list().total, 1);
  await page.getByRole("button", { name: "Send again" }).click();
  await question.getByRole("button", { name: "Send again" }).click();
  await page.getByRole("heading", { name: "createSessions, request 6" }).waitFor();
  assertEquals(broker.sessions.list().total, 2);
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByRole("link", { name: "Sessions 1" }).or(page.getByRole("link", { name: "Sessions1" }))
    .waitFor();
  assertEquals(broker.sessions.list().total, 1);
  await page.getByRole("link", { name: "compare the answers" }).click();
  await page.getByRole("heading", { name: "Difference" }).waitFor();
});

browserTest("what cannot be sent again says why", {}, async ({ page, open, server }) => {
  await (await fetch(`${server.url}/createSessions`, { method: "POST", body: "[]" })).body?.cancel();
  await open("/journal/1");
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await page.getByText("Not done. Request 1 cannot be sent again: its body is not in the journal").waitFor();
});

browserTest("two answers are chosen and compared", {}, async ({ page, open, client }) => {
  await client.describeSessions();
  await client.createSession(SESSION);
  await client.describeSessions();
  await open("/journal");
  await page.getByLabel("Compare request 2").check();
  await page.getByRole("heading", { name: "Journal" }).hover();
  await client.describeServers();
  await page.getByRole("link", { name: "describeServers" }).waitFor();
  await page.getByLabel("Compare request 4").check();
  assert(await page.getByLabel("Compare request 2").isChecked(), "An update leaves what is ticked");
  await page.getByRole("button", { name: "Compare two answers" }).click();
  await page.getByRole("heading", { name: "Difference" }).waitFor();
  await page.locator("ins").filter({ hasText: '"Owner": "ana"' }).waitFor();
  await open("/journal/4");
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await page.locator("del").filter({ hasText: '"Sessions": []' }).waitFor();
});

browserTest("advice shows up in the navigation and on its page as it is earned", {}, async (
  { page, open, server, broker },
) => {
  await open("/advice");
  await page.getByText("No request yet").waitFor();
  for (let call = 0; call < 3; call++) {
    const { credentials } = broker;
    await new SessionManagerClient({ brokerUrl: server.url, credentials }).describeSessions();
  }
  await page.getByRole("heading", { name: "Asks for an access token with every call" }).waitFor();
  assertMatch(await page.getByRole("navigation", { name: "Views" }).innerText(), /Advice\s*1/);
  await page.getByRole("link", { name: "Request 1" }).click();
  await page.getByRole("heading", { name: "token, request 1" }).waitFor();
});

browserTest("without scripts the journal is filtered, compared and sent again", {
  page: { javaScriptEnabled: false },
}, async ({ page, open, client }) => {
  await client.createSession(SESSION);
  await client.describeSessions();
  await open("/journal");
  await page.getByLabel("Operation").selectOption("createSessions");
  await page.getByRole("button", { name: "Filter" }).click();
  assertEquals(await page.getByRole("row").count(), 2);
  await page.getByRole("link", { name: "createSessions" }).click();
  await page.getByRole("button", { name: "Send again" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Send again" }).click();
  await page.getByRole("heading", { name: "createSessions, request 4" }).waitFor();
  await open("/journal");
  await page.getByLabel("Compare request 2").check();
  await page.getByLabel("Compare request 4").check();
  await page.getByRole("button", { name: "Compare two answers" }).click();
  await page.getByRole("heading", { name: "Bodies of the answers" }).waitFor();
});

browserTest("the keyboard alone finds, opens and folds", {}, async ({ page, open, client }) => {
  await client.describeSessions();
  await open("/journal");
  await page.getByLabel("Text anywhere in it").focus();
  await page.keyboard.type("describe");
  await page.keyboard.press("Enter");
  await page.waitForURL(/text=describe/);
  const link = page.getByRole("link", { name: "describeSessions" });
  await link.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "describeSessions, request 2" }).waitFor();
  const outermost = page.getByRole("region", { name: "Answer", exact: true }).locator("summary").first();
  await outermost.focus();
  await page.keyboard.press("Enter");
  await page.getByText("2 fields }").waitFor();
});
