#!/usr/bin/env -S deno run -A
/**
 * `dcv-mock-broker`: the mock broker as a server.
 *
 * @module
 */

import process from "node:process";
import { brokerOptions } from "./command/broker_options.ts";
import { tlsOptions, withKeptAuthority } from "./command/certificates.ts";
import { type CommandLine, createCommand, parseCommandLine } from "./command/command_line.ts";
import { misspelledVariables } from "./command/environment.ts";
import { writeFiles } from "./command/files_for_clients.ts";
import { introduction, introductionJson } from "./command/introduction.ts";
import { createLog, type Log } from "./command/log.ts";
import type { MockBrokerOptions } from "./description/options.ts";
import { Output } from "./command/output.ts";
import type { StateFile } from "./command/state_file.ts";
import { stopWhenTold } from "./command/stop.ts";
import { MockBroker } from "./mock_broker.ts";
import type { MockBrokerServer } from "./server/mock_broker_server.ts";

/** Exit status when the command cannot do what it was told. */
const WRONG_USE = 2;

/** Where desktops are served unless something else listens there. */
const USUAL_DESKTOP_PORT = 8448;

/** Options for ports beside that for clients. */
const OTHER_PORTS = {
  "--agent-port": "agentPort",
  "--gateway-port": "gatewayPort",
  "--desktop-port": "desktopPort",
} as const;

// Whoever started the command may have closed its standard error.
process.stderr.on("error", () => {});

main(process.argv.slice(2)).catch((error: Error) => {
  process.stderr.write(`dcv-mock-broker: ${error.message}\n`);
  process.exitCode = WRONG_USE;
});

async function main(args: string[]): Promise<void> {
  if (args[0] === "completion" || args[0] === "complete") {
    return (await import("./command/completion.ts")).complete(args);
  }
  const line = args[0] === "simulate" ? { text: await simulated(args.slice(1)) } : parseCommandLine(args);
  const text = "text" in line ? line.text : await textAskedFor(line);
  if (text !== undefined) new Output(() => "").write(text);
  else await serve(line as CommandLine);
}

async function simulated(args: readonly string[]): Promise<string> {
  return await (await import("./command/simulate.ts")).simulated(args);
}

/** What the command prints instead of being a broker. */
async function textAskedFor(line: CommandLine): Promise<string | undefined> {
  const { printFleet, printSchema } = line;
  if (line.import) return await (await import("./command/import.ts")).importedFleet(line.import, line);
  if (printFleet !== undefined) return (await import("./command/fleet.ts")).readyFleetText(printFleet);
  if (printSchema) return (await import("./description/fleet_file/json_schema.ts")).fleetFileJsonSchema();
}

async function serve(given: CommandLine): Promise<void> {
  const line = withKeptAuthority(given);
  const log = createLog(line.log);
  misspelledVariables(createCommand()).forEach(log.warn);
  const options = await brokerOptions(line, log.warn);
  const broker = new MockBroker(options);
  const state = await keptWorld(broker, line, options, log);
  try {
    await start(broker, line, log, state);
  } catch (error) {
    await state?.release();
    throw error;
  }
}

async function start(
  broker: MockBroker,
  line: CommandLine,
  log: Log,
  state: StateFile | undefined,
): Promise<void> {
  const server = await listen(broker, line, log);
  await state?.keep(broker).catch(async (error) => {
    await server.close();
    throw error;
  });
  const files = await writeFiles(broker, server, line, log.warn).catch(async (error) => {
    await server.close();
    throw error;
  });
  if (log.request) broker.journal.subscribe(log.request);
  const stopWatching = await watch(broker, line, log);
  const cleanUp = async () => {
    stopWatching();
    await files.remove();
  };
  const finish = async () => {
    if (line.advice) tellAdvice(broker, log);
    const problem = await state?.close(broker);
    if (problem !== undefined) process.stderr.write(`dcv-mock-broker: ${problem}\n`);
    return problem === undefined;
  };
  stopWhenTold({ server, output: log.output, cleanUp, finish }, line.exitWithStdin === true);
  log.introduce(
    line.log === "json"
      ? introductionJson(broker, server, files.ca)
      : introduction(broker, server, line, files.ca),
  );
}

async function keptWorld(
  broker: MockBroker,
  line: CommandLine,
  options: MockBrokerOptions,
  log: Log,
): Promise<StateFile | undefined> {
  if (line.state === undefined) return undefined;
  const { openKeptWorld } = await import("./command/kept_world.ts");
  return await openKeptWorld(line.state, broker, line, options, log);
}

/** Worlds that nobody has asked for anything are not spoken of. */
function tellAdvice(broker: MockBroker, log: Log): void {
  const worlds = broker.worlds.list().map((name) => [name, broker.worlds.get(name)] as const)
    .filter(([, { journal }]) => journal.lastId > 0);
  if (worlds.length === 0 || broker.journal.lastId > 0) log.advice(undefined, broker);
  for (const [name, world] of worlds) log.advice(name, world);
}

async function listen(broker: MockBroker, line: CommandLine, log: Log): Promise<MockBrokerServer> {
  const { port, host: hostname, agentPort, gatewayPort, name: names } = line;
  const tls = await tlsOptions(line, log.warn);
  const { certificateFault } = line;
  const listenWith = (desktopPort: number | undefined) =>
    broker.listen({ port, hostname, agentPort, gatewayPort, desktopPort, tls, names, certificateFault });
  try {
    if (!line.desktop || line.desktopPort !== undefined) return await listenWith(line.desktopPort);
    // Nobody asked for this port: another mock may have it.
    return await listenWith(port === 0 ? 0 : USUAL_DESKTOP_PORT).catch((error) => {
      if (error.cause?.code !== "EADDRINUSE") throw error;
      return listenWith(0);
    });
  } catch (error) {
    const { message, cause } = error as Error & { cause?: NodeJS.ErrnoException };
    if (cause?.code !== "EADDRINUSE") throw error;
    const option = Object.entries(OTHER_PORTS).find(([, name]) => message.includes(`:${line[name]}:`))?.[0];
    throw new Error(`${message}. Any free port: ${option ?? "--port"} 0`, { cause });
  }
}

async function watch(broker: MockBroker, line: CommandLine, log: Log): Promise<() => void> {
  const { fleet: path, watch } = line;
  if (!watch || path === undefined) return () => {};
  const { watchFleetFile } = await import("./command/watch_fleet_file.ts");
  return watchFleetFile(broker, line, path, log);
}
