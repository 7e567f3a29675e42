/**
 * A session that came to be without the broker, as a caller describes it.
 *
 * @module
 */

import type { NewLocalSession } from "../simulation/local_sessions.ts";
import type { SessionType } from "../simulation/session_states.ts";

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

/** The session that the options describe. */
export function describeSession(options: SessionOptions): NewLocalSession {
  const { id, owner, name = "", type, maxConcurrentClients, permissionsFile, storageRoot } = options;
  return { id, owner, name, type, maxConcurrentClients, permissionsFile, storageRoot };
}
