/**
 * What people who use a keyboard or a screen reader need.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { browserTest } from "./browser.ts";

/** What axe-core finds wrong, each with the elements. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate("axe.run().then(({ violations }) => violations)") as axe.Result[];
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** Something to see of each state. */
const SERVERS = [
  { hostname: "healthy" },
  { hostname: "closed", closed: true },
  { hostname: "no-dcv", dcvHealthy: false },
  { hostname: "silent", agentConnected: false },
  { hostname: "occupied", os: "windows", loggedInUsers: ["Administrator"] },
] as const;

const WINDOWS = [["wide", { width: 1280, height: 900 }], ["narrow", { width: 360, height: 740 }]] as const;

for (const colorScheme of ["light", "dark"] as const) {
  for (const [name, viewport] of WINDOWS) {
    browserTest(
      `axe-core finds nothing wrong in a ${name} window in ${colorScheme}`,
      { broker: { servers: SERVERS }, page: { viewport, colorScheme } },
      async ({ page, open, client, broker }) => {
        const [ready] = (await client.createSessions([
          { Name: "desktop", Owner: "ana", Type: "VIRTUAL" },
          { Name: "nowhere", Owner: "ana", Type: "VIRTUAL", Requirements: "tag:ram = 'none'" },
        ])).SuccessfulList;
        broker.advance(60_000);
        broker.sessions.connect(ready!.Id, "ana");
        broker.faults.add({ fault: { type: "delay", milliseconds: 0 } });
        const { lastId } = broker.journal;
        const paths = [
          "",
          "/world",
          "/connect",
          "/hosts",
          "/hosts/healthy",
          "/sessions",
          `/sessions/${ready!.Id}`,
          "/journal",
        ];
        for (
          const path of [
            ...paths,
            `/journal/${lastId}`,
            `/journal/difference?entry=1&entry=${lastId}`,
            "/journal?status=no",
            "/journal?text=nothing",
            "/advice",
            "/faults",
            "/faults?type=delay",
          ]
        ) {
          await open(path);
          assertEquals(await violations(page), [], path);
        }
      },
    );
  }
}

browserTest("a keyboard alone gets everywhere, and the focus is seen", {}, async ({ page, open, broker }) => {
  await open();
  await page.keyboard.press("Tab");
  assertEquals(await focused(page), "To the content");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assertEquals(await focused(page), "Hosts6");
  assertEquals(await page.evaluate("getComputedStyle(document.activeElement).outlineStyle"), "solid");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Hosts", exact: true }).waitFor();

  await tabTo(page, "ip-10-0-0-3");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "ip-10-0-0-3" }).waitFor();
  await tabTo(page, "Close for placement");
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: "Open for placement" }).waitFor();
  assertEquals(broker.hosts.get("ip-10-0-0-3").open, false);
  assertEquals(await focused(page), "Open for placement");
});

function focused(page: Page): Promise<string> {
  return page.evaluate("document.activeElement.textContent");
}

async function tabTo(page: Page, text: string): Promise<void> {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press("Tab");
    if (await focused(page) === text) return;
  }
  assert(false, `The keyboard does not get to ${text}`);
}
