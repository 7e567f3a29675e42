/**
 * `dcvkit sweep`: sessions whose host does not come back.
 *
 * @module
 */

import { setTimeout as sleep } from "node:timers/promises";
import { sweepUnknownSessions } from "@dcvkit/session-manager/fleet";
import { table } from "../output/table.ts";
import { confirm, print, printNote, ProgressLine, terminalColumns } from "../output/terminal.ts";
import { CommandError, EXIT } from "../exit_codes.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { duration } from "./option_values.ts";
import { SESSION_COLUMNS } from "./sessions.ts";

/** A host that reboots takes minutes. */
const DEFAULT_AGE_MS = 300_000;

/** `dcvkit sweep`. */
export const addSweep: AddCommand = (program, signal) => {
  program.command("sweep")
    .description("delete sessions that stay UNKNOWN, because their host does not come back; prints their ids")
    .option(
      "--for <duration>",
      "how long they must stay so while this command looks",
      duration,
      DEFAULT_AGE_MS,
    )
    .option("--dry-run", "print them only")
    .option("--yes", "do not ask")
    .action(async (options, command) => {
      const { client } = await contextOf(command);
      const observed = new Map<string, number>();
      const look = (dryRun: boolean) =>
        sweepUnknownSessions(client, { observed, olderThan: options.for, dryRun, signal });
      await look(true);
      if (observed.size === 0) return printNote("No session is UNKNOWN");
      await wait(observed.size, options.for, signal);
      const { stuck } = await look(true);
      if (stuck.length === 0) return printNote("Every session that was UNKNOWN has come back");
      printNote(table(stuck, SESSION_COLUMNS, { width: terminalColumns() }));
      if (options.dryRun) return stuck.forEach(({ Id }) => print(Id));
      if (!options.yes && !await confirm(`Delete ${stuck.length} sessions?`, signal)) {
        throw new CommandError(EXIT.usage, "Nothing was deleted: answer y, or pass --yes");
      }
      const { deleted, failures } = await look(false);
      for (const id of deleted) print(id);
      for (const { reason } of failures) printNote(reason);
      if (failures.length > 0) throw new CommandError(EXIT.service, `${failures.length} were not deleted`);
    });
};

async function wait(sessions: number, milliseconds: number, signal: AbortSignal): Promise<void> {
  const progress = new ProgressLine();
  progress.show(`${sessions} UNKNOWN; looking again in ${Math.ceil(milliseconds / 1_000)} s`);
  try {
    await sleep(milliseconds, undefined, { signal });
  } finally {
    progress.clear();
  }
}
