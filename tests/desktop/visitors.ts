/**
 * A broker with desktops, and visitors in a real browser.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import axe from "axe-core";
import type { BrowserContextOptions, Page } from "playwright-core";
import {
  type ListenOptions,
  MockBroker,
  type MockBrokerOptions,
  type MockBrokerServer,
} from "@dcvkit/mock-broker";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { encodePermissions, shareWith, VIEW_FEATURES } from "@dcvkit/session-manager/permissions";
import { browser } from "../console/browser.ts";

/** A session of Ana's that Bob may watch. */
export const SHARED = { id: "s1", owner: "ana", name: "Turbine blade", permissionsFile: watchedBy("bob") };

/** A permissions file with which others may watch. */
export function watchedBy(...guests: string[]): string {
  return encodePermissions(shareWith(Object.fromEntries(guests.map((guest) => [guest, VIEW_FEATURES]))));
}

/** What a test is given. */
export interface Stage {
  readonly broker: MockBroker;
  readonly client: SessionManagerClient;
  readonly server: MockBrokerServer;
  /** The connection URL of a user, as a portal builds it. */
  urlFor(user: string): Promise<string>;
  /** A new page of the browser, by default for a user who opens the session. */
  open(urlOrUser: string, options?: BrowserContextOptions): Promise<Page>;
}

/** What a test starts from. */
export interface StageOptions {
  readonly broker?: MockBrokerOptions;
  readonly listen?: ListenOptions;
}

/** What a browser says of a refusal or of a lost connection, beside the page that shows it. */
const EXPECTED_COMPLAINT =
  /^Failed to load resource: (the server responded with a status of (4\d\d|503)|net::ERR_)/;

/** A test with visitors. A breach of the page's policy, or an error in a script, is a failure. */
export function desktopTest(name: string, options: StageOptions, act: (stage: Stage) => Promise<void>): void {
  Deno.test({
    name,
    ignore: browser === undefined,
    // The browser outlives the test.
    sanitizeOps: false,
    sanitizeResources: false,
    async fn() {
      const broker = new MockBroker({ clock: "manual", seed: 1, sessions: [SHARED], ...options.broker });
      await using server = await broker.listen({ port: 0, tls: false, desktopPort: 0, ...options.listen });
      const { credentials } = broker;
      const client = new SessionManagerClient({ brokerUrl: server.url, credentials, retry: false });
      const urlFor = async (user: string) => connectionUrl(await client.getSessionConnectionData("s1", user));
      const complaints: string[] = [];
      const open = async (urlOrUser: string, contextOptions: BrowserContextOptions = {}) => {
        const context = await browser!.newContext({ ignoreHTTPSErrors: true, ...contextOptions });
        await using clean = new AsyncDisposableStack();
        clean.defer(() => context.close());
        context.setDefaultTimeout(20_000);
        const page = await context.newPage();
        page.on("console", (message) => {
          if (!EXPECTED_COMPLAINT.test(message.text())) complaints.push(message.text());
        });
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.goto(urlOrUser.includes(":") ? urlOrUser : await urlFor(urlOrUser));
        stack.use(clean.move());
        return page;
      };
      await using stack = new AsyncDisposableStack();
      await act({ broker, client, server, urlFor, open });
      assertEquals(complaints, []);
    },
  });
}

/** What axe-core finds wrong, each with the elements. */
export async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const found = await page.evaluate("axe.run().then(({ violations }) => violations)") as axe.Result[];
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}
