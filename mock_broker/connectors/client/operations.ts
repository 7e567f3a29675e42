/**
 * The operations of the client connector: one table for the routes and for the OpenAPI file.
 *
 * @module
 */

import type * as wire from "@dcvkit/session-manager";
import * as z from "zod";
import { connectionClaims, isConnectable } from "../../simulation/connections.ts";
import { closeServer, openServer, pageOfHosts, type ServerFailure } from "../../simulation/servers.ts";
import { createSession } from "../../simulation/session_creation.ts";
import { deleteSession, SESSION_DOES_NOT_EXIST } from "../../simulation/session_deletion.ts";
import { updatePermissions } from "../../simulation/session_permissions.ts";
import { Session } from "../../simulation/session.ts";
import { RequestError } from "../../server/request_error.ts";
import type { OperationContext } from "./operation_context.ts";
import { serversJson, sessionsJson } from "./listing_json.ts";
import { pageStart, pageToken } from "./page_token.ts";
import * as schemas from "./schemas.ts";
import { takeScreenshots, withoutPictures } from "./screenshots.ts";
import { DEFAULT_MAX_RESULTS, idsOrAll, sessionQuery, sessionRequest } from "./session_requests.ts";
import { wireNewSession, wireSession } from "./wire.ts";

/** One operation: how it is called, and what it does. */
export interface Operation {
  readonly operationId: string;
  readonly method: "get" | "post" | "put";
  /** As in OpenAPI, with `{parameters}`. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  readonly body?: { readonly schema: z.ZodType; readonly required: boolean };
  readonly response: z.ZodType;
  /** Whether it only asks how things are. */
  readonly isReading?: boolean;
  handle(input: unknown, context: OperationContext): object | Promise<object>;
  /** What the journal shows of an answer that holds a secret or a picture. */
  recorded?(answer: object): object;
}

/** The answers of all batch operations have this shape. */
interface BatchAnswer<Success, Failure> {
  RequestId: string;
  SuccessfulList: Success[];
  UnsuccessfulList: Failure[];
}

/** Binds the input's type to the schema that checks it. */
function operation<T extends z.ZodType>(
  about: Omit<Operation, "body" | "handle"> & {
    body: { schema: T; required: boolean };
    handle(input: z.output<T>, context: OperationContext): object | Promise<object>;
  },
): Operation {
  return { ...about, handle: (input, context) => about.handle(input as z.output<T>, context) };
}

/** What became of an item. */
type Outcome<Success> = { success: Success } | { failure: string; code?: string | undefined };

/** Answers a batch item by item: a batch is a success even when every item failed. */
function batch<Item extends object, Success, Failure>(
  { world, faultOf }: OperationContext,
  items: readonly Item[],
  handle: (item: Item) => Outcome<Success>,
  showFailure: (item: Item, reason: string, code: string) => Failure,
): BatchAnswer<Success, Failure> {
  const answer: BatchAnswer<Success, Failure> = {
    RequestId: world.chance.requestIds.uuid(),
    SuccessfulList: [],
    UnsuccessfulList: [],
  };
  for (const item of items) {
    const fault = faultOf(item);
    const outcome = fault ? { failure: fault.reason, code: fault.code } : handle(item);
    if ("success" in outcome) answer.SuccessfulList.push(outcome.success);
    else answer.UnsuccessfulList.push(showFailure(item, outcome.failure, outcome.code ?? SERVER_ERROR));
  }
  return answer;
}

/** The code of a fault that names none. */
const SERVER_ERROR = "DCV_SERVER_ERROR";

const describeSessions = operation({
  operationId: "describeSessions",
  method: "post",
  path: "/describeSessions",
  tag: "sessions",
  summary: "Lists sessions",
  body: { schema: schemas.DescribeSessionsRequestData, required: false },
  response: schemas.DescribeSessionsResponse,
  isReading: true,
  handle(input, context) {
    const { world } = context;
    const { items, next } = world.sessions.page(sessionQuery(input));
    const token = next === undefined ? undefined : pageToken("sessions", next);
    return sessionsJson(world.chance.requestIds.uuid(), items, context, token);
  },
});

const describeServers = operation({
  operationId: "describeServers",
  method: "post",
  path: "/describeServers",
  tag: "servers",
  summary: "Lists servers",
  body: { schema: schemas.DescribeServersRequestData, required: false },
  response: schemas.DescribeServersResponse,
  isReading: true,
  handle(input, context) {
    const { world } = context;
    const after = pageStart("servers", input?.NextToken);
    const limit = input?.MaxResults ?? DEFAULT_MAX_RESULTS;
    const { items, next } = pageOfHosts(world, idsOrAll(input?.ServerIds), after, limit);
    const token = next === undefined ? undefined : pageToken("servers", next);
    return serversJson(world.chance.requestIds.uuid(), items, context, token);
  },
});

const createSessions = operation({
  operationId: "createSessions",
  method: "post",
  path: "/createSessions",
  tag: "sessions",
  summary: "Creates sessions",
  body: { schema: z.array(schemas.CreateSessionRequestData), required: true },
  response: schemas.CreateSessionsResponse,
  handle(input, context): wire.CreateSessionsResponse {
    // All items are looked at before the first is acted on: a request that is refused creates nothing.
    const requests = new Map(input.map((data) => [data, sessionRequest(data)]));
    return batch(context, input, (data) => {
      const request = requests.get(data)!;
      const outcome = "failure" in request ? request : createSession(context.world, request);
      return outcome instanceof Session ? { success: wireNewSession(outcome) } : outcome;
    }, (data, FailureReason) => ({ CreateSessionRequestData: withoutNulls(data), FailureReason }));
  },
});

