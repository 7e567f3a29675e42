/**
 * Long lists: their order, their groups, and maps of them; what an update leaves alone.
 *
 * @module
 */

import { assert, assertEquals, assertLess } from "@std/assert";
import type { Page } from "playwright-core";
import { browserTest } from "./browser.ts";
import { LARGE_FLEET } from "./large_fleet.ts";

const SERVERS = [
  { hostname: "host-10", tags: { room: "north" } },
  { hostname: "host-2", tags: { room: "south" } },
  { hostname: "host-1", tags: { room: "north" }, closed: true },
];

function rows(page: Page): Promise<string[]> {
  return page.getByRole("rowheader").allInnerTexts();
}

browserTest(
  "lists are sorted by their columns, either way, and say so",
  { broker: { servers: SERVERS } },
  async (
    { page, open, broker },
  ) => {
    await open("/hosts");
    assertEquals(await rows(page), ["host-10", "host-2", "host-1"]);
    await page.getByRole("link", { name: "Host", exact: true }).click();
    await page.getByRole("columnheader", { name: "Host" }).and(page.locator("[aria-sort=ascending]"))
      .waitFor();
    assertEquals(await rows(page), ["host-1", "host-2", "host-10"]);
    await page.getByRole("link", { name: "Host", exact: true }).click();
    await page.locator("[aria-sort=descending]").waitFor();
    assertEquals(await rows(page), ["host-10", "host-2", "host-1"]);

    for (const owner of ["ben", "ana", "cid"]) {
      broker.sessions.createOnHost("host-2", {
        owner,
        name: `of ${owner}`,
      });
    }
    await open("/sessions");
    assertEquals(await rows(page), ["of cid", "of ana", "of ben"]);
    await page.getByRole("link", { name: "Owner" }).click();
    await page.waitForURL(/sort=owner/);
    assertEquals(await rows(page), ["of ana", "of ben", "of cid"]);
    await page.getByRole("link", { name: "Created" }).click();
    await page.waitForURL(/sort=created/);
    assertEquals(await rows(page), ["of ben", "of ana", "of cid"]);
  },
);

browserTest(
  "hosts are grouped by a tag, and each square leads to its host",
  { broker: { servers: SERVERS } },
  async (
    { page, open },
  ) => {
    await open("/hosts");
    await page.getByLabel("Group by tag").selectOption("room");
    await page.getByRole("button", { name: "Filter" }).click();
    const north = page.getByRole("region", { name: "room=north" });
    await north.getByText("2 hosts, 1 available, 0 sessions").waitFor();
    await north.getByRole("link", { name: "host-10: AVAILABLE" }).focus();
    await page.keyboard.press("ArrowRight");
    assertEquals(
      await page.evaluate("document.activeElement.querySelector('title').textContent"),
      "host-1: SERVER_CLOSED, 0 sessions",
    );
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "host-1" }).waitFor();
  },
);

browserTest(
  "1,000 hosts and 10,000 sessions: an update changes what has changed, and leaves all else in place",
  { broker: LARGE_FLEET },
  async ({ page, open, broker }) => {
    await open();
    await page.evaluate(`
      globalThis.squares = [...document.querySelectorAll("svg.map a")];
      globalThis.changed = [];
      new MutationObserver((records) => {
        for (const { target, type } of records) {
          const square = (target.nodeType === 1 ? target : target.parentElement)?.closest("svg.map a");
          if (square || target.matches?.("svg.map")) changed.push(square?.id ?? type);
        }
      }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    `);
    broker.hosts.setOpen("host-0500", false);
    await page.getByRole("link", { name: "host-0500: SERVER_CLOSED" }).waitFor();
    assert(await page.evaluate("squares.every((square) => square.isConnected)"), "a square was made anew");
    const { id } = broker.hosts.get("host-0500");
    assertEquals([...new Set(await page.evaluate("changed") as string[])], [`square-${id}`]);
  },
);

browserTest(
  "rows that have not changed are the same elements after an update",
  { broker: LARGE_FLEET },
  async (
    { page, open, broker },
  ) => {
    await open("/sessions?sort=owner");
    await page.evaluate(`globalThis.rows = [...document.querySelectorAll("tbody tr")]`);
    const [first] = broker.sessions.list({ sort: "owner", limit: 1 }).items;
    broker.sessions.connect(first!.id, first!.owner);
    await page.getByRole("row").filter({ hasText: first!.name || first!.id }).getByRole("cell", {
      name: "1",
      exact: true,
    })
      .waitFor();
    assertEquals(await page.evaluate("rows.every((row) => row.isConnected)"), true);
    assertLess(await page.getByRole("row").count(), 60);
  },
);

browserTest(
  "long names move nothing out of the window",
  { page: { viewport: { width: 360, height: 740 } } },
  async (
    { page, open, broker },
  ) => {
    const long = "a-very-long-name-".repeat(12);
    const hostname = "h".repeat(63);
    broker.hosts.add({ hostname, tags: { [long.slice(0, 60)]: long } });
    broker.sessions.createOnHost(hostname, {
      owner: "o".repeat(200),
      name: long.replaceAll("-", "_"),
      id: "i".repeat(120),
    });
    broker.faults.add({ operation: "createSessions", fault: { type: "failItem", reason: "r".repeat(300) } });
    for (
      const path of [
        "",
        "/hosts",
        `/hosts/${hostname}`,
        "/sessions",
        `/sessions/${"i".repeat(120)}`,
        "/faults",
        "/world",
        "/connect",
      ]
    ) {
      await open(path);
      assertEquals(await page.evaluate("document.documentElement.scrollWidth"), 360, path);
      const cut = await page.evaluate(
        `[...document.querySelectorAll("button, a.button, h1, h2, label, nav a")]
      .filter((element) => element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).display !== "inline")
      .map((element) => element.textContent)`,
      );
      assertEquals(cut, [], path);
    }
  },
);
