/**
 * `dcvkit delete`: the end of sessions.
 *
 * @module
 */

import { BatchError, type Session, type SessionManagerClient } from "@dcvkit/session-manager";
import { CommandError, EXIT } from "../exit_codes.ts";
import { table } from "../output/table.ts";
import { confirm, print, printNote, terminalColumns } from "../output/terminal.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { tags } from "./option_values.ts";
import { selectSessions, SESSION_COLUMNS, type SessionSelection } from "./sessions.ts";

/** Most sessions in one request. */
const LOT = 100;

/** `dcvkit delete`. */
export const addDelete: AddCommand = (program, signal) => {
  program.command("delete")
    .description("delete sessions by their ids, or those that filters select; prints their ids")
    .argument("[ids...]", "ids of sessions")
    .option("--owner <name>", "those of this owner")
    .option("--tag <key=value>", "those on servers with this tag; may be repeated", tags)
    .option("--state <state>", "those in this state")
    .option("--host <name>", "those on this host: its name, address or server id")
    .option("--force", "delete them even if their host is not reached")
    .option("--yes", "do not ask")
    .action(async (ids, options, command) => {
      const { client } = await contextOf(command);
      const sessions = await chosen(client, ids, options, signal);
      if (sessions.length === 0) return printNote("No session is selected");
      const isFiltered = ids.length === 0;
      if (isFiltered && !options.yes && !await agreed(sessions, signal)) {
        throw new CommandError(EXIT.usage, "Nothing was deleted: answer y, or pass --yes");
      }
      await deleteAll(client, sessions, options.force ?? false, signal);
    });
};

/** The sessions to delete; what is on its way out already is left alone by filters. */
async function chosen(
  client: SessionManagerClient,
  ids: readonly string[],
  selection: SessionSelection,
  signal: AbortSignal,
): Promise<Session[]> {
  if (ids.length === 0) return await matching(client, selection, signal);
  const found = new Map<string, Session>();
  for await (const session of client.listSessions({ ids: [...ids] }, { signal })) {
    found.set(session.Id, session);
  }
  const missing = ids.filter((id) => !found.has(id));
  if (missing.length === 0) return [...found.values()];
  throw new CommandError(
    EXIT.service,
    `Nothing was deleted: the broker lists no session ${missing.join(", ")}`,
  );
}

async function matching(
  client: SessionManagerClient,
  selection: SessionSelection,
  signal: AbortSignal,
): Promise<Session[]> {
  const { owner, tag, state, host } = selection;
  if ([owner, tag, state, host].every((filter) => filter === undefined)) {
    throw new CommandError(EXIT.usage, "Say which sessions: their ids, or --owner, --tag, --state or --host");
  }
  const sessions: Session[] = [];
  for await (const session of selectSessions(client, selection, signal)) {
    if (session.State !== "DELETING" && session.State !== "DELETED") sessions.push(session);
  }
  return sessions;
}

async function agreed(sessions: readonly Session[], signal: AbortSignal): Promise<boolean> {
  printNote(table(sessions, SESSION_COLUMNS, { width: terminalColumns() }));
  return await confirm(`Delete ${sessions.length} session${sessions.length === 1 ? "" : "s"}?`, signal);
}

/** Prints the id of each that is on its way out, before it says which were not. */
async function deleteAll(
  client: SessionManagerClient,
  sessions: readonly Session[],
  Force: boolean,
  signal: AbortSignal,
): Promise<void> {
  const failures = [];
  for (let begin = 0; begin < sessions.length; begin += LOT) {
    const requests = sessions.slice(begin, begin + LOT).map(({ Id, Owner }) => ({
      SessionId: Id,
      Owner,
      Force,
    }));
    const { SuccessfulList, UnsuccessfulList } = await client.deleteSessions(requests, { signal });
    for (const { SessionId } of SuccessfulList) print(SessionId);
    failures.push(...UnsuccessfulList);
  }
  for (const { SessionId, FailureReason } of failures) printNote(`${SessionId}: ${FailureReason}`);
  if (failures.length > 0) throw new BatchError("deleteSessions", failures);
}
