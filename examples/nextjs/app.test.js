import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { MockBroker } from "@dcvkit/mock-broker";

const broker = new MockBroker({ clock: "manual" });
let server, folder, app, url;

// The broker is here, the app is a process of its own, as in production.
before(async () => {
  server = await broker.listen({ port: 0 });
  folder = await mkdtemp(join(tmpdir(), "desktops-"));
  await writeFile(join(folder, "ca.pem"), server.ca);
  const port = await freePort();
  app = spawn(process.execPath, [
    "node_modules/next/dist/bin/next",
    "start",
    "--hostname",
    "127.0.0.1",
    "--port",
    port,
  ], {
    stdio: ["ignore", "pipe", "inherit"],
    env: {
      ...process.env,
      DCV_SM_BROKER_URL: server.url,
      DCV_SM_CLIENT_ID: broker.credentials.clientId,
      DCV_SM_CLIENT_PASSWORD: broker.credentials.clientSecret,
      DCV_SM_CA_FILE: join(folder, "ca.pem"),
    },
  });
  for await (const text of app.stdout) if (String(text).includes("Ready")) break;
  url = `http://127.0.0.1:${port}`;
});
after(async () => {
  app.kill();
  await once(app, "exit");
  await server.close();
  await rm(folder, { recursive: true });
});

test("a desktop that was asked for is on the page, and each look is a new one", async () => {
  const body = JSON.stringify({ name: "paper", owner: "ana" });
  const created = await fetch(`${url}/api/desktops`, { method: "POST", body });
  assert.equal(created.status, 201);
  assert.match(await (await fetch(url)).text(), /paper of ana: CREATING/);

  broker.advance(30_000);
  assert.match(await (await fetch(url)).text(), /paper of ana: READY/);
});

test("what the broker refuses, the route says", async () => {
  broker.faults.add({ operation: "createSessions", times: 1, fault: { type: "status", status: 500 } });
  const body = JSON.stringify({ name: "paper", owner: "ana" });
  const refused = await fetch(`${url}/api/desktops`, { method: "POST", body });
  assert.equal(refused.status, 502);
});

async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await once(listener, "listening");
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return String(port);
}
