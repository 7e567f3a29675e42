/**
 * `dcv-mock-broker simulate`: would this fleet do?
 *
 * @module
 */

import { Command, CommanderError, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { parse } from "yaml";
import type { Demand } from "../capacity/demand.ts";
import { capacityPlot } from "../capacity/plot.ts";
import type { CapacityReport } from "../capacity/report.ts";
import { simulate } from "../capacity/simulate.ts";
import { capacityTable, comparisonTable } from "../capacity/table.ts";
import type { HostOptions } from "../description/host.ts";
import type { MockBrokerOptions } from "../description/options.ts";
import { isSavedWorld, type SavedWorld } from "../description/saved_world.ts";
import { AGENT_RHYTHM, DEFAULT_WORLD } from "./broker_options.ts";
import { readText } from "./files.ts";
import { readFleet } from "./fleet.ts";
import { positiveNumber } from "./option_values.ts";

const HOUR = 3_600_000;

const HELP_WIDTH = 80;

const EXAMPLES = `
Examples:
  dcv-mock-broker simulate --fleet lab.yaml --per-day 300 --enqueue
  dcv-mock-broker simulate --fleet lab.yaml --demand demand.yaml --hosts 8,12,16
  dcv-mock-broker simulate --state world.json --demand world.json --format svg`;

function createCommand() {
  return new Command("dcv-mock-broker simulate")
    .description("Plays a day of sessions on a fleet, within a second or so, and tells what came of it.")
    .usage("[options]")
    .option("--fleet <name|path>", "a ready fleet, or a fleet file (default: a few hosts)")
    .addOption(
      new Option("--state <path>", "a saved world to go on from, instead of a fleet").conflicts("fleet"),
    )
    .addOption(
      new Option(
        "--hosts <numbers>",
        "so many hosts like the first of the fleet; several, 8,12,16 say, are compared",
      )
        .argParser(numbers).conflicts("state"),
    )
    .option("--demand <path>", "what is asked for: YAML or JSON, or a saved world for its sessions once more")
    .addOption(
      new Option(
        "--per-day <number>",
        "so many sessions a day, as an office asks for them; instead of --demand",
      )
        .argParser(positiveNumber).conflicts("demand"),
    )
    .addOption(new Option("--enqueue", "with --per-day: they wait for room").conflicts("demand"))
    .option("--hours <number>", "for how long (default: 24)", positiveNumber)
    .addOption(
      new Option("--format <format>", "how it is told").choices(["table", "json", "svg"] as const)
        .default("table" as const),
    )
    .helpOption("-h, --help", "prints this text, and ends")
    .addHelpText("after", EXAMPLES);
}

/**
 * What came of a simulation that these arguments describe, as text.
 *
 * @throws {TypeError} If something is wrong with them.
 */
export async function simulated(args: readonly string[]): Promise<string> {
  let help = "";
  let problem = "";
  const command = createCommand().exitOverride().configureOutput({
    writeOut: (text) => help += text,
    writeErr: (text) => problem += text,
    getOutHelpWidth: () => HELP_WIDTH,
    getOutHasColors: () => false,
  });
  try {
    return await told(command.parse(args, { from: "user" }).opts());
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    throw new TypeError(problem.trim().replace(/^error: /, ""), { cause: error });
  }
}

type Line = Readonly<ReturnType<ReturnType<typeof createCommand>["opts"]>>;

async function told(line: Line): Promise<string> {
  const { hours = 24, format } = line;
  const demand = await demandOf(line);
  const fleets = await fleetsOf(line);
  if (format === "svg" && fleets.length > 1) {
    throw new TypeError("A plot shows one number of hosts: --hosts 12 say");
  }
  const reports = fleets.map((fleet) => simulate(fleet, demand, hours * HOUR));
  return textOf(reports, format);
}

function textOf(reports: readonly CapacityReport[], format: Line["format"]): string {
  const [first, ...others] = reports;
  if (format === "svg") return capacityPlot(first!);
  if (format === "json") return `${JSON.stringify(others.length === 0 ? first : reports, null, 2)}\n`;
  return others.length === 0 ? capacityTable(first!) : comparisonTable(reports);
}

async function demandOf({ demand: path, perDay, enqueue }: Line): Promise<Demand | SavedWorld> {
  if (path !== undefined) return await readData("demand", path) as Demand | SavedWorld;
  if (perDay === undefined) throw new TypeError("What is asked for? --per-day 300 say, or --demand PATH");
  return { sessions: [{ perDay, enqueue: enqueue === true }] };
}

async function fleetsOf({ fleet, state, hosts }: Line): Promise<(MockBrokerOptions | SavedWorld)[]> {
  if (state !== undefined) {
    const saved = await readData("saved world", state);
    if (isSavedWorld(saved)) return [saved];
    throw new TypeError(`${state} is no saved world`);
  }
  const options = fleet === undefined ? DEFAULT_WORLD : await readFleet(fleet);
  const world = { ...options, timings: { roomReport: AGENT_RHYTHM, ...options.timings } };
  return hosts === undefined ? [world] : hosts.map((count) => withHosts(world, count));
}

/** Sessions that are there from the start are on hosts that may not be. */
function withHosts(
  { servers: [first = {}] = [], ...world }: MockBrokerOptions,
  count: number,
): MockBrokerOptions {
  const { id: _id, hostname: _hostname, ip: _ip, dnsName: _dnsName, ec2, ...kind }: HostOptions = first;
  const { instanceId: _instanceId, ...instance } = ec2 || {};
  const server = { ...kind, ...(ec2 !== undefined && { ec2: ec2 && instance }) };
  return { ...world, sessions: [], servers: Array.from({ length: count }, () => server) };
}

async function readData(what: string, path: string): Promise<unknown> {
  const text = await readText(what, path);
  try {
    return text.startsWith("{") ? JSON.parse(text) : parse(text);
  } catch (cause) {
    throw new TypeError(`Cannot read the ${what} ${path}: ${(cause as Error).message}`, { cause });
  }
}

function numbers(text: string): readonly number[] {
  const counts = text.split(",").map(Number);
  if (counts.every((count) => Number.isInteger(count) && count > 0 && count <= 100_000)) return counts;
  throw new InvalidArgumentError("Expected numbers of hosts with commas in between, up to 100000");
}
