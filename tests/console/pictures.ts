/**
 * Takes the pictures of the page that README and the guide show:
 * `deno run -A --config tools.json tests/console/pictures.ts`.
 *
 * @module
 */

import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import { parseFleetFile, READY_FLEETS } from "@dcvkit/mock-broker/fleet-file";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { browser } from "./browser.ts";

const IMAGES = new URL("../../docs/images/", import.meta.url);

/** A fleet in use: sessions come and go for some minutes, and not all goes well. */
async function takePicture(
  name: string,
  options: MockBrokerOptions,
  colorScheme: "light" | "dark",
  height: number,
) {
  const broker = new MockBroker({ seed: 7, ...options, clock: "manual" });
  await using server = await broker.listen({ port: 0, tls: false });
  const client = new SessionManagerClient({
    brokerUrl: server.url,
    credentials: broker.credentials,
    retry: false,
  });
  const names = ["wing-study", "training", "render", "homework", "assembly", "crash-test", "paper", "survey"];
  for (let step = 0; step < 52; step++) {
    for (let call = 0; call <= (step * 7) % 5; call++) await client.describeServers({ MaxResults: 1 });
    if (step % 6 === 0) {
      const Name = names[step / 6 % names.length]!;
      await client.createSessions([{ Name, Owner: ["ana", "ben", "chloe"][step / 6 % 3]!, Type: "VIRTUAL" }]);
    }
    if (step % 9 === 5) await client.describeSessions({ NextToken: "no such page" }).catch(() => {});
    broker.advance(11_000);
  }
  const hosts = broker.hosts.list({ limit: 1_000 }).items.map(({ hostname }) => hostname);
  for (const index of [3, 137, 512]) if (hosts[index]) broker.hosts.setOpen(hosts[index], false);
  for (const index of [5, 291]) if (hosts[index]) broker.hosts.loseAgent(hosts[index]);
  broker.faults.add({ operation: "createSessions", times: 3, fault: { type: "status", status: 503 } });
  await client.createSessions([{ Name: "lecture", Owner: "dora", Type: "VIRTUAL" }]).catch(() => {});
  broker.faults.remove("fault-1");
  broker.faults.add({
    operation: "describeSessions",
    probability: 0.1,
    fault: { type: "delay", milliseconds: 2_000 },
  });
  for (const Name of ["lecture", "thesis"]) {
    await client.createSessions([{ Name, Owner: "dora", Type: "VIRTUAL" }]);
  }

  const page = await browser!.newPage({ viewport: { width: 1180, height }, colorScheme });
  await page.goto(`${server.url}/_mock/console`);
  await page.getByText("Live").waitFor();
  await page.evaluate("Promise.all([...document.images].map((image) => image.decode()))");
  await page.screenshot({ path: new URL(name, IMAGES).pathname });
  await page.close();
}

await takePicture(
  "console.png",
  { servers: [...Array.from({ length: 8 }, () => ({})), { os: "windows" }] },
  "light",
  1_130,
);
await takePicture("console_large_fleet.png", parseFleetFile(READY_FLEETS.large!, "large"), "dark", 900);
await browser!.close();
