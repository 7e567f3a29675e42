/**
 * Runs `dcv-mock-broker` with the runtime that runs this, on a ready fleet: asks it over HTTPS, stops it, and prints
 * what came of that.
 */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createInterface } from "node:readline";
import { SessionManagerClient } from "@dcvkit/session-manager";
import { createTlsFetch } from "@dcvkit/session-manager/tls";

const credentials = { clientId: "portal", clientSecret: "secret" };
const command = "node_modules/@dcvkit/mock-broker/esm/cli.js";
const args = ["--port", "0", "--ca-dir", "ca", "--log", "json", "--fleet", process.argv[2], "--seed", "1"];
const client = ["--client-id", credentials.clientId, "--client-secret", credentials.clientSecret];
const broker = spawn(process.execPath, [command, ...args, ...client], {
  stdio: ["ignore", "pipe", "inherit"],
});
const ended = once(broker, "exit");
const [line] = await once(createInterface({ input: broker.stdout }), "line");
const { url, caFile } = JSON.parse(line);

const fetch = createTlsFetch({ ca: await readFile(caFile, "utf8") });
let servers = 0;
for await (const _ of new SessionManagerClient({ brokerUrl: url, credentials, fetch }).listServers()) {
  servers++;
}
fetch.close();

broker.kill("SIGTERM");
const [exitCode] = await ended;
console.log(JSON.stringify({ servers, exitCode }));
