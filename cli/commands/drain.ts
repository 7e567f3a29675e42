/**
 * `dcvkit drain`: a server before it goes.
 *
 * @module
 */

import { drainServer } from "@dcvkit/session-manager/fleet";
import { CommandError, EXIT } from "../exit_codes.ts";
import { table } from "../output/table.ts";
import { print, printNote, ProgressLine, terminalColumns } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { duration } from "./option_values.ts";
import { findServer } from "./servers.ts";
import { SESSION_COLUMNS } from "./sessions.ts";

/** `dcvkit drain SERVER`. */
export const addDrain: AddCommand = (program, signal) => {
  program.command("drain")
    .description("close a server, and wait until no session is left on it; prints its id then")
    .argument("<server>", "host name, address, server id or EC2 instance id")
    .option("--delete-idle", "delete sessions that nobody is connected to")
    .option("--delete-all", "delete all its sessions")
    .option("--timeout <duration>", "how long to wait for the last one, 10m say", duration, 0)
    .action(async (name, options, command) => {
      const { client } = await contextOf(command);
      const server = await findServer(client, name, signal);
      const deleteSessions = options.deleteAll ? "all" : options.deleteIdle ? "idle" : undefined;
      const { timeout } = options;
      const progress = new ProgressLine();
      if (timeout > 0) progress.show(`Waiting until no session is left on ${server.Hostname ?? server.Id}`);
      const report = await drainServer(client, server, { deleteSessions, timeout, signal })
        .finally(() => progress.clear());
      for (const { reason } of report.failures) printNote(reason);
      if (report.drained) return print(server.Id);
      printNote(table(report.remaining, SESSION_COLUMNS, { width: terminalColumns() }));
      throw new CommandError(
        EXIT.other,
        `${
          server.Hostname ?? server.Id
        } is closed, but has ${report.remaining.length} sessions: wait longer with ` +
          "--timeout, or pass --delete-idle or --delete-all",
      );
    });
};
