/**
 * What a visitor finds on the page, by the roles and test ids that the guide documents.
 *
 * @module
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { desktopTest, SHARED, violations, watchedBy } from "./visitors.ts";

desktopTest("a page shows the session, the user, and what the permissions allow", {}, async ({ open }) => {
  const page = await open("bob");
  await page.getByRole("heading", { name: "Turbine blade" }).waitFor();
  const facts = ["user", "owner", "session-id", "state", "host", "token-life", "summary"];
  assertEquals(await Promise.all(facts.map((id) => page.getByTestId(id).innerText())), [
    "bob",
    "ana",
    "s1",
    "READY",
    "ip-10-0-0-1",
    "60 min",
    "You may look, but not type or click.",
  ]);
  const allowed = (feature: string) => page.getByTestId(`feature-${feature}`).getAttribute("data-allowed");
  assertEquals([await allowed("display"), await allowed("keyboard")], ["true", "false"]);
  const picture = page.getByRole("img", { name: "Screen of Turbine blade" });
  await page.waitForFunction("document.querySelector('[data-testid=picture]').naturalWidth > 0");
  assertEquals(
    await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
    1280,
  );
  assertEquals(await page.title(), "Turbine blade · Simulated desktop");
  await page.getByText("A simulation, not Amazon DCV.").waitFor();
});

desktopTest("a page shows who else is there, live", {}, async ({ open }) => {
  const ana = await open("ana");
  await ana.getByText("Nobody else is connected.").waitFor();
  const bob = await open("bob");
  await ana.getByTestId("others").getByText("bob").waitFor();
  await bob.close();
  await ana.getByText("Nobody else is connected.").waitFor();
});

desktopTest("the button ends the connection, and another opens it again", {}, async ({ open, broker }) => {
  const page = await open("ana");
  await page.getByRole("button", { name: "End connection" }).click();
  await page.getByRole("heading", { name: "The connection has ended" }).waitFor();
  assertEquals(await page.getByTestId("ended").getAttribute("data-code"), "ENDED_BY_USER");
  await until(() => broker.sessions.get("s1").connections.length === 0);
  await page.getByRole("button", { name: "Connect again" }).click();
  await page.getByTestId("desktop").waitFor();
  assertEquals(broker.sessions.get("s1").connections, ["ana"]);
});

desktopTest("a reload takes the place of its former connection", {
  broker: { sessions: [{ ...SHARED, maxConcurrentClients: 1 }] },
}, async ({ open, broker }) => {
  const page = await open("ana");
  await page.getByTestId("desktop").waitFor();
  for (let reloads = 0; reloads < 3; reloads++) {
    await page.reload();
    await page.getByTestId("desktop").waitFor();
    assertEquals(broker.sessions.get("s1").connections, ["ana"]);
  }
});

desktopTest("a page follows permissions, the session and its end", {}, async ({ open, client, broker }) => {
  const bob = await open("bob");
  await bob.getByTestId("desktop").waitFor();
  await client.updateSessionPermissions([{ SessionId: "s1", Owner: "ana", PermissionsFile: watchedBy() }]);
  await bob.getByTestId("ended").waitFor();
  assertEquals(
    await bob.getByTestId("reason").innerText(),
    "The permissions of session s1 do not let bob see its display",
  );

  const ana = await open("ana");
  await ana.getByTestId("desktop").waitFor();
  await client.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  await ana.getByTestId("notices").getByText("The session is being deleted").waitFor();
  broker.advance(10_000);
  await ana.getByRole("alert").getByText("The session has ended").waitFor();
});

desktopTest("a page says that the connector is gone, and the server closes", {}, async ({ open, server }) => {
  const page = await open("ana");
  await page.getByTestId("desktop").waitFor();
  await server.close();
  await page.getByTestId("ended").waitFor();
});

desktopTest("the status of the page is that of the refusal", {}, async ({ open, urlFor }) => {
  const page = await open("eve");
  await page.getByRole("heading", { name: "The permissions do not let this user in" }).waitFor();
  assertEquals((await page.reload())?.status(), 403);
  assertEquals(await page.getByTestId("refusal").getAttribute("data-code"), "NO_DISPLAY");
  const other = await open((await urlFor("ana")).replace("#s1", "#s2"));
  await other.getByRole("alert").getByText("The token is for session s1, and session s2 was asked for")
    .waitFor();
});

desktopTest("updates leave the focus where it is", {}, async ({ open, broker }) => {
  const page = await open("ana");
  await page.getByRole("button", { name: "End connection" }).focus();
  broker.advance(10 * 60_000);
  await page.getByText("50 min").waitFor();
  assertEquals(await page.evaluate("document.activeElement.textContent"), "End connection");
});

desktopTest("a keyboard alone ends the connection and opens it again", {}, async ({ open }) => {
  const page = await open("ana");
  await page.getByTestId("desktop").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByTestId("ended").waitFor();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.getByTestId("desktop").waitFor();
});

desktopTest("without scripts the page says why it needs one", {}, async ({ open }) => {
  const page = await open("ana", { javaScriptEnabled: false });
  assertStringIncludes(await page.locator("main").innerText(), "This page needs JavaScript");
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const width of [1280, 360]) {
    desktopTest(
      `axe-core finds nothing wrong at a width of ${width} in ${colorScheme}`,
      {},
      async ({ open }) => {
        const context = { colorScheme, viewport: { width, height: 800 }, bypassCSP: true };
        const page = await open("bob", context);
        await page.getByTestId("picture").waitFor();
        assertEquals(await violations(page), []);
        await page.getByTestId("end-connection").click();
        assertEquals(await violations(page), []);
        assertEquals(await violations(await open("eve", context)), []);
      },
    );
  }
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setTimeout(resolve, 20));
}
