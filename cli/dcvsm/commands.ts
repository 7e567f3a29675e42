/**
 * The commands of AWS's `dcvsm`, under their names and with their options, so that scripts go on (Session Manager CLI
 * guide). Each is one request; its answer is printed as it came, in snake_case.
 *
 * @module
 */

import { type Command, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import type { SessionManagerClient } from "@dcvkit/session-manager";
import { type AddCommand, contextOf } from "../commands/context.ts";
import { permissionsOf } from "../commands/create.ts";
import { commaSeparated, wholeNumber } from "../commands/option_values.ts";
import { CommandError, EXIT } from "../exit_codes.ts";
import { jsonText } from "../output/json.ts";
import { print } from "../output/terminal.ts";
import { snakeCased } from "./snake_case.ts";

const LARGEST_PAGE = 1_000;
const MOST_CLIENTS = 100;

/** Adds all of them. */
export const addDcvsmCommands: AddCommand = (program, signal) => {
  const send = async (
    command: { optsWithGlobals(): unknown },
    call: (client: SessionManagerClient) => Promise<object>,
  ) => {
    const answer = await call((await contextOf(command)).client);
    print(jsonText(snakeCased(answer), 4));
    failIfAllFailed(answer);
  };
  const dcvsm = (name: string, operation: string) =>
    (program as Command).command(name, { hidden: true }).description(`${operation}, as dcvsm does`);

  dcvsm("create-session", "CreateSessions")
    .requiredOption("--name <name>")
    .requiredOption("--owner <owner>")
    .requiredOption("--type <type>", "Console or Virtual", sessionType)
    .option("--init-file-path <path>")
    .option("--autorun-file <file>")
    .option("--autorun-file-arguments <arguments>", "with commas in between", commaSeparated)
    .option("--max-concurrent-clients <number>", "1 to 100", wholeNumber(1, MOST_CLIENTS))
    .addOption(otherSpelling("--max-concurrents-clients <number>"))
    .addOption(otherSpelling("--max_concurrent-clients <number>"))
    .option("--dcv-gl-enabled")
    .option("--permissions-file <path>")
    .option("--requirements <expression>")
    .option("--storage-root <path>")
    .option("--enqueue-request [boolean]", "true by itself", truth)
    .action((options, command) =>
      send(command, async (client) =>
        client.createSessions([{
          Name: options.name,
          Owner: options.owner,
          Type: options.type,
          InitFilePath: options.initFilePath,
          AutorunFile: options.autorunFile,
          AutorunFileArguments: options.autorunFileArguments,
          MaxConcurrentClients: options.maxConcurrentClients ?? options.maxConcurrentsClients ??
            options.max_concurrentClients,
          DcvGlEnabled: options.dcvGlEnabled,
          PermissionsFile: options.permissionsFile && await permissionsOf(options.permissionsFile),
          Requirements: options.requirements,
          StorageRoot: options.storageRoot,
          EnqueueRequest: options.enqueueRequest,
        }], { signal }))
    );

  dcvsm("delete-session", "DeleteSessions")
    .requiredOption("--session-id <id>")
    .requiredOption("--owner <owner>")
    .option("--force")
    .action(({ sessionId: SessionId, owner: Owner, force: Force = false }, command) =>
      send(command, (client) => client.deleteSessions([{ SessionId, Owner, Force }], { signal }))
    );

  dcvsm("describe-sessions", "DescribeSessions")
    .option("--session-ids <ids>", "with commas in between", commaSeparated)
    .option("--next-token <token>")
    .option("--owner <owner>")
    .option("--max-results <number>", "1 to 1000", wholeNumber(1, LARGEST_PAGE))
    .action(({ sessionIds, nextToken, owner, maxResults }, command) =>
      send(command, (client) =>
        client.describeSessions({
          SessionIds: sessionIds,
          NextToken: nextToken,
          MaxResults: maxResults,
          Filters: owner === undefined ? undefined : [{ Key: "owner", Value: owner }],
        }, { signal }))
    );

  dcvsm("describe-servers", "DescribeServers")
    .option("--server-ids <ids>", "with commas in between", commaSeparated)
    .option("--next-token <token>")
    .option("--max-results <number>", "1 to 1000", wholeNumber(1, LARGEST_PAGE))
    .action(({ serverIds, nextToken, maxResults }, command) =>
      send(command, (client) =>
        client.describeServers(
          { ServerIds: serverIds, NextToken: nextToken, MaxResults: maxResults },
          { signal },
        ))
    );

  dcvsm("get-session-connection-data", "GetSessionConnectionData")
    .requiredOption("--session-id <id>")
    .requiredOption("--user <user>")
    .action(({ sessionId, user }, command) =>
      send(command, (client) => client.getSessionConnectionData(sessionId, user, { signal }))
    );

  dcvsm("get-session-screenshots", "GetSessionScreenshots")
    .requiredOption("--session-ids <ids>", "with commas in between", commaSeparated)
    .option("--max-width <pixels>", "widest", wholeNumber(1))
    .option("--max-height <pixels>", "highest", wholeNumber(1))
    .action(({ sessionIds, maxWidth: MaxWidth, maxHeight: MaxHeight }, command) =>
      send(command, (client) => {
        const requests = sessionIds.map((SessionId) => ({ SessionId, MaxWidth, MaxHeight }));
        return client.getSessionScreenshots(requests, { signal });
      })
    );

  dcvsm("update-session-permissions", "UpdateSessionPermissions")
    .requiredOption("--session-id <id>")
    .requiredOption("--owner <owner>")
    .requiredOption("--permission-file <path>")
    .action(({ sessionId: SessionId, owner: Owner, permissionFile }, command) =>
      send(command, async (client) => {
        const PermissionsFile = await permissionsOf(permissionFile);
        return client.updateSessionPermissions([{ SessionId, Owner, PermissionsFile }], { signal });
      })
    );

  dcvsm("open-servers", "OpenServers")
    .requiredOption("--server-ids <ids>", "with commas in between", commaSeparated)
    .action(({ serverIds }, command) =>
      send(command, (client) => client.openServers(serverIds.map((ServerId) => ({ ServerId })), { signal }))
    );

  dcvsm("close-servers", "CloseServers")
    .requiredOption("--server-ids <ids>", "with commas in between", commaSeparated)
    .option("--force")
    .action(({ serverIds, force: Force = false }, command) =>
      send(
        command,
        (client) => client.closeServers(serverIds.map((ServerId) => ({ ServerId, Force })), { signal }),
      )
    );
};

/** The guide to `dcvsm` writes this option in three ways. */
function otherSpelling<Flags extends string>(flags: Flags) {
  return new Option(flags).argParser(wholeNumber(1, MOST_CLIENTS)).hideHelp();
}

/** The guide writes `--enqueue-request` with a value, as other flags have none. */
function truth(text: string): boolean {
  if (/^(true|yes|on|1)$/i.test(text)) return true;
  if (/^(false|no|off|0)$/i.test(text)) return false;
  throw new InvalidArgumentError("It must be true or false.");
}

/** `dcvsm` takes the type in any case. */
function sessionType(text: string): string {
  return text.toUpperCase();
}

/** A batch of which nothing succeeded is an error of the service to a script. */
function failIfAllFailed(
  answer: { SuccessfulList?: unknown[]; UnsuccessfulList?: { FailureReason: string }[] },
): void {
  const { SuccessfulList, UnsuccessfulList } = answer;
  const [failure] = UnsuccessfulList ?? [];
  if (failure && SuccessfulList?.length === 0) throw new CommandError(EXIT.service, failure.FailureReason);
}
