/**
 * The command line of `dcv-mock-broker`. Each option is described here and nowhere else: its values are checked, its
 * variable of the environment is named and `--help` is written from this.
 *
 * @module
 */

import { Command, CommanderError, Option } from "@commander-js/extra-typings";
import { CLOCK_MODES } from "../description/clock.ts";
import { READY_FLEETS } from "../description/ready_fleets.ts";
import { takeEnvironment } from "./environment.ts";
import { port, positiveNumber, severalNames, wholeNumber } from "./option_values.ts";
import { VERSION } from "./version.ts";

/** What the command line says. */
export type CommandLine = Readonly<ReturnType<ReturnType<typeof createCommand>["opts"]>>;

/** How requests are told of. */
export type LogFormat = CommandLine["log"];

/** Wide enough for two columns, and no wider than the narrowest terminals. */
const HELP_WIDTH = 80;

const EXAMPLES = `
Each option has a variable in the environment: DCV_MOCK_PORT=0 is --port 0, and
DCV_MOCK_NO_TLS=true is --no-tls. What the command line says wins.

Would a fleet do for a day of sessions? See dcv-mock-broker simulate --help

Examples:
  dcv-mock-broker --no-tls --fleet small-lab
  dcv-mock-broker --fleet lab.yaml --watch --ca-dir ~/.dcv-mock-broker

What brokers do: https://docs.aws.amazon.com/dcv/latest/sm-dev/`;

/** The command with its options; nothing is read yet. */
// deno-lint-ignore explicit-module-boundary-types -- the type of the options comes from here
export function createCommand() {
  return takeEnvironment(new Command("dcv-mock-broker"))
    .description("A simulated Amazon DCV Session Manager broker with a simulated fleet.")
    .usage("[options]")
    .optionsGroup("Where it listens:")
    .option("--port <number>", "port for clients; 0 is any free one (default: 8443)", port)
    .option("--agent-port <number>", "port for agents and DCV servers, 8445 on a real broker", port)
    .option("--gateway-port <number>", "port for Connection Gateways, 8447 on a real broker", port)
    .option(
      "--desktop-port <number>",
      "port for desktops, where connection URLs lead (default: 8448, or a free one)",
      port,
    )
    .option("--no-desktop", "no desktops: hosts are shown at addresses where nothing listens")
    .option("--host <address>", "address to listen on (default: 127.0.0.1, for this machine only)")
    .optionsGroup("HTTPS:")
    .option(
      "--ca-file <path>",
      "where to write the CA certificate (default: mock-broker-ca.pem, with the port in its name unless that is 8443)",
    )
    .addOption(
      new Option("--ca-dir <path>", "folder that keeps the CA, so that clients trust the next start too")
        .conflicts(["cert", "key"]),
    )
    .option(
      "--name <name>",
      "one more host name in the certificate; may be repeated, or have commas in between",
      severalNames,
    )
    .option("--cert <path>", "your own certificate, a PEM file; with --key")
    .option("--key <path>", "its private key, a PEM file")
    .addOption(
      new Option("--certificate-fault <fault>", "shows a certificate with which something is wrong")
        .choices(["expired", "notYetValid", "wrongName"] as const).conflicts(["cert", "key"]),
    )
    .addOption(new Option("--no-tls", "plain HTTP").conflicts(["caDir", "cert", "key", "certificateFault"]))
    .optionsGroup("The world:")
    .option(
      "--fleet <name|path>",
      `${Object.keys(READY_FLEETS).join(", ")}, or a fleet file of your own ` +
        "(default: a few hosts, and the sessions of AWS's first example)",
    )
    .option("--watch", "takes over changes to the fleet file while running")
    .option("--properties <path>", "a session-manager-broker.properties file")
    .option(
      "--client-id <id>",
      "API client id (default: that of AWS's first example where only this machine can reach the broker, " +
        "random elsewhere)",
    )
    .option("--client-secret <secret>", "API client secret (default: likewise)")
    .option("--seed <number>", "makes ids and durations the same each time", wholeNumber)
    .option("--speed <number>", "simulated seconds in a real one (default: 1)", positiveNumber)
    .addOption(
      new Option(
        "--clock <mode>",
        "how time passes; manual: it stands, skipping: each poll takes it to what happens next",
      )
        .choices(CLOCK_MODES).conflicts("frozen"),
    )
    .addOption(
      new Option("--frozen", "time stands until it is moved through the control API: --clock manual")
        .conflicts("speed"),
    )
    .optionsGroup("State:")
    .option(
      "--state <path>",
      "file in which the world outlives the command: it is taken up at the next start",
    )
    .option(
      "--no-catch-up",
      "with --state: time stands while the command does not run (default: it passes, if the clock runs)",
    )
    .optionsGroup("Control:")
    .option(
      "--control",
      "the API under /_mock that controls the world, for other machines too " +
        "(default: where only this machine can reach it)",
    )
    .option("--no-control", "none, not even for this machine")
    .option("--worlds", "URLs such as /worlds/NAME lead to worlds of their own, for tests that run at once")
    .option("--exit-with-stdin", "ends when its standard input ends, as whoever started it does")
    .optionsGroup("Output:")
    // Node takes --env-file for its own, behind the program's name too, and ends if there is no such file.
    .option(
      "--env, --env-file <path>",
      "writes URL, client id, secret and CA file for programs, for example into .env, until it ends",
    )
    .option("--advice", "says at the end what programs did that would hurt on a real broker")
    .addOption(
      new Option("--log <format>", "a line for each request: for people, or as JSON without any secret")
        .choices(["readable", "json", "quiet"] as const).default("readable" as const),
    )
    .option("--print-fleet <name>", "prints a ready fleet, as a fleet file to start from, and ends")
    .option(
      "--import <paths...>",
      "prints a fleet file made of a broker's answers to DescribeServers and DescribeSessions, and ends",
    )
    .option("--anonymize", "with --import: without names of people and hosts, addresses and ids")
    .option("--print-schema", "prints the JSON Schema of fleet files, for editors, and ends")
    .version(VERSION, "-v, --version", "prints the version, and ends")
    .helpOption("-h, --help", "prints this text, and ends")
    .addHelpText("after", EXAMPLES);
}

