/**
 * A session that came to be without the broker, as a caller describes it: its options, their rules and their defaults.
 *
 * @module
 */

import * as z from "zod";
import type { NewLocalSession } from "../simulation/local_sessions.ts";
import type { SessionType } from "../simulation/session_states.ts";
import { numbered } from "./host.ts";
import { once } from "./once.ts";
import { anyText, object, oneOf, text, wholeNumber } from "./rules.ts";
import type { Expect, SameType } from "./same_type.ts";

/** What a caller says of a session that exists already. */
export interface SessionOptions {
  /**
   * Its id; on a host it is chosen by whoever creates the session.
   *
   * @default {a random UUID}
   */
  id?: string | undefined;
  /** Who owns it. */
  owner: string;
  /**
   * Its name.
   *
   * @default {the empty text, which is what the broker shows of a session that it did not create}
   */
  name?: string | undefined;
  /**
   * Its kind.
   *
   * @default {"VIRTUAL" on Linux, "CONSOLE" elsewhere}
   */
  type?: SessionType | undefined;
  /**
   * Most connections at a time; 0 is no limit.
   *
   * @default {no limit}
   */
  maxConcurrentClients?: number | undefined;
  /**
   * The permissions file, base64.
   *
   * @default {the server's own}
   */
  permissionsFile?: string | undefined;
  /**
   * The folder for file transfer.
   *
   * @default {none}
   */
  storageRoot?: string | undefined;
  /**
   * When it was created, in ISO 8601.
   *
   * @default {now}
   */
  creationTime?: string | undefined;
  /**
   * When a client disconnected last, in ISO 8601.
   *
   * @default {never}
   */
  lastDisconnectionTime?: string | undefined;
}

/** A session that is there from the start. */
export interface InitialSession extends SessionOptions {
  /**
   * The host name of its server.
   *
   * @default {the first server with room for it}
   */
  server?: string | undefined;
}

/** The rules of a session on a host. */
export const sessionSchema = once(() =>
  object({
    id: text().optional().describe(numbered("Session id (default random)")),
    owner: text().describe(numbered("Who owns it")),
    name: anyText().optional().describe(numbered("Session name (default none)")),
    type: oneOf("CONSOLE", "VIRTUAL").optional().describe("Default VIRTUAL on Linux, CONSOLE elsewhere"),
    maxConcurrentClients: wholeNumber(0).optional().describe("Most connections at a time; 0 is no limit"),
    permissionsFile: z.base64("must be base64").optional().describe("The permissions file, base64"),
    storageRoot: text().optional().describe("Folder for file transfer"),
    creationTime: time().optional().describe("When it was created, in ISO 8601 (default now)"),
    lastDisconnectionTime: time().optional()
      .describe("When a client disconnected last, in ISO 8601 (default never)"),
  })
);

/** The rules of a session that is there from the start. */
export const initialSessionSchema = once(() =>
  object({
    ...sessionSchema().shape,
    server: text().optional()
      .describe(numbered("Host name of its server (default the first one with room)")),
  })
);

export type SessionOptionsMatch = Expect<SameType<z.input<ReturnType<typeof sessionSchema>>, SessionOptions>>;
export type InitialSessionMatches = Expect<
  SameType<z.input<ReturnType<typeof initialSessionSchema>>, InitialSession>
>;

function time() {
  return z.iso.datetime({ offset: true, error: "must be a time in ISO 8601, 2026-11-26T09:30:00Z say" });
}

/** The session that checked options describe. */
export function describeSession(
  { id, name = "", type, creationTime, lastDisconnectionTime, ...about }: SessionOptions,
): NewLocalSession {
  const { owner, maxConcurrentClients, permissionsFile, storageRoot } = about;
  return {
    id,
    owner,
    name,
    type,
    maxConcurrentClients,
    permissionsFile,
    storageRoot,
    creationTime: creationTime === undefined ? undefined : Date.parse(creationTime),
    lastDisconnectionTime: lastDisconnectionTime === undefined
      ? undefined
      : Date.parse(lastDisconnectionTime),
  };
}
