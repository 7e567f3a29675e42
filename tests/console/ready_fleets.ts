/**
 * The page on each of the ready fleets.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { browserTest } from "./browser.ts";

for (const [name, text] of Object.entries(READY_FLEETS)) {
  browserTest(
    `the ready fleet ${name} is shown whole`,
    { broker: parseFleetFile(text, name) },
    async (visit) => {
      const { broker, open, page } = visit;
      const { counts } = broker.state();
      await open();
      for (const [what, count] of [["hosts", counts.hosts], ["sessions", counts.sessions]] as const) {
        await page.getByRole("heading", { name: `${count.toLocaleString("en")} ${what}`, exact: true })
          .waitFor();
      }
      assertEquals(await page.getByRole("heading", { name: "Overview" }).count(), 1);
    },
  );
}
