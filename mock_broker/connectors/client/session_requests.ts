/**
 * From what a caller sends to what the world is asked.
 *
 * @module
 */

import type { z } from "zod";
import { parseRequirements, RequirementsError } from "../../simulation/requirements.ts";
import type { SessionRequest } from "../../simulation/session.ts";
import type { SessionType } from "../../simulation/session_states.ts";
import type { SessionQuery } from "../../simulation/session_store.ts";
import { RequestError } from "../../server/request_error.ts";
import { pageStart } from "./page_token.ts";
import type { CreateSessionRequestData, DescribeSessionsRequestData } from "./schemas.ts";

/** Most items in an answer when the caller does not say; documented for servers, and taken for sessions. */
export const DEFAULT_MAX_RESULTS = 1000;

/** A session to create; a text where its requirements cannot be understood. */
export function sessionRequest(
  data: z.output<typeof CreateSessionRequestData>,
): SessionRequest | { failure: string } {
  const type = sessionType(data.Type);
  try {
    return {
      name: data.Name,
      owner: data.Owner,
      type,
      requirements: parseRequirements(data.Requirements),
      enqueue: data.EnqueueRequest ?? false,
      retryOnFailure: !data.DisableRetryOnFailure,
      dcvGl: data.DcvGlEnabled ?? false,
      initFile: data.InitFile ?? data.InitFilePath ?? undefined,
      autorunFile: data.AutorunFile ?? undefined,
      autorunFileArguments: data.AutorunFileArguments ?? undefined,
      maxConcurrentClients: data.MaxConcurrentClients ?? undefined,
      permissionsFile: data.PermissionsFile ?? undefined,
      storageRoot: data.StorageRoot ?? undefined,
    };
  } catch (error) {
    if (error instanceof RequirementsError) return { failure: error.message };
    throw error;
  }
}

/** Which sessions to list. */
export function sessionQuery(data: z.output<typeof DescribeSessionsRequestData> | undefined): SessionQuery {
  const filters = data?.Filters ?? [];
  const owners = filters.filter(({ Key }) => Key === "owner").map(({ Value }) => Value);
  const tags = filters.filter(({ Key }) => Key.startsWith("tag:"))
    .map(({ Key, Value }) => ({ key: Key.slice("tag:".length), value: Value }));
  const unknown = filters.find(({ Key }) => Key !== "owner" && !/^tag:./s.test(Key));
  if (unknown) throw new RequestError(400, `Invalid filter key: ${unknown.Key}`);
  return {
    ids: idsOrAll(data?.SessionIds),
    owners,
    tags,
    after: pageStart("sessions", data?.NextToken),
    limit: data?.MaxResults ?? DEFAULT_MAX_RESULTS,
  };
}

/** AWS's own console sends an empty list of ids where it has none, and does not expect an empty answer. */
export function idsOrAll(ids: readonly string[] | null | undefined): readonly string[] | undefined {
  return ids && ids.length > 0 ? ids : undefined;
}

function sessionType(text: string): SessionType {
  const type = text.toUpperCase();
  if (type === "CONSOLE" || type === "VIRTUAL") return type;
  throw new RequestError(400, `Invalid session Type: ${text}`);
}
