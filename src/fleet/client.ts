/**
 * What the fleet chores need of a client, and the one call that they have in common.
 *
 * @module
 */

import { allSuccessful, BatchError, type BatchFailure } from "../batch.ts";
import type {
  CloseServerRequestData,
  CloseServersResponse,
  DeleteSessionRequestData,
  DeleteSessionsResponse,
  DeleteSessionUnsuccessfulResponse,
  Server,
  Session,
} from "../types.ts";

/** What ends a chore early. */
export interface FleetOptions {
  /** Ends the chore, which then fails with the signal's reason. */
  signal?: AbortSignal | undefined;
}

/** What the chores need of a client of the broker. `SessionManagerClient` has it all. */
export interface FleetClient {
  /** Lists all servers. */
  listServers(query?: Record<never, never>, options?: FleetOptions): AsyncIterable<Server>;
  /** Lists all sessions. */
  listSessions(query?: Record<never, never>, options?: FleetOptions): AsyncIterable<Session>;
  /** Closes servers. */
  closeServers(requests: CloseServerRequestData[], options?: FleetOptions): Promise<CloseServersResponse>;
  /** Deletes sessions. */
  deleteSessions(
    requests: DeleteSessionRequestData[],
    options?: FleetOptions,
  ): Promise<DeleteSessionsResponse>;
}

/** What became of sessions that were to be deleted. */
export interface Deletion {
  /** The ids of those that were deleted, none of which need be gone yet. */
  deleted: string[];
  /** Those that the broker refused to delete, when last asked. */
  failures: BatchFailure<DeleteSessionUnsuccessfulResponse>[];
}

/**
 * Deletes sessions, each in its owner's name. One in `UNKNOWN` is deleted by force, since its host does not answer. One
 * that does not exist is done with.
 */
export async function deleteSessions(
  client: Pick<FleetClient, "deleteSessions">,
  sessions: Session[],
  options: FleetOptions,
): Promise<Deletion> {
  // A session that the broker shows without id or owner cannot be named in a request
  const named = sessions.filter(({ Id, Owner }) =>
    [Id, Owner].every((word) => word && typeof word === "string")
  );
  if (named.length === 0) return { deleted: [], failures: [] };
  const response = await client.deleteSessions(
    named.map(({ Id, Owner, State }) => ({ SessionId: Id, Owner, Force: State === "UNKNOWN" })),
    options,
  );
  return {
    deleted: (response.SuccessfulList ?? []).map(({ SessionId }) => SessionId),
    failures: failuresIn(response).filter(({ code }) => code !== "SESSION_NOT_FOUND"),
  };
}

function failuresIn(response: DeleteSessionsResponse): BatchFailure<DeleteSessionUnsuccessfulResponse>[] {
  try {
    allSuccessful(response);
    return [];
  } catch (error) {
    if (error instanceof BatchError) return error.failures;
    throw error;
  }
}
