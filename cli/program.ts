/**
 * The commands, and the options that all of them take.
 *
 * @module
 */

import { Command, Option } from "@commander-js/extra-typings";
import addCompletion from "@bomb.sh/tab/commander";
import { COMMANDS } from "./commands/commands.ts";
import { VERSION } from "./version.ts";

/** Makes the program; `signal` ends whatever runs. */
export function createProgram(signal: AbortSignal): Command {
  const program = new Command("dcvkit")
    .description("For people who run an Amazon DCV Session Manager broker.")
    .version(VERSION)
    .option("--broker-url <url>", "the broker, https://broker:8443 say (DCV_SM_BROKER_URL)")
    .option("--ca, --ca-bundle <file>", "the authority of the broker's certificate, PEM (DCV_SM_CA_FILE)")
    .option("--server-name <name>", "the name in the broker's certificate, if it is reached by another")
    .option("--cert <file>", "client certificate, PEM")
    .option("--key <file>", "its private key, PEM")
    .option("--no-verify-ssl", "accept any certificate; whoever is in between then reads the secret")
    .option("--auth-server-url <url>", "token endpoint of an external authorization server")
    .option("--conf <file>", "configuration file of dcvsm, dcvsmcli.conf")
    .option("--keep-token", "keep the access token between calls, in a file that only you can read")
    .addOption(new Option("--output-format <format>", "as dcvsm takes it").choices(["json"]).hideHelp())
    .option("--debug", "tell of each request on standard error")
    .configureHelp({ sortSubcommands: false, showGlobalOptions: false })
    .showHelpAfterError("(dcvkit --help tells what there is)")
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  for (const addCommand of COMMANDS) addCommand(program, signal);
  for (const command of program.commands) command.exitOverride();
  addCompletion(program as unknown as Parameters<typeof addCompletion>[0], {
    completionCommandName: "completion",
  });
  return program as unknown as Command;
}

const EXAMPLES = `
Credentials come from DCV_SM_CLIENT_ID and DCV_SM_CLIENT_PASSWORD, from
DCV_SM_OAUTH2_TOKEN, or from dcvsmcli.conf; never from the command line.

The commands of dcvsm, for scripts: create-session, delete-session,
describe-sessions, describe-servers, get-session-connection-data,
get-session-screenshots, update-session-permissions, open-servers,
close-servers.

Examples:
  dcvkit doctor
  dcvkit create --name desk --owner ana --wait --open
  dcvkit sessions --owner ana --state READY
`;
