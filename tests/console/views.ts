/**
 * What the views show.
 *
 * @module
 */

import { assert, assertEquals, assertLess, assertStringIncludes } from "@std/assert";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { browserTest } from "./browser.ts";
import { LARGE_FLEET } from "./large_fleet.ts";

browserTest("the default world is shown with its hosts, states and capacity", {}, async ({ page, open }) => {
  await open();
  assertEquals(await page.title(), "Overview · Mock broker");
  await page.getByRole("heading", { name: "6 hosts" }).waitFor();
  const tile = page.getByRole("listitem").filter({ hasText: "ip-10-0-0-1" });
  assertStringIncludes(await tile.innerText(), "AVAILABLE");
  assertStringIncludes(await tile.innerText(), "0 of 10");
});

browserTest(
  "an empty world says what it needs, and a host can be added there",
  { broker: { servers: [] } },
  async ({ page, open, broker }) => {
    await open();
    await page.getByText("There is no host, so no session can be created").waitFor();
    await page.getByLabel("Host name (optional)").fill("first");
    await page.getByLabel("Tags, one a line: name=value").fill("ram=4gb\nteam=lab");
    await page.getByRole("button", { name: "Add host" }).click();
    await page.getByRole("link", { name: "first" }).waitFor();
    assertEquals(broker.hosts.get("first").tags.ram, "4gb");
  },
);

browserTest(
  "1,000 hosts and 10,000 sessions are shown without a row for each",
  { broker: LARGE_FLEET },
  async ({ page, open }) => {
    await open();
    await page.getByRole("heading", { name: "10,000 sessions" }).waitFor();
    assert(await page.getByRole("group", { name: "Map of all hosts by state and use" }).isVisible());
    await open("/sessions");
    await page.getByRole("link", { name: "Older" }).click();
    await page.getByRole("link", { name: "Newest" }).waitFor();
    assertLess(await page.getByRole("row").count(), 60);
    await page.getByLabel("Id, name or owner").fill("user-0007");
    await page.getByRole("button", { name: "Filter" }).click();
    await page.getByText("1 session", { exact: true }).waitFor();
  },
);

browserTest(
  "a session is shown with its screen, its life and its users",
  {},
  async ({ page, open, client, broker }) => {
    const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
    broker.advance(10_000);
    await open(`/sessions/${Id}`);
    const screen = page.getByRole("img", { name: "Screen of desktop" });
    await screen.waitFor();
    assertEquals(
      await page.evaluate("document.images[0].decode().then(() => document.images[0].naturalWidth)"),
      640,
    );
    const life = page.getByRole("region", { name: "Life" }).getByRole("listitem");
    assertEquals((await life.allInnerTexts()).map((text) => text.split("\n")[0]!.trim()), [
      "CREATING",
      "CREATING",
      "READY",
    ]);
    await page.getByRole("button", { name: "Connect", exact: true }).click();
    await page.getByRole("button", { name: "Disconnect ana" }).waitFor();
    assertEquals(broker.sessions.get(Id).connections, ["ana"]);
    await page.getByRole("button", { name: "Disconnect ana" }).click();
    await page.getByText("Nobody is connected").waitFor();
  },
);

browserTest(
  "the page fits a window of 360 pixels",
  { page: { viewport: { width: 360, height: 740 } } },
  async (
    { page, open, client, broker },
  ) => {
    await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
    broker.faults.add({ fault: { type: "delay", milliseconds: 0 } });
    for (
      const path of [
        "",
        "/hosts",
        "/hosts/ip-10-0-0-1",
        "/sessions",
        "/journal",
        "/journal/1",
        "/journal/2",
        "/journal?status=4xx",
        "/advice",
        "/faults",
      ]
    ) {
      await open(path);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 360, path);
    }
  },
);

browserTest(
  "no word of a table is cut off in a window of 360 pixels, whatever states there are",
  {
    broker: { ...parseFleetFile(READY_FLEETS["in-trouble"]), clock: "manual" },
    page: { viewport: { width: 360, height: 740 } },
  },
  async ({ page, open }) => {
    for (const path of ["", "/hosts", "/sessions", "/faults"]) {
      await open(path);
      const cut = await page.evaluate(
        `[...document.querySelectorAll(".scroll")]
      .filter((region) => region.scrollWidth > region.clientWidth)
      .map((region) => region.ariaLabel + ": " + region.scrollWidth + " of " + region.clientWidth)`,
      );
      assertEquals(cut, [], path);
    }
  },
);
