/**
 * The portal from end to end: started with the one command that its readers use, and clicked through by three people.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { BrowserContext, Page } from "playwright-core";
import { violations } from "./visitors.ts";
import { browser } from "../console/browser.ts";

/** Starts portal, mock and desktops; the portal's address. */
async function startPortal() {
  const caFile = await Deno.makeTempFile({ suffix: ".pem" });
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", "--no-check", "examples/portal/main.ts"],
    env: { PORT: "0", DESKTOP_PORT: "0", PORTAL_CA_FILE: caFile },
    stdout: "piped",
  }).spawn();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  let output = "";
  while (!/The portal is on \S+/.test(output)) output += (await reader.read()).value!;
  return {
    url: /The portal is on (\S+)/.exec(output)![1]!,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await reader.cancel();
      await child.status;
      await Deno.remove(caFile);
    },
  };
}

/** Somebody who has signed in, in a browser of their own. */
async function signIn(context: BrowserContext, portal: string, user: string): Promise<Page> {
  const page = await context.newPage();
  await page.goto(portal);
  await page.getByRole("button", { name: user }).click();
  await page.getByRole("heading", { name: "Your desktops" }).waitFor();
  return page;
}

/** Opens a desktop from its card, in a window of its own. */
async function openDesktop(page: Page, name: string): Promise<Page> {
  const opened = page.waitForEvent("popup");
  await page.getByRole("article", { name }).getByRole("link", { name: "Open" }).click();
  return await opened;
}

Deno.test({
  name:
    "Ana starts a desktop, shares it with Bob, who may look but not type, Eve is refused, and Ana ends it",
  ignore: browser === undefined,
  // The browser outlives the test.
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using portal = await startPortal();
    await using stack = new AsyncDisposableStack();
    const newContext = async () => {
      const context = await browser!.newContext({ ignoreHTTPSErrors: true, bypassCSP: true });
      stack.defer(() => context.close());
      context.setDefaultTimeout(30_000);
      return context;
    };
    const ana = await signIn(await newContext(), portal.url, "ana");
    await ana.getByLabel("Name").fill("Wind tunnel");
    await ana.getByLabel("Memory").selectOption("16");
    await ana.getByRole("button", { name: "Start" }).click();
    const card = ana.getByRole("article", { name: "Wind tunnel" });
    await card.getByRole("progressbar").waitFor();
    await card.getByRole("img").waitFor();
    assertEquals(await violations(ana), []);

    const hers = await openDesktop(ana, "Wind tunnel");
    await hers.getByRole("heading", { name: "Wind tunnel" }).waitFor();
    assertEquals(await hers.getByTestId("summary").innerText(), "You may do everything here.");

    await card.getByText("Share").click();
    await card.getByLabel("Guest").selectOption("bob");
    await card.getByRole("button", { name: "Save" }).click();
    const bob = await signIn(await newContext(), portal.url, "bob");
    const his = await openDesktop(bob, "Wind tunnel");
    await his.getByTestId("user").getByText("bob").waitFor();
    assertEquals(await his.getByTestId("feature-display").getAttribute("data-allowed"), "true");
    assertEquals(await his.getByTestId("feature-keyboard").getAttribute("data-allowed"), "false");
    assertEquals(await his.getByTestId("summary").innerText(), "You may look, but not type or click.");
    await hers.getByTestId("others").getByText("bob").waitFor();

    const eve = await signIn(await newContext(), portal.url, "eve");
    assertEquals(await eve.getByRole("article", { name: "Wind tunnel" }).count(), 0);
    const sessionId = await hers.getByTestId("session-id").innerText();
    await eve.goto(`${portal.url}/sessions/${sessionId}/open`);
    assertEquals(await eve.getByTestId("refusal").getAttribute("data-code"), "NO_DISPLAY");

    await ana.getByRole("button", { name: "End Wind tunnel" }).click();
    await his.getByRole("alert").getByText("The session has ended").waitFor();
    await hers.getByRole("alert").getByText("The session has ended").waitFor();
    await card.waitFor({ state: "detached" });
  },
});

Deno.test({
  name: "the portal says in plain words that no computer is free, and offers the way back",
  ignore: browser === undefined,
  sanitizeOps: false,
  sanitizeResources: false,
  async fn() {
    await using portal = await startPortal();
    const context = await browser!.newContext();
    await using _ = { [Symbol.asyncDispose]: () => context.close() };
    const ana = await signIn(context, portal.url, "ana");
    await ana.getByLabel("Name").fill("Everything");
    await ana.getByLabel("Memory").selectOption("256");
    await ana.getByRole("button", { name: "Start" }).click();
    await ana.getByRole("heading", { name: "No computer is free for that" }).waitFor();
    await ana.getByRole("link", { name: "Back to your desktops" }).click();
    await ana.getByRole("heading", { name: "Your desktops" }).waitFor();
  },
});
