/**
 * `dcvkit create`: a new session.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import {
  type CreateSessionRequestData,
  type Session,
  type SessionManagerClient,
  SessionManagerError,
} from "@dcvkit/session-manager";
import { encodePermissions } from "@dcvkit/session-manager/permissions";
import { createSessionAndWait } from "@dcvkit/session-manager/sessions";
import { CommandError, EXIT } from "../exit_codes.ts";
import { jsonText } from "../output/json.ts";
import { print, printNote, ProgressLine } from "../output/terminal.ts";
import { openDesktop } from "./connect.ts";
import { type AddCommand, contextOf } from "./context.ts";
import { duration, wholeNumber } from "./option_values.ts";

/** How long a session may take to be READY. */
const DEFAULT_TIMEOUT_MS = 300_000;

/** `dcvkit create`. */
export const addCreate: AddCommand = (program, signal) => {
  program.command("create")
    .description("create a session; prints its id")
    .requiredOption("--owner <name>", "who owns it: a user of the host")
    .option("--name <name>", "its name", "desktop")
    .option("--type <type>", "virtual or console", "virtual")
    .option("--requirements <expression>", "what its host must have, tag:gpu = 'yes' say")
    .option("--permissions <file>", "permissions file: who may do what in it")
    .option("--max-clients <number>", "most clients at a time", wholeNumber(1))
    .option("--storage-root <folder>", "folder for file transfer on the host")
    .option("--init-file <file>", "script that starts it, in the agent's folder (Linux, virtual)")
    .option("--autorun-file <file>", "program that it starts, in the agent's folder")
    .option("--enqueue", "wait in the broker's queue if no server is free")
    .option("--wait", "wait until it is READY")
    .option("--timeout <duration>", "how long to wait, 90s or 5m say", duration, DEFAULT_TIMEOUT_MS)
    .option("--server-timeout <duration>", "how long to try again while no server is free", duration, 0)
    .option("--open", "open it in the browser once it is READY")
    .option("--json", "print the session as JSON rather than its id")
    .action(async (options, command) => {
      const context = await contextOf(command);
      const request = await requestOf(options);
      const session = await (options.wait || options.open
        ? createAndWait(context, request, options, signal)
        : context.client.createSession(request, { signal })).catch((error) => {
          if (isUnclear(error)) {
            printNote(lookFirst(request.Owner));
          }
          throw error;
        });
      print(options.json ? jsonText(session, 2) : session.Id);
      if (options.open) {
        await openDesktop(context.client, session, session.Owner, signal);
      }
    });
};

/** The options that say what to create. */
interface CreateOptions {
  readonly owner: string;
  readonly name: string;
  readonly type: string;
  readonly requirements?: string | undefined;
  readonly permissions?: string | undefined;
  readonly maxClients?: number | undefined;
  readonly storageRoot?: string | undefined;
  readonly initFile?: string | undefined;
  readonly autorunFile?: string | undefined;
  readonly enqueue?: true | undefined;
}

async function requestOf(options: CreateOptions): Promise<CreateSessionRequestData> {
  const type = options.type.toUpperCase();
  if (type !== "VIRTUAL" && type !== "CONSOLE") {
    throw new CommandError(EXIT.parameter, `--type must be virtual or console: ${options.type}`);
  }
  return {
    Name: options.name,
    Owner: options.owner,
    Type: type,
    Requirements: options.requirements,
    PermissionsFile: options.permissions === undefined ? undefined : await permissionsOf(options.permissions),
    MaxConcurrentClients: options.maxClients,
    StorageRoot: options.storageRoot,
    InitFile: options.initFile,
    AutorunFile: options.autorunFile,
    EnqueueRequest: options.enqueue,
  };
}

/** A permissions file as the broker takes it. */
export async function permissionsOf(path: string): Promise<string> {
  try {
    return encodePermissions(await readFile(path, "utf8"));
  } catch (cause) {
    throw new CommandError(EXIT.parameter, `Cannot read the permissions file: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/** Whether the broker may have created a session though there is no answer that says so. */
function isUnclear(error: unknown): boolean {
  return error instanceof SessionManagerError && error.operation === "createSessions" &&
    ["NETWORK_ERROR", "TIMEOUT", "BROKER_ERROR", "INVALID_RESPONSE"].includes(error.code);
}

function lookFirst(owner: string): string {
  return `It is not clear whether the session was created: look at \`dcvkit sessions --owner ${owner}\` before you try ` +
    "again";
}

async function createAndWait(
  { client }: { client: SessionManagerClient },
  request: CreateSessionRequestData,
  { timeout, serverTimeout }: { timeout: number; serverTimeout: number },
  signal: AbortSignal,
): Promise<Session> {
  const progress = new ProgressLine();
  const begin = Date.now();
  const show = () => progress.show(`Waiting for "${request.Name}" of ${request.Owner}: ${seconds(begin)} s`);
  const timer = setInterval(show, 1_000);
  let created: Session | undefined;
  const remembering = {
    createSession: async (...args: Parameters<SessionManagerClient["createSession"]>) =>
      created = await client.createSession(...args),
    waitForSession: client.waitForSession.bind(client),
  } as SessionManagerClient;
  try {
    show();
    return await createSessionAndWait(remembering, request, { timeout, serverTimeout, signal });
  } catch (error) {
    progress.clear();
    if (created) printNote(`Session ${created.Id} was created all the same: \`dcvkit delete ${created.Id}\``);
    throw error;
  } finally {
    clearInterval(timer);
    progress.clear();
  }
}

function seconds(begin: number): number {
  return Math.round((Date.now() - begin) / 1_000);
}
