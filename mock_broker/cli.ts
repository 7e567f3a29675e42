#!/usr/bin/env -S deno run -A
/**
 * `dcv-mock-broker`: the mock broker as a server.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import process from "node:process";
import { brokerOptions } from "./command/broker_options.ts";
import { caPath, tlsOptions } from "./command/certificates.ts";
import { type CommandLine, parseCommandLine } from "./command/command_line.ts";
import { introduction, introductionJson } from "./command/introduction.ts";
import { createLog, type Log } from "./command/log.ts";
import { USAGE } from "./command/usage.ts";
import { MockBroker } from "./mock_broker.ts";
import type { MockBrokerServer } from "./server/listen_options.ts";

/** Exit status when the command cannot do what it was told. */
const WRONG_USE = 2;

/** How long running requests may take to end when the command is stopped, in milliseconds. */
const GRACE_MS = 3_000;

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`dcv-mock-broker: ${error.message}\n`);
  process.exitCode = WRONG_USE;
});

async function main(args: string[]): Promise<void> {
  const line = parseCommandLine(args);
  const text = await textAskedFor(line);
  if (text === undefined) await serve(line);
  else process.stdout.write(text);
}

/** What the command prints instead of being a broker. */
async function textAskedFor({ help, printFleet, printSchema }: CommandLine): Promise<string | undefined> {
  if (help) return USAGE;
  if (printFleet !== undefined) return (await import("./command/fleet.ts")).readyFleetText(printFleet);
  if (printSchema) return (await import("./description/fleet_file/json_schema.ts")).fleetFileJsonSchema();
}

async function serve(line: CommandLine): Promise<void> {
  const broker = new MockBroker(await brokerOptions(line));
  const { port, host: hostname, agentPort, gatewayPort, names } = line;
  const tls = await tlsOptions(line);
  const server = await broker.listen({ port, hostname, agentPort, gatewayPort, tls, names });
  const caFile = await publishCa(server, line);
  const write = (text: string) => void process.stdout.write(text);
  const log = createLog(line.log, write);
  if (log.request) broker.journal.subscribe(log.request);
  const stopWatching = await watch(broker, line, log);
  stopOnSignal(server, stopWatching);
  if (line.log === "json") write(introductionJson(broker, server, caFile));
  else write(introduction(broker, server, line, caFile));
}

async function watch(broker: MockBroker, line: CommandLine, log: Log): Promise<() => void> {
  const { fleet: path, watch } = line;
  if (!watch || path === undefined) return () => {};
  const { watchFleetFile } = await import("./command/watch_fleet_file.ts");
  return watchFleetFile(broker, line, path, (news) => log.fleetFile(path, news));
}

/** The first signal lets running requests end; the second does not wait for them. */
function stopOnSignal(server: MockBrokerServer, stopWatching: () => void): void {
  let grace = GRACE_MS;
  const stop = () => {
    stopWatching();
    void server.close({ grace });
    grace = 0;
  };
  process.on("SIGINT", stop).on("SIGTERM", stop);
}

/** Puts the CA certificate where clients find it; the file's path. */
async function publishCa(
  server: MockBrokerServer,
  { caDir, caFile }: CommandLine,
): Promise<string | undefined> {
  const { ca } = server;
  if (ca === undefined) return undefined;
  if (caDir !== undefined) return resolve(caPath(caDir));
  const path = resolve(caFile);
  try {
    await writeFile(path, ca);
  } catch (cause) {
    await server.close();
    throw new Error(`Cannot write the CA certificate: ${(cause as Error).message}`, { cause });
  }
  return path;
}
