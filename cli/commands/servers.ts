/**
 * `dcvkit servers`: the hosts of the fleet.
 *
 * @module
 */

import type { Server, SessionManagerClient } from "@dcvkit/session-manager";
import { CommandError, EXIT } from "../exit_codes.ts";
import { filtered, type ListingFormat, printListing } from "../output/listing.ts";
import type { Column } from "../output/table.ts";
import { gibibytes } from "../output/sizes.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { tags } from "./option_values.ts";

/** What a table shows of a server. */
const COLUMNS: readonly Column<Server>[] = [
  { heading: "HOST", value: ({ Hostname }) => Hostname },
  { heading: "IP", value: ({ Ip }) => Ip },
  {
    heading: "AVAILABILITY",
    value: ({ Availability, UnavailabilityReason }) => UnavailabilityReason ?? Availability,
    tone: ({ Availability }) => Availability === "AVAILABLE" ? "green" : "red",
  },
  { heading: "OS", value: ({ Host }) => Host?.Os?.Family },
  { heading: "CPUS", value: ({ Host }) => Host?.CpuInfo?.NumberOfCpus },
  { heading: "MEMORY", value: ({ Host }) => gibibytes(Host?.Memory?.TotalBytes) },
  { heading: "CONSOLE", value: ({ ConsoleSessionCount }) => ConsoleSessionCount },
  { heading: "VIRTUAL", value: ({ VirtualSessionCount }) => VirtualSessionCount },
  { heading: "TAGS", value: ({ Tags }) => tagsOf(Tags) },
  { heading: "ID", value: ({ Id }) => Id },
];

/** Those of the agent's own; what it says of every host has columns, or is in `--json`. */
function tagsOf(tags: Server["Tags"]): string | undefined {
  return tags?.filter(({ Key }) => !Key.startsWith("dcv:")).map(({ Key, Value }) => `${Key}=${Value}`).join(
    " ",
  );
}

/** `dcvkit servers`. */
export const addServers: AddCommand = (program, signal) => {
  program.command("servers")
    .description("list the servers of the fleet, over all pages")
    .option("--tag <key=value>", "only those with this tag; may be repeated", tags)
    .option("--availability <value>", "only those: AVAILABLE, UNAVAILABLE, or a reason such as SERVER_CLOSED")
    .option("--host <name>", "only this host: its name, address, server id or EC2 instance id")
    .option("--json", "as JSON, with the broker's own names")
    .option("--jsonl", "as JSON, a line for each")
    .option("--watch", "show the list again every few seconds, until Ctrl-C")
    .action(async (options, command) => {
      const { client } = await contextOf(command);
      const list = () => selectServers(client, options, signal);
      await printListing(list, COLUMNS, options as ListingFormat, signal);
    });
};

/** Which servers to list. */
interface ServerSelection {
  readonly tag?: Record<string, string> | undefined;
  readonly availability?: string | undefined;
  readonly host?: string | undefined;
}

function selectServers(
  client: SessionManagerClient,
  { tag = {}, availability, host }: ServerSelection,
  signal: AbortSignal,
): AsyncIterable<Server> {
  const wanted = availability?.toUpperCase();
  return filtered(
    client.listServers({}, { signal }),
    (server) =>
      (wanted === undefined || server.Availability === wanted || server.UnavailabilityReason === wanted) &&
      (host === undefined || isNamed(server, host)) &&
      Object.entries(tag).every(([key, value]) =>
        server.Tags?.some(({ Key, Value }) => Key === key && Value === value) ?? false
      ),
  );
}

function isNamed({ Id, Hostname, Ip, Host }: Server, name: string): boolean {
  return [Id, Hostname, Ip, Host?.Aws?.EC2InstanceId].includes(name);
}

/** A server that can be named to the broker. */
export type KnownServer = Server & { readonly Id: string };

/** The server with this name, address, id or instance id; of several the one that is available. */
export async function findServer(
  client: SessionManagerClient,
  name: string,
  signal: AbortSignal,
): Promise<KnownServer> {
  let found: KnownServer | undefined;
  for await (const server of client.listServers({}, { signal })) {
    const { Id } = server;
    if (Id === undefined || !isNamed(server, name)) continue;
    if (server.Availability === "AVAILABLE") return { ...server, Id };
    found ??= { ...server, Id };
  }
  if (found) return found;
  throw new CommandError(EXIT.service, `The broker lists no server with this name, address or id: ${name}`);
}