/**
 * Reads the arguments, and the environment where they say nothing: what they say, or the text that they ask for, help
 * or version. A `TypeError` says what is wrong with them, with an option of a similar name where there is one.
 */
export function parseCommandLine(args: readonly string[]): CommandLine | { readonly text: string } {
  let text = "";
  let problem = "";
  const command = createCommand().exitOverride().configureOutput({
    writeOut: (written) => text += written,
    writeErr: (written) => problem += written,
    getOutHelpWidth: () => HELP_WIDTH,
    getOutHasColors: () => false,
  });
  try {
    const line = command.parse(args, { from: "user" }).opts();
    refuseContradictions(line);
    return line;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { text };
    throw new TypeError(problem.trim().replace(/^error: /, ""), { cause: error });
  }
}

function refuseContradictions(line: CommandLine): void {
  const { cert, key, watch, fleet, clock, speed } = line;
  if (!line.catchUp && line.state === undefined) {
    throw new TypeError("Option --no-catch-up goes with --state");
  }
  if (line.anonymize && !line.import) throw new TypeError("Option --anonymize goes with --import");
  if (speed !== undefined && clock && clock !== "real") {
    throw new TypeError(`Option --speed is for a clock that runs, and --clock ${clock} stands`);
  }
  if ((cert === undefined) !== (key === undefined)) {
    throw new TypeError("Options --cert and --key go together");
  }
  if (watch && fleet === undefined) throw new TypeError("Option --watch needs a fleet file: --fleet PATH");
  if (watch && Object.hasOwn(READY_FLEETS, fleet!)) {
    throw new TypeError(`Option --watch needs a fleet file of your own: ${fleet} never changes`);
  }
}
