/**
 * What the command prints once it listens: all that a user needs next.
 *
 * @module
 */

import { isLoopback } from "../server/loopback.ts";
import type { MockBroker } from "../mock_broker.ts";
import type { MockBrokerServer } from "../server/mock_broker_server.ts";
import type { CommandLine } from "./command_line.ts";
import { exampleCall } from "./example_call.ts";

/** The introduction for a person, with the secret. */
export function introduction(
  { credentials: { clientId, clientSecret } }: MockBroker,
  server: MockBrokerServer,
  { fleet, state, host = "127.0.0.1", control = isLoopback(host) }: CommandLine,
  caFile: string | undefined,
): string {
  const example = exampleCall(server.url, `${clientId}:${clientSecret}`, caFile);
  const lines = [
    `Mock DCV Session Manager broker on ${server.url}`,
    ...(server.agentUrl ? [`  for agents     ${server.agentUrl}`] : []),
    ...(server.gatewayUrl ? [`  for gateways   ${server.gatewayUrl}`] : []),
    ...(server.desktopUrl ? [`  desktops       ${server.desktopUrl}`] : []),
    `  client id      ${clientId}`,
    `  client secret  ${clientSecret}`,
    ...(caFile ? [`  CA certificate ${caFile}`] : []),
    ...(control
      ? [`  control API    ${server.url}/_mock/openapi.yaml`, `  console        ${server.url}/_mock/console`]
      : []),
    ...(fleet ? [`  fleet          ${fleet}`] : []),
    ...(state ? [`  state          ${state}`] : []),
    "",
    ...(isLoopback(host) ? [] : [`Other machines can reach it: it listens on ${host}.`, ""]),
    ...(server.desktopUrl ? ["Its connection URLs lead to simulated desktops.", ""] : []),
    `List its sessions from ${example.shell}:`,
    "",
    example.text,
    "",
    "Stop it with Ctrl+C.",
  ];
  return `${lines.join("\n")}\n`;
}

/** The introduction for a program: one line of JSON, without the secret. */
export function introductionJson(
  { credentials: { clientId } }: MockBroker,
  { url, agentUrl, gatewayUrl, desktopUrl }: MockBrokerServer,
  caFile: string | undefined,
): string {
  return `${
    JSON.stringify({ event: "listening", url, agentUrl, gatewayUrl, desktopUrl, clientId, caFile })
  }\n`;
}
