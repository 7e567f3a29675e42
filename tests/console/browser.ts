/**
 * A real browser for the tests of the page. On Linux it comes from npm; elsewhere it is an installed Chrome.
 *
 * @module
 */

import process from "node:process";
import { assertEquals } from "@std/assert";
import { MockBroker, type MockBrokerOptions, type MockBrokerServer } from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";

/** Launches it; where none can be had, which is never so on Linux, `undefined`. */
export async function launchBrowser(): Promise<Browser | undefined> {
  if (process.platform === "linux") {
    // Makes it bring the shared libraries that a machine without a desktop lacks.
    process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
    const { default: packaged } = await import("@sparticuz/chromium");
    return await chromium.launch({ executablePath: await packaged.executablePath(), args: ["--no-sandbox"] });
  }
  try {
    return await chromium.launch({ channel: "chrome" });
  } catch (error) {
    console.warn(`The tests of the page are skipped: no Chrome can be started here\n${error}`);
    return undefined;
  }
}

export const browser = await launchBrowser();
Deno.test.afterAll(async () => await browser?.close());

/** A page before a broker's page, and the broker behind it. */
export interface Visit {
  readonly page: Page;
  readonly broker: MockBroker;
  readonly client: SessionManagerClient;
  readonly server: MockBrokerServer;
  /** Opens a view of the page. */
  open(path?: string): Promise<void>;
}

/** What a test starts from. */
export interface VisitOptions {
  readonly broker?: MockBrokerOptions;
  readonly page?: BrowserContextOptions;
}

/** A test in the browser. Whatever the page has to say in the console, a breach of its policy say, is a failure. */
export function browserTest(name: string, options: VisitOptions, act: (visit: Visit) => Promise<void>): void {
  Deno.test({
    name,
    ignore: browser === undefined,
    // The browser outlives the test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const broker = new MockBroker({ clock: "manual", seed: 1, ...options.broker });
      await using server = await broker.listen({ port: 0, tls: false });
      const client = new SessionManagerClient({
        brokerUrl: server.url,
        credentials: broker.credentials,
        retry: false,
      });
      const context = await browser!.newContext({ viewport: { width: 1280, height: 900 }, ...options.page });
      context.setDefaultTimeout(20_000);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => {
        const { url } = message.location();
        // The page says itself why a form was refused.
        const isRefusal = url.includes("/_mock/console/actions/") && message.text().includes("status of 400");
        if (!isRefusal) complaints.push(`${message.text()} ${url}`);
      });
      page.on("pageerror", (error) => complaints.push(error.message));
      const open = async (path = "") => void await page.goto(`${server.url}/_mock/console${path}`);
      try {
        await act({ page, broker, client, server, open });
      } finally {
        await context.close();
      }
      assertEquals(complaints, []);
    },
  });
}
