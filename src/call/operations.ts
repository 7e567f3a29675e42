/**
 * The operations of the broker: where each is found, what its answer must hold, and whether it may be sent
 * again when the broker may have acted on it already.
 *
 * @module
 */

/** Where the broker has its own token endpoint. */
export const TOKEN_PATH = "/oauth2/token";

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
  /** The member of its request that may be a list of ids. */
  readonly ids?: "SessionIds" | "ServerIds" | undefined;
  /** The members of each item of a batch that cannot be left out. */
  readonly needs?: readonly string[] | undefined;
  /** How many items of a batch a request takes; any number, if not said otherwise. */
  readonly max?: number | undefined;
  /** The lists that its answer holds; those of a batch, if not said otherwise. */
  readonly lists?: readonly string[] | undefined;
  /** The member of its answer that is a token. */
  readonly token?: string | undefined;
}

export const DESCRIBE_SESSIONS: Operation = {
  operation: "describeSessions",
  ids: "SessionIds",
  lists: ["Sessions"],
};

export const DESCRIBE_SERVERS: Operation = {
  operation: "describeServers",
  ids: "ServerIds",
  lists: ["Servers"],
};

/** The only one that is never sent again once the broker may have acted on it. */
export const CREATE_SESSIONS: Operation = {
  operation: "createSessions",
  needs: ["Name", "Owner", "Type"],
  once: true,
};

export const DELETE_SESSIONS: Operation = {
  operation: "deleteSessions",
  needs: ["SessionId", "Owner"],
};

export const UPDATE_SESSION_PERMISSIONS: Operation = {
  operation: "updateSessionPermissions",
  path: "/sessionPermissions",
  method: "PUT",
  needs: ["SessionId", "Owner", "PermissionsFile"],
};

export const GET_SESSION_CONNECTION_DATA: Operation = {
  operation: "getSessionConnectionData",
  path: "/sessionConnectionData",
  token: "ConnectionToken",
};

/** AWS's own clients send five at most. */
export const GET_SESSION_SCREENSHOTS: Operation = {
  operation: "getSessionScreenshots",
  needs: ["SessionId"],
  max: 5,
};

export const OPEN_SERVERS: Operation = {
  operation: "openServers",
  needs: ["ServerId"],
};

export const CLOSE_SERVERS: Operation = {
  operation: "closeServers",
  needs: ["ServerId"],
};

/** The broker's own token endpoint, or another one. */
export const GET_ACCESS_TOKEN: Operation = {
  operation: "getAccessToken",
  token: "access_token",
};

/** What load balancers ask. */
export const HEALTH: Operation = { operation: "health" };
