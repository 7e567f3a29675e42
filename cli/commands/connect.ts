/**
 * `dcvkit connect`: from a session to a desktop.
 *
 * @module
 */

import { writeFile } from "node:fs/promises";
import type { Session, SessionManagerClient } from "@dcvkit/session-manager";
import { connectionUrl, dcvFile } from "@dcvkit/session-manager/connection";
import open from "open";
import { print, printNote } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { findSession } from "./sessions.ts";

/** Only its owner may read a file that holds a token. */
const OWNER_ONLY = 0o600;

/** `dcvkit connect ID`. */
export const addConnect: AddCommand = (program, signal) => {
  program.command("connect")
    .description("open a session in the browser, or write a .dcv file for the native client")
    .argument("<id>", "the session's id")
    .option("--user <name>", "who connects (default: the session's owner)")
    .option("--gateway <host>", "the Connection Gateway in front of the servers")
    .option("--dcv-file <file>", "write a .dcv file, which only you can read, rather than open the browser")
    .option("--print", "print the URL, with its token, rather than open the browser")
    .action(async (id, options, command) => {
      const { client } = await contextOf(command);
      const user = options.user ?? (await findSession(client, id, signal)).Owner;
      const data = await client.getSessionConnectionData(id, user, { signal });
      const target = options.gateway === undefined ? {} : { gateway: options.gateway };
      if (options.dcvFile !== undefined) {
        await writeFile(options.dcvFile, dcvFile(data, target), { mode: OWNER_ONLY });
        printNote(`Wrote ${options.dcvFile}: it lets ${user} in until its token expires`);
      } else if (options.print) print(connectionUrl(data, target));
      else await openUrl(connectionUrl(data, target), data.Session, user);
    });
};

/** Opens a session that is READY in the browser. */
export async function openDesktop(
  client: SessionManagerClient,
  { Id }: Session,
  user: string,
  signal: AbortSignal,
): Promise<void> {
  const data = await client.getSessionConnectionData(Id, user, { signal });
  await openUrl(connectionUrl(data), data.Session, user);
}

/** The URL holds a token, so that nothing but the browser sees it. */
async function openUrl(
  url: string,
  { Id, Server }: Pick<Session, "Id" | "Server">,
  user: string,
): Promise<void> {
  await open(url);
  printNote(`Opened session ${Id} on ${Server?.Hostname ?? new URL(url).host} for ${user} in the browser`);
}
