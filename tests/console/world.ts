/**
 * The world as a whole, in the hands of a person: saved, loaded, exported, copied.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MockBroker } from "@dcvkit/mock-broker";
import { parseFleetFile } from "@dcvkit/mock-broker/fleet-file";
import type { Page } from "playwright-core";
import { browserTest } from "./browser.ts";

async function download(page: Page, name: string): Promise<string> {
  const [file] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name }).click(),
  ]);
  return await Deno.readTextFile(await file.path());
}

/** Drops a file onto the page, as a person's mouse does. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const files = await page.evaluateHandle(`(() => {
    const files = new DataTransfer();
    files.items.add(new File([${JSON.stringify(text)}], ${JSON.stringify(name)}));
    return files;
  })()`);
  for (const type of ["dragover", "drop"]) await page.dispatchEvent("main", type, { dataTransfer: files });
}

browserTest("a world is saved, and goes on where it is loaded", {}, async ({ page, open, broker }) => {
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", id: "mine" });
  await open("/world");
  const text = await download(page, "Save this world");
  assertEquals(MockBroker.load(JSON.parse(text)).sessions.get("mine").state, "READY");
  assert(!text.includes(broker.credentials.clientSecret));

  broker.reset();
  await page.getByLabel("A saved world, or a fleet file").setInputFiles({
    name: "mine.json",
    mimeType: "application/json",
    buffer: Buffer.from(text),
  });
  await page.getByRole("button", { name: "Load" }).click();
  const question = page.getByRole("dialog", { name: "Load mine.json?" });
  assertStringIncludes(await question.innerText(), "with 6 hosts and 1 session");
  assertEquals(broker.sessions.list().total, 0);
  await question.getByRole("button", { name: "Load" }).click();
  await page.getByText("The file was loaded").waitFor();
  assertEquals(broker.sessions.get("mine").state, "READY");
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("the world is as it was before").waitFor();
  assertEquals(broker.sessions.list().total, 0);
});

browserTest("a file is dragged onto any view; nothing happens before the question is answered", {}, async (
  { page, open, broker },
) => {
  const other = new MockBroker({ clock: "manual", servers: [{ hostname: "elsewhere" }] });
  await open("/hosts");
  await drop(page, "other.json", JSON.stringify(other.save()));
  const question = page.getByRole("dialog", { name: "Load other.json?" });
  await question.waitFor();
  await page.keyboard.press("Escape");
  await question.waitFor({ state: "detached" });
  assertEquals(broker.hosts.list().total, 6);

  await drop(page, "other.json", JSON.stringify(other.save()));
  await question.getByRole("button", { name: "Load" }).click();
  await page.getByRole("link", { name: "elsewhere" }).waitFor();
});

browserTest("a broken file is refused in its own words, and changes nothing", {}, async (
  { page, open, broker },
) => {
  await open("/hosts");
  const { format: _, ...rest } = broker.save();
  const broken: [name: string, text: string, words: string][] = [
    ["half.json", JSON.stringify(broker.save()).slice(0, 200), "half.json is not JSON"],
    ["old.json", JSON.stringify({ ...broker.save(), version: 99 }), "Saved world of version 99"],
    ["hollow.json", JSON.stringify({ ...rest, format: "dcv-mock-broker-world", state: {} }), "state"],
    ["lab.yaml", "servers:\n  - os: plan9\n", "lab.yaml:2:5"],
    ["note.txt", "Hello", "note.txt"],
  ];
  for (const [name, text, words] of broken) {
    await drop(page, name, text);
    const message = page.getByRole("status").filter({ hasText: "Not done." });
    await message.getByText(words).waitFor();
    await message.getByRole("link", { name: "Close" }).click();
  }
  assertEquals(broker.hosts.list().total, 6);
});

browserTest("a world is exported as a fleet file, with what was changed, and served again", {}, async (
  { page, open, broker },
) => {
  broker.hosts.add({ hostname: "late", tags: { ram: "4gb" } });
  broker.hosts.terminate("ip-10-0-0-6");
  broker.sessions.createOnHost("late", { owner: "ana", id: "mine" });
  await open("/world");
  const text = await download(page, "Export as fleet file");
  const again = new MockBroker(parseFleetFile(text, "fleet.yaml"));
  assertEquals(again.sessions.get("mine").host, "late");
  assertEquals(again.hosts.get("late").tags.ram, "4gb");
  assertEquals(again.hosts.list().total, 6);
  assertEquals(again.options.seed, 1);

  broker.reset();
  await drop(page, "fleet.yaml", text);
  await page.getByRole("dialog", { name: "Take over the fleet of fleet.yaml?" })
    .getByRole("button", { name: "Take over" }).click();
  await page.getByText("The file was loaded").waitFor();
  assertEquals(broker.hosts.get("late").listed, true);
});

browserTest("a world is copied under a name, with a link to its page", { broker: { worlds: true } }, async (
  { page, open, broker, server },
) => {
  broker.sessions.createOnHost("ip-10-0-0-1", { owner: "ana", id: "mine" });
  await open("/world");
  await page.getByLabel("Name of the copy").fill("what-if");
  await page.getByRole("button", { name: "Copy this world" }).click();
  await page.getByRole("link", { name: "what-if" }).click();
  await page.getByRole("heading", { name: "1 session" }).waitFor();
  assertEquals(page.url(), `${server.url}/worlds/what-if/_mock/console`);
  broker.reset();
  assertEquals(broker.worlds.get("what-if").sessions.get("mine").state, "READY");

  await open("/world");
  await page.getByLabel("Name of the copy").fill("what-if");
  await page.getByRole("button", { name: "Copy this world" }).click();
  await page.getByText('There is a world "what-if" already').waitFor();
  await page.getByRole("button", { name: "Remove what-if" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
  await page.getByText("The world is gone").waitFor();
  assertEquals(broker.worlds.list(), []);
});

browserTest("without further worlds the page says how to have some", {}, async ({ page, open }) => {
  await open("/world");
  await page.getByText("--worlds").waitFor();
  assertEquals(await page.getByLabel("Name of the copy").count(), 0);
});