const deleteSessions = operation({
  operationId: "deleteSessions",
  method: "post",
  path: "/deleteSessions",
  tag: "sessions",
  summary: "Deletes sessions",
  body: { schema: z.array(schemas.DeleteSessionRequestData), required: true },
  response: schemas.DeleteSessionsResponse,
  handle(input, context): wire.DeleteSessionsResponse {
    return batch(context, input, ({ SessionId, Owner, Force }) => {
      const outcome = deleteSession(context.world, SessionId, Owner, Force ?? false);
      return "failure" in outcome ? outcome : { success: { SessionId, State: outcome.state } };
    }, ({ SessionId }, FailureReason) => ({ SessionId, FailureReason }));
  },
});

const updateSessionPermissions = operation({
  operationId: "updateSessionPermissions",
  method: "put",
  path: "/sessionPermissions",
  tag: "sessionPermissions",
  summary: "Replaces the permissions of sessions",
  body: { schema: z.array(schemas.UpdateSessionPermissionsRequestData), required: true },
  response: schemas.UpdateSessionPermissionsResponse,
  handle(input, context): wire.UpdateSessionPermissionsResponse {
    return batch(context, input, ({ SessionId, Owner, PermissionsFile }) => {
      const failure = updatePermissions(context.world, SessionId, Owner, PermissionsFile);
      return failure === undefined ? { success: { SessionId } } : { failure };
    }, ({ SessionId }, FailureReason) => ({ SessionId, FailureReason }));
  },
});

const getSessionConnectionData: Operation = {
  operationId: "GetSessionConnectionData",
  method: "get",
  path: "/sessionConnectionData/{sessionId}/{user}",
  tag: "GetSessionConnectionData",
  summary: "Gets what a user's client needs to connect to a session",
  response: schemas.GetSessionConnectionDataResponse,
  isReading: true,
  async handle(_, context): Promise<wire.GetSessionConnectionDataResponse> {
    const { world, connectionTokens, parameters } = context;
    const session = world.sessions.find(parameters.sessionId!);
    if (!session) throw new RequestError(400, SESSION_DOES_NOT_EXIST);
    if (!isConnectable(session)) {
      throw new RequestError(400, `The session is neither in READY nor in UNKNOWN state: ${session.state}`);
    }
    const claims = connectionClaims(world, session, parameters.user!);
    const Session = wireSession(session, context);
    return { Session, ConnectionToken: await connectionTokens.sign(claims, world.signingKeyId) };
  },
  recorded: (answer) => ({ ...answer, ConnectionToken: undefined }),
};

const getSessionScreenshots = operation({
  operationId: "getSessionScreenshots",
  method: "post",
  path: "/getSessionScreenshots",
  tag: "sessions",
  summary: "Takes pictures of sessions",
  body: { schema: z.array(schemas.GetSessionScreenshotRequestData), required: true },
  response: schemas.GetSessionScreenshotsResponse,
  isReading: true,
  handle: (input, context): Promise<wire.GetSessionScreenshotsResponse> => takeScreenshots(context, input),
  recorded: (answer) => withoutPictures(answer as wire.GetSessionScreenshotsResponse),
});

const openServers = operation({
  operationId: "openServers",
  method: "post",
  path: "/openServers",
  tag: "servers",
  summary: "Opens servers for placement",
  body: { schema: z.array(schemas.OpenServerRequestData), required: true },
  response: schemas.OpenServersResponse,
  handle(input, context): wire.OpenServersResponse {
    return batch(
      context,
      input,
      ({ ServerId }) => serverOutcome(ServerId, openServer(context.world, ServerId)),
      (OpenServerRequestData, FailureReason, FailureCode) => (
        { OpenServerRequestData, FailureCode, FailureReason }
      ),
    );
  },
});

const closeServers = operation({
  operationId: "closeServers",
  method: "post",
  path: "/closeServers",
  tag: "servers",
  summary: "Closes servers for placement",
  body: { schema: z.array(schemas.CloseServerRequestData), required: true },
  response: schemas.CloseServersResponse,
  handle(input, context): wire.CloseServersResponse {
    return batch(
      context,
      input,
      ({ ServerId, Force }) => serverOutcome(ServerId, closeServer(context.world, ServerId, Force ?? false)),
      (data, FailureReason, FailureCode) => (
        { CloseServerRequestData: withoutNulls(data), FailureCode, FailureReason }
      ),
    );
  },
});

/** All operations that take an access token. */
export const OPERATIONS: readonly Operation[] = [
  describeSessions,
  describeServers,
  createSessions,
  deleteSessions,
  updateSessionPermissions,
  getSessionConnectionData,
  getSessionScreenshots,
  openServers,
  closeServers,
];

function serverOutcome(ServerId: string, failure: ServerFailure | undefined): Outcome<{ ServerId: string }> {
  return failure ? { failure: failure.reason, code: failure.code } : { success: { ServerId } };
}

/** What was asked, as it is echoed: fields without a value are left out. */
function withoutNulls<T extends object>(data: T): { [Key in keyof T]: Exclude<T[Key], null> } {
  const entries = Object.entries(data).filter(([, value]) => value !== null && value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof T]: Exclude<T[Key], null> };
}
