/**
 * `dcvkit open` and `dcvkit close`: whether servers take new sessions.
 *
 * @module
 */

import { allSuccessful, type SessionManagerClient } from "@dcvkit/session-manager";
import { print } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { findServer } from "./servers.ts";

/** `dcvkit open SERVERS`. */
export const addOpen: AddCommand = (program, signal) => {
  program.command("open")
    .description("let servers take new sessions again; prints their ids")
    .argument("<servers...>", "host names, addresses, server ids or EC2 instance ids")
    .action(async (names, _options, command) => {
      const { client } = await contextOf(command);
      const requests = (await serverIds(client, names, signal)).map((ServerId) => ({ ServerId }));
      allSuccessful(await client.openServers(requests, { signal }), "openServers");
      for (const { ServerId } of requests) print(ServerId);
    });
};

/** `dcvkit close SERVERS`. */
export const addClose: AddCommand = (program, signal) => {
  program.command("close")
    .description("let servers take no new sessions; prints their ids")
    .argument("<servers...>", "host names, addresses, server ids or EC2 instance ids")
    .option("--force", "even if sessions run there, which go on")
    .action(async (names, options, command) => {
      const { client } = await contextOf(command);
      const Force = options.force ?? false;
      const requests = (await serverIds(client, names, signal)).map((ServerId) => ({ ServerId, Force }));
      allSuccessful(await client.closeServers(requests, { signal }), "closeServers");
      for (const { ServerId } of requests) print(ServerId);
    });
};

async function serverIds(
  client: SessionManagerClient,
  names: readonly string[],
  signal: AbortSignal,
): Promise<string[]> {
  const ids: string[] = [];
  for (const name of names) ids.push((await findServer(client, name, signal)).Id);
  return ids;
}
