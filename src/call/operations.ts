/**
 * The operations of the broker: where each is found, what its answer must hold, and whether it may be sent
 * again when the broker may have acted on it already.
 *
 * @module
 */

/** What tells one operation from another. */
export interface Operation {
  /** The client's method, as errors and events name it. */
  readonly operation: string;
  /** Below the broker's URL, where that is not the name of the operation. */
  readonly path?: string | undefined;
  /** GET without a body and POST with one, if not said otherwise. */
  readonly method?: string | undefined;
  /** Whether a second copy of it would do something that nobody asked for. */
  readonly once?: boolean | undefined;
  /** The lists that its answer holds; those of a batch, if not said otherwise. */
  readonly lists?: readonly string[] | undefined;
  /** The member of its answer that is a token. */
  readonly tokenMember?: string | undefined;
  /** Whether its answer may be anything. */
  readonly anyAnswer?: boolean | undefined;
}

/** What becomes of the items of a batch. */
export const BATCH_LISTS: readonly string[] = ["SuccessfulList", "UnsuccessfulList"];

export const DESCRIBE_SESSIONS: Operation = {
  operation: "describeSessions",
  lists: ["Sessions"],
};

export const DESCRIBE_SERVERS: Operation = {
  operation: "describeServers",
  lists: ["Servers"],
};

/** The only one that is never sent again once the broker may have acted on it. */
export const CREATE_SESSIONS: Operation = {
  operation: "createSessions",
  once: true,
};

export const DELETE_SESSIONS: Operation = {
  operation: "deleteSessions",
};

export const UPDATE_SESSION_PERMISSIONS: Operation = {
  operation: "updateSessionPermissions",
  method: "PUT",
  path: "/sessionPermissions",
};

export const GET_SESSION_CONNECTION_DATA: Operation = {
  operation: "getSessionConnectionData",
  path: "/sessionConnectionData",
  tokenMember: "ConnectionToken",
};

export const GET_SESSION_SCREENSHOTS: Operation = {
  operation: "getSessionScreenshots",
};

export const OPEN_SERVERS: Operation = {
  operation: "openServers",
};

export const CLOSE_SERVERS: Operation = {
  operation: "closeServers",
};

/** The token endpoint. */
export const GET_ACCESS_TOKEN: Operation = {
  operation: "getAccessToken",
  path: "/oauth2/token",
  tokenMember: "access_token",
};

/** Where an operation is found, from a slash on. */
export function pathOf({ operation, path = `/${operation}` }: Operation): string {
  return path;
}

/** What load balancers ask. */
export const HEALTH: Operation = { operation: "health", anyAnswer: true };
