import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { MockBroker } from "@dcvkit/mock-broker";

const broker = new MockBroker({ clock: "skipping" });
let server, folder, env;

before(async () => {
  server = await broker.listen({ port: 0 });
  folder = await mkdtemp(join(tmpdir(), "dcvsm-"));
  await writeFile(join(folder, "ca.pem"), server.ca);
  env = {
    ...process.env,
    DCV_SM_BROKER_URL: server.url,
    DCV_SM_CLIENT_ID: broker.credentials.clientId,
    DCV_SM_CLIENT_PASSWORD: broker.credentials.clientSecret,
    DCV_SM_CA_FILE: join(folder, "ca.pem"),
    POLL_SECONDS: "0",
  };
});
after(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const run = (...args) => promisify(execFile)("bash", ["desktop.sh", ...args], { env });

test("Ana gets a desktop, and the URL that leads to it", async () => {
  const { stdout } = await run("ana");
  const { hash, searchParams } = new URL(stdout);
  const session = broker.sessions.get(hash.slice(1));
  assert.deepEqual([session.owner, session.state], ["ana", "READY"]);
  assert.ok(searchParams.get("authToken"));
});

test("a broker that refuses ends the script, and the script says why", async () => {
  broker.faults.add({ operation: "createSessions", fault: { type: "status", status: 500 } });
  await assert.rejects(() => run("ana"), /createSessions/);
});
