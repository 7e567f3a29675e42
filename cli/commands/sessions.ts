/**
 * `dcvkit sessions` and `dcvkit session`: what is there.
 *
 * @module
 */

import type { Session, SessionManagerClient, SessionQuery } from "@dcvkit/session-manager";
import { CommandError, EXIT } from "../exit_codes.ts";
import { filtered, type ListingFormat, printListing } from "../output/listing.ts";
import { jsonText } from "../output/json.ts";
import type { Column, Tone } from "../output/table.ts";
import { print } from "../output/terminal.ts";
import { age } from "../output/times.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { tags } from "./option_values.ts";

const TONES: Readonly<Record<string, Tone>> = { READY: "green", CREATING: "yellow", UNKNOWN: "red" };

/** What a table shows of a session. */
export const SESSION_COLUMNS: readonly Column<Session>[] = [
  { heading: "ID", value: ({ Id }) => Id },
  { heading: "NAME", value: ({ Name }) => Name },
  { heading: "OWNER", value: ({ Owner }) => Owner },
  { heading: "TYPE", value: ({ Type }) => Type },
  {
    heading: "STATE",
    value: ({ State, Substate }) => Substate ? `${State} (${Substate})` : State,
    tone: ({ State }) => TONES[State],
  },
  { heading: "HOST", value: ({ Server }) => Server?.Hostname ?? Server?.Ip },
  { heading: "USERS", value: ({ NumOfConnections }) => NumOfConnections },
  { heading: "AGE", value: ({ CreationTime }) => age(CreationTime) },
];

/** Which sessions to list. */
export interface SessionSelection {
  readonly owner?: string | undefined;
  readonly tag?: Record<string, string> | undefined;
  readonly state?: string | undefined;
  readonly host?: string | undefined;
}

/** `dcvkit sessions`. */
export const addSessions: AddCommand = (program, signal) => {
  program.command("sessions")
    .description("list sessions, over all pages")
    .option("--owner <name>", "only those of this owner")
    .option("--tag <key=value>", "only those on servers with this tag; may be repeated", tags)
    .option("--state <state>", "only those in this state, for example READY")
    .option("--host <name>", "only those on this host: its name, address or server id")
    .option("--json", "as JSON, with the broker's own names")
    .option("--jsonl", "as JSON, a line for each")
    .option("--watch", "show the list again every few seconds, until Ctrl-C")
    .action(async (options, command) => {
      const { client } = await contextOf(command);
      const list = () => selectSessions(client, options, signal);
      await printListing(list, SESSION_COLUMNS, options as ListingFormat, signal);
    });
};

/** `dcvkit session ID`. */
export const addSession: AddCommand = (program, signal) => {
  program.command("session")
    .description("show one session, as JSON")
    .argument("<id>", "the session's id")
    .action(async (id, _options, command) => {
      const { client } = await contextOf(command);
      print(jsonText(await findSession(client, id, signal), 2));
    });
};

/** The sessions of a selection; the broker itself knows neither states nor hosts as filters. */
export function selectSessions(
  client: SessionManagerClient,
  { owner, tag, state, host }: SessionSelection,
  signal: AbortSignal,
): AsyncIterable<Session> {
  const query: SessionQuery = { owner, tags: tag };
  const wanted = state?.toUpperCase();
  return filtered(
    client.listSessions(query, { signal }),
    ({ State, Server }) =>
      (wanted === undefined || State === wanted) &&
      (host === undefined || [Server?.Id, Server?.Hostname, Server?.Ip].includes(host)),
  );
}

/** The session with this id, or an error that says that there is none. */
export async function findSession(
  client: SessionManagerClient,
  id: string,
  signal: AbortSignal,
): Promise<Session> {
  const session = await client.getSession(id, { signal });
  if (session) return session;
  throw new CommandError(EXIT.service, `The broker lists no session with this id: ${id}`);
}
