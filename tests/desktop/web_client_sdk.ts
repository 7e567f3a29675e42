/**
 * A page of another origin with an embedded viewer, which takes the stand-in of the Web Client SDK.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import type { Page } from "playwright-core";
import { desktopTest, type Stage, watchedBy } from "./visitors.ts";

/** What a viewer's page does, in the words of the SDK's guide. */
function viewer(sdk: string, url: string): string {
  return `<!DOCTYPE html><html lang="en"><title>Viewer</title><div id="dcv-display"></div>
    <script type="module">
      import dcv from ${JSON.stringify(sdk)};
      const serverUrl = ${JSON.stringify(url)};
      const happened = window.happened = [];
      const auth = dcv.authenticate(serverUrl, {
        promptCredentials: (auth, challenge) => {
          happened.push(["prompt", challenge.requiredCredentials.map(({ name }) => name)]);
          auth.sendCredentials({ username: "ana", password: "secret" });
        },
        error: (auth, error) => happened.push(["error", error.code]),
        success: (auth, [{ sessionId, authToken }]) => {
          happened.push(["success", sessionId]);
          dcv.connect({
            url: serverUrl, sessionId, authToken, divId: "dcv-display",
            callbacks: {
              firstFrame: () => happened.push(["firstFrame"]),
              disconnect: ({ code }) => happened.push(["disconnect", code]),
              featuresUpdate: async (connection, list) => {
                const { enabled } = await connection.queryFeature("keyboard");
                happened.push(["features", list.length, enabled]);
              },
            },
          }).then((connection) => { window.connection = connection; }, ({ code }) => happened.push(["failure", code]));
        },
      });
    </script>`;
}

/** Opens a viewer's page on an origin of its own. */
async function openViewer({ open, server }: Stage, url: string): Promise<Page> {
  const sdk = `${server.desktopUrl}/dcv/dcv.js`;
  await using site = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    () => new Response(viewer(sdk, url), { headers: { "Content-Type": "text/html" } }),
  );
  return await open(`http://127.0.0.1:${site.addr.port}/`);
}

/** Waits until the page has seen this; all that it has seen by then. */
async function seen(page: Page, what: string): Promise<unknown[][]> {
  await page.waitForFunction(`happened.some(([name]) => name === "${what}")`);
  return await page.evaluate("happened");
}

desktopTest("dcv.js authenticates, connects, shows the first frame and disconnects", {}, async (stage) => {
  const page = await openViewer(stage, await stage.urlFor("bob"));
  assertEquals(await seen(page, "firstFrame"), [["success", "s1"], ["features", 3, false], ["firstFrame"]]);
  assertMatch((await page.locator("#dcv-display img").getAttribute("src"))!, /^data:image\/png;base64,/);
  assertEquals(stage.broker.sessions.get("s1").connections, ["bob"]);
  await page.evaluate("connection.disconnect()");
  assertEquals((await seen(page, "disconnect")).at(-1), ["disconnect", "DISCONNECTED_BY_CLIENT"]);
  while (stage.broker.sessions.get("s1").connections.length > 0) await page.waitForTimeout(20);
});

desktopTest("dcv.js tells of features that change, and of the end of the session", {}, async (stage) => {
  const { broker, client, urlFor } = stage;
  const page = await openViewer(stage, await urlFor("ana"));
  await seen(page, "firstFrame");
  const PermissionsFile = btoa("[permissions]\n%owner% allow display\n");
  await client.updateSessionPermissions([{ SessionId: "s1", Owner: "ana", PermissionsFile }]);
  await page.waitForFunction("happened.filter(([name]) => name === 'features').length === 2");
  await client.deleteSessions([{ SessionId: "s1", Owner: "ana" }]);
  broker.advance(10_000);
  assertEquals((await seen(page, "disconnect")).at(-1), ["disconnect", "SESSION_ENDED"]);
});

desktopTest(
  "dcv.js calls error for a wrong token, and asks for credentials without one",
  {},
  async (stage) => {
    const url = await stage.urlFor("ana");
    const wrong = await openViewer(stage, url.replace(/authToken=[^#]*/, "authToken=wrong"));
    assertEquals(await seen(wrong, "error"), [["error", "INVALID_TOKEN"]]);
    const none = await openViewer(stage, `${stage.server.desktopUrl}/`);
    assertEquals(await seen(none, "error"), [["prompt", ["username", "password"]], [
      "error",
      "NO_PASSWORDS",
    ]]);
  },
);

desktopTest("dcv.js rejects a connection that the desktop refuses", {
  broker: { sessions: [{ id: "s1", owner: "ana", permissionsFile: watchedBy() }] },
}, async (stage) => {
  const page = await openViewer(stage, await stage.urlFor("eve"));
  assertEquals(await seen(page, "failure"), [["success", "s1"], ["failure", "NO_DISPLAY"]]);
});

desktopTest("dcv.umd.js is for a script element that is no module", {}, async ({ open, server, urlFor }) => {
  const page = await open(await urlFor("ana"), { bypassCSP: true });
  await page.addScriptTag({ url: `${server.desktopUrl}/dcv/dcv.umd.js` });
  assertEquals(await page.evaluate("[typeof dcv.authenticate, typeof dcv.connect, dcv.LogLevel.INFO]"), [
    "function",
    "function",
    2,
  ]);
});
