/**
 * `dcvkit export`: the fleet as a fleet file, for a mock broker that shows the same.
 *
 * @module
 */

import { importFleet, type ImportOptions } from "@dcvkit/mock-broker/import";
import type { SessionManagerClient } from "@dcvkit/session-manager";
import { print } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";

/** All of a client that exporting a fleet can call: it changes nothing. */
type Reader = Pick<SessionManagerClient, "listServers" | "listSessions">;

/** `dcvkit export`. */
export const addExport: AddCommand = (program, signal) => {
  program.command("export")
    .description("print the fleet as a fleet file for dcv-mock-broker; it only reads")
    .option("--anonymize", "replace names of people, hosts and sessions, addresses, ids and values of tags")
    .action(async (options, command) => {
      const { client } = await contextOf(command);
      print((await exported(client, options, signal)).trimEnd());
    });
};

async function exported(client: Reader, options: ImportOptions, signal: AbortSignal): Promise<string> {
  const Servers = await client.listServers({}, { signal }).toArray();
  const Sessions = await client.listSessions({}, { signal }).toArray();
  return importFleet([{ Servers, Sessions }], { anonymize: options.anonymize });
}
