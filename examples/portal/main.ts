/**
 * Starts the portal. Without a broker in the environment it starts a mock broker of its own, with a small fleet, a few
 * sessions and the desktops behind them:
 *
 *     deno task portal
 *
 * With one, it is a portal to that, under the names that AWS's own command line uses:
 *
 *     DCV_SM_BROKER_URL=https://broker:8443 DCV_SM_CA_FILE=broker-ca.pem \
 *     DCV_SM_CLIENT_ID=... DCV_SM_CLIENT_PASSWORD=... deno run -A examples/portal/main.ts
 *
 * The same source runs on Deno, Node and Bun.
 *
 * @module
 */

import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { serve } from "@hono/node-server";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { optionsFromEnvironment } from "@dcvkit/session-manager/environment";
import { createTlsFetch } from "@dcvkit/session-manager/tls";
import { createPortal } from "./portal.tsx";

const { DCV_SM_BROKER_URL, DCV_SM_CA_FILE, PORT = "3000", PORTAL_USERS = "ana,bob,eve" } = process.env;
const users = PORTAL_USERS.split(",");
const client = DCV_SM_BROKER_URL ? await realBroker(DCV_SM_BROKER_URL) : await simulatedBroker();

const server = serve(
  { fetch: createPortal(client, users).fetch, port: Number(PORT), hostname: "127.0.0.1" },
  ({ port }) => console.log(`The portal is on http://127.0.0.1:${port}`),
);
process.on("SIGINT", stop).on("SIGTERM", stop);

/** Nobody waits for whoever still looks. */
function stop() {
  server.close();
  process.exit();
}

async function realBroker(brokerUrl: string): Promise<SessionManagerClient> {
  const ca = DCV_SM_CA_FILE ? await readFile(DCV_SM_CA_FILE, "utf8") : undefined;
  return new SessionManagerClient({ ...optionsFromEnvironment(), brokerUrl, fetch: createTlsFetch({ ca }) });
}

/** A fleet on which the users exist, and desktops where their connection URLs lead. */
async function simulatedBroker(): Promise<SessionManagerClient> {
  const { MockBroker } = await import("@dcvkit/mock-broker");
  const gpus = [{ Vendor: "NVIDIA", ModelName: "Tesla T4" }];
  const broker = new MockBroker({
    servers: [
      { hostname: "gpu-01", users, tags: { gpu: "yes" }, cpus: 16, memoryBytes: 64 * 2 ** 30, gpus },
      { hostname: "gpu-02", users, tags: { gpu: "yes" }, cpus: 16, memoryBytes: 64 * 2 ** 30, gpus },
      { hostname: "node-01", users, maxConcurrentSessionsPerUser: 3 },
      { hostname: "win-01", users, os: "windows" },
    ],
    sessions: [
      { owner: "ana", name: "Turbine blade, revision 7", server: "gpu-01" },
      { owner: "bob", name: "Crash test, night run", server: "gpu-02" },
    ],
  });
  const listener = await broker.listen({ port: 0, desktopPort: Number(process.env.DESKTOP_PORT ?? 8448) });
  const caFile = process.env.PORTAL_CA_FILE ?? "portal-ca.pem";
  await writeFile(caFile, listener.ca!);
  console.log(`Its mock broker is on ${listener.url}, with a console at ${listener.url}/_mock/console`);
  console.log(`Desktops are on ${listener.desktopUrl}: have your browser trust ${caFile}, or let it proceed`);
  const fetch = createTlsFetch({ ca: listener.ca });
  return new SessionManagerClient({ brokerUrl: listener.url, credentials: broker.credentials, fetch });
}
