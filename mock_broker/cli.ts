#!/usr/bin/env -S deno run -A
/**
 * `dcv-mock-broker`: the mock broker as a server.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { type CommandLine, parseCommandLine, USAGE } from "./command_line.ts";
import { DEFAULT_FLEET } from "./default_fleet.ts";
import { DOCUMENTATION_HOST, DOCUMENTATION_SESSIONS } from "./documentation_sessions.ts";
import { MockBroker } from "./mock_broker.ts";
import type { MockBrokerServer } from "./server.ts";

/** Exit status when the command cannot do what it was told. */
const WRONG_USE = 2;

await main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`dcv-mock-broker: ${error.message}\n`);
  process.exitCode = WRONG_USE;
});

async function main(args: string[]): Promise<void> {
  const options = parseCommandLine(args);
  if (options.help) {
    process.stdout.write(USAGE);
    return;
  }
  const { clientId, clientSecret, seed, speed, port, host: hostname, agentPort, gatewayPort, tls } = options;
  const broker = new MockBroker({
    servers: [...DEFAULT_FLEET, DOCUMENTATION_HOST],
    sessions: DOCUMENTATION_SESSIONS,
    clients: [{ clientId, clientSecret }],
    seed,
    clock: { speed },
    properties: gatewayPort === undefined ? {} : { "enable-gateway": true },
  });
  const server = await broker.listen({ port, hostname, agentPort, gatewayPort, tls });
  const stop = () => void server.close();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  await introduce(broker, server, options);
}

/** Prints what a user needs next. */
async function introduce(broker: MockBroker, server: MockBrokerServer, options: CommandLine): Promise<void> {
  const { clientId, clientSecret } = broker.credentials;
  const caFile = server.ca === undefined ? undefined : resolve(options.caFile);
  if (caFile !== undefined) await writeFile(caFile, server.ca!);
  const lines = [
    `Mock DCV Session Manager broker on ${server.url}`,
    ...(server.agentUrl ? [`  for agents     ${server.agentUrl}`] : []),
    ...(server.gatewayUrl ? [`  for gateways   ${server.gatewayUrl}`] : []),
    `  client id      ${clientId}`,
    `  client secret  ${clientSecret}`,
    ...(caFile ? [`  CA certificate ${caFile}`] : []),
    "",
    "List its sessions from another shell:",
    "",
    curlCommand(server.url, `${clientId}:${clientSecret}`, caFile),
    "",
    "Stop it with Ctrl+C.",
  ];
  process.stdout.write(`${lines.join("\n")}\n`);
}

function curlCommand(url: string, user: string, caFile: string | undefined): string {
  const curl = caFile === undefined ? "curl -sS" : `curl -sS --cacert '${caFile.replaceAll("'", `'\\''`)}'`;
  const token = `${curl} -X POST -u '${user}' '${url}/oauth2/token?grant_type=client_credentials'`;
  return [
    `${curl} -X POST '${url}/describeSessions' -H 'Content-Type: application/json' -d '{}' \\`,
    `  -H "Authorization: Bearer $(${token} | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')"`,
  ].join("\n");
}
