/**
 * A browser that ends without a word.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { launchBrowser } from "../console/browser.ts";
import { desktopTest } from "./visitors.ts";

desktopTest("a browser that is killed is no connection any more", {}, async ({ broker, client, urlFor }) => {
  const killed = await launchBrowser();
  const page = await (await killed!.newContext({ ignoreHTTPSErrors: true })).newPage();
  await page.goto(await urlFor("ana"));
  await page.getByTestId("desktop").waitFor();
  assertEquals((await client.describeSessions({ SessionIds: ["s1"] })).Sessions[0]!.NumOfConnections, 1);
  const session = await killed!.newBrowserCDPSession();
  // Nothing is closed before: this is the way in which processes end that run out of memory.
  session.send("Browser.crash").catch(() => {});
  while (broker.sessions.get("s1").connections.length > 0) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const { Sessions: [left] } = await client.describeSessions({ SessionIds: ["s1"] });
  assertEquals([left!.NumOfConnections, left!.LastDisconnectionTime], [0, "2026-01-01T00:00:00.000Z"]);
  await killed!.close().catch(() => {});
});
