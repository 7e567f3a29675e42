/**
 * The client: one method for each operation of the broker, and a few for what nearly every caller does with
 * them.
 *
 * @module
 */

import { authorizationOf } from "./call/authorization.ts";
import { BatchError, type BatchResponse, type UnsuccessfulItem } from "./batch.ts";
import { checkEach, checkMembers, checkSegment, checkString } from "./call/checks.ts";
import {
  CLOSE_SERVERS,
  CREATE_SESSIONS,
  DELETE_SESSIONS,
  DESCRIBE_SERVERS,
  DESCRIBE_SESSIONS,
  GET_SESSION_CONNECTION_DATA,
  GET_SESSION_SCREENSHOTS,
  HEALTH,
  OPEN_SERVERS,
  type Operation,
  UPDATE_SESSION_PERMISSIONS,
} from "./call/operations.ts";
import { brokerUrlOf, transportOf } from "./call/options.ts";
import type { CallOptions, ClientOptions, OtherRequest } from "./options.ts";
import { type Listing, listing, type ListOptions, type Page } from "./pages.ts";
import { requestsFor } from "./queries.ts";
import type { ServerQuery, SessionQuery } from "./queries.ts";
import { lotsOf } from "./call/lots.ts";
import type { TokenSource } from "./call/token_source.ts";
import { send, type Transport } from "./call/transport.ts";
import type {
  CloseServerRequestData,
  CloseServersResponse,
  CreateSessionRequestData,
  CreateSessionsResponse,
  DeleteSessionRequestData,
  DeleteSessionsResponse,
  DescribeServersRequestData,
  DescribeServersResponse,
  DescribeSessionsRequestData,
  DescribeSessionsResponse,
  GetSessionConnectionDataResponse,
  GetSessionScreenshotRequestData,
  GetSessionScreenshotsResponse,
  OpenServerRequestData,
  OpenServersResponse,
  Server,
  Session,
  UpdateSessionPermissionsRequestData,
  UpdateSessionPermissionsResponse,
} from "./types.ts";
import { pollSession, type WaitOptions } from "./waiter.ts";

/**
 * A client of the Amazon DCV Session Manager broker.
 *
 * Requests and answers have the broker's own field names. The first call that needs an access token fetches
 * one, and all calls share it. A call that fails throws a {@linkcode SessionManagerError} with a `code` to
 * match on, bad input a `TypeError` before anything is sent, and an aborted call the reason of its signal.
 *
 * What may be sent again is: reads, deletions, permissions, opening and closing of servers, after a lost
 * connection, a timeout, 408 or 5xx; anything, after a refused connection or 429. So `createSessions` is
 * never sent again once the broker may have acted on it.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   credentials: () => "a-token", // or { clientId, clientSecret }
 *   fetch: exampleFetch, // leave it out to reach a real broker
 * });
 * const { Id } = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
 * const session = await client.waitForSession(Id, { timeout: 60_000 });
 * console.log(session.State); // "READY"
 *
 * function exampleFetch(url: string): Promise<Response> {
 *   const session = { Id: "s-1", Name: "desktop", Owner: "ana", Type: "VIRTUAL", State: "READY" };
 *   const list = url.endsWith("/createSessions") ? "SuccessfulList" : "Sessions";
 *   return Promise.resolve(Response.json({ [list]: [session] }));
 * }
 * ```
 */
export class SessionManagerClient {
  /** The broker's URL, without a slash at its end. */
  readonly brokerUrl: string;
  readonly #transport: Transport;
  readonly #authorization: TokenSource | string | undefined;

  /**
   * Checks the options; nothing is sent yet.
   *
   * @param options Where the broker is, what to authenticate with, and how patient to be.
   * @throws {TypeError} If an option is not what it should be; what may be a secret is not shown.
   */
  constructor(options: ClientOptions) {
    this.brokerUrl = brokerUrlOf(options);
    this.#transport = transportOf(options);
    this.#authorization = authorizationOf(options, this.brokerUrl, this.#transport);
  }

  /**
   * One page of the sessions that match; all sessions by default.
   *
   * @param request Which sessions, and which page.
   * @param options What ends the call.
   * @returns The page, and the `NextToken` of the next one if there is one.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  describeSessions(
    request: DescribeSessionsRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeSessionsResponse> {
    return this.#send(DESCRIBE_SESSIONS, options, request);
  }

  /**
   * One page of the servers that match; all servers by default.
   *
   * @param request Which servers, and which page.
   * @param options What ends the call.
   * @returns The page, and the `NextToken` of the next one if there is one.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  describeServers(
    request: DescribeServersRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeServersResponse> {
    return this.#send(DESCRIBE_SERVERS, options, request);
  }

  /**
   * Creates sessions, which then are on their way: see {@linkcode SessionManagerClient.waitForSession}. As in
   * all batches, items fail one by one and without an error: see {@linkcode allSuccessful}. An empty batch is
   * not sent.
   *
   * @param requests The sessions.
   * @param options What ends the call.
   * @returns What is being created, and what is not.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses. After `NETWORK_ERROR`, `TIMEOUT`
   * and `BROKER_ERROR` it may have created them all the same.
   */
  createSessions(
    requests: CreateSessionRequestData[],
    options?: CallOptions,
  ): Promise<CreateSessionsResponse> {
    return this.#batch(CREATE_SESSIONS, requests, options);
  }

  /**
   * Deletes sessions. Sent again after a lost answer, it may find a session gone that the first attempt
   * deleted.
   *
   * @param requests The sessions, each with its owner.
   * @param options What ends the call.
   * @returns What is being deleted, and what is not.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  deleteSessions(
    requests: DeleteSessionRequestData[],
    options?: CallOptions,
  ): Promise<DeleteSessionsResponse> {
    return this.#batch(DELETE_SESSIONS, requests, options);
  }

  /**
   * Replaces the permissions of sessions.
   *
   * @param requests The sessions, each with its owner and its permissions file in base64.
   * @param options What ends the call.
   * @returns Which have new permissions, and which do not.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  updateSessionPermissions(
    requests: UpdateSessionPermissionsRequestData[],
    options?: CallOptions,
  ): Promise<UpdateSessionPermissionsResponse> {
    return this.#batch(UPDATE_SESSION_PERMISSIONS, requests, options);
  }

  /**
   * What `user`, the owner or a guest, needs to connect; `SESSION_NOT_READY` while the session is being
   * created.
   *
   * @param sessionId The session.
   * @param user Who is to connect, as the operating system of the session's host names them.
   * @param options What ends the call.
   * @returns The session, and a token that lets the user in.
   * @throws {SessionManagerError} If there is no such session, or if the broker cannot be reached or refuses.
   */
  async getSessionConnectionData(
    sessionId: string,
    user: string,
    options?: CallOptions,
  ): Promise<GetSessionConnectionDataResponse> {
    const segments = checkSegment("sessionId", sessionId) + checkSegment("user", user);
    return await this.#send(GET_SESSION_CONNECTION_DATA, options, undefined, segments);
  }

  /**
   * Takes screenshots, five sessions a request. For brokers before 2024.0 see `takeScreenshots()` of
   * `./screenshots`.
   *
   * @param requests The sessions, each with the largest size of its picture if that matters.
   * @param options What ends each of the requests.
   * @returns The pictures, and the sessions that there are none of.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  getSessionScreenshots(
    requests: GetSessionScreenshotRequestData[],
    options?: CallOptions,
  ): Promise<GetSessionScreenshotsResponse> {
    return this.#batch(GET_SESSION_SCREENSHOTS, requests, options);
  }

  /**
   * Opens servers, so that they take new sessions; an open one stays so.
   *
   * @param requests The servers.
   * @param options What ends the call.
   * @returns Which are open, and which could not be opened.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  openServers(
    requests: OpenServerRequestData[],
    options?: CallOptions,
  ): Promise<OpenServersResponse> {
    return this.#batch(OPEN_SERVERS, requests, options);
  }

  /**
   * Closes servers, so that they take no new sessions; with `Force` even if sessions run there, which go on.
   *
   * @param requests The servers.
   * @param options What ends the call.
   * @returns Which are closed, and which could not be closed.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  closeServers(
    requests: CloseServerRequestData[],
    options?: CallOptions,
  ): Promise<CloseServersResponse> {
    return this.#batch(CLOSE_SERVERS, requests, options);
  }

  /**
   * Creates one session, which then is on its way.
   *
   * @param request The session.
   * @param options What ends the call.
   * @returns The session, in state `CREATING`.
   * @throws {BatchError} If it cannot be created: `NO_DCV_SERVER_FOUND`, say.
   * @throws {SessionManagerError} As from {@linkcode SessionManagerClient.createSessions}.
   */
  async createSession(request: CreateSessionRequestData, options?: CallOptions): Promise<Session> {
    const { SuccessfulList: [session], UnsuccessfulList } = await this.createSessions([request], options);
    if (typeof session?.Id !== "string") throw new BatchError("createSession", UnsuccessfulList);
    return session;
  }

  /**
   * Deletes one session. One that does not exist is as good as deleted.
   *
   * @param request The session, and its owner.
   * @param options What ends the call.
   * @returns Whether it was there.
   * @throws {BatchError} If it cannot be deleted.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  async deleteSession(request: DeleteSessionRequestData, options?: CallOptions): Promise<boolean> {
    const { SuccessfulList: [deleted], UnsuccessfulList } = await this.deleteSessions([request], options);
    if (deleted) return true;
    const error = new BatchError("deleteSession", UnsuccessfulList);
    if (error.code !== "SESSION_NOT_FOUND") throw error;
    return false;
  }

  /**
   * One session, as it is now.
   *
   * @param sessionId The session.
   * @param options What ends the call.
   * @returns The session, or `undefined` if the broker does not know it, or no longer.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses.
   */
  async getSession(sessionId: string, options?: CallOptions): Promise<Session | undefined> {
    const SessionIds = [sessionId];
    const { Sessions } = await this.describeSessions({ SessionIds }, options);
    return Sessions.find((session) => session.Id === sessionId);
  }

  /**
   * Waits until a session is gone, and gives its last record if the broker still shows it as `DELETED`.
   *
   * @param sessionId The session.
   * @param options How long to wait, and how eagerly.
   * @returns The session, or `undefined` if the broker no longer shows it.
   * @throws {SessionManagerError} As for any other state.
   */
  waitForSession(
    sessionId: string,
    options: WaitOptions & { state: "DELETED" },
  ): Promise<Session | undefined>;
  /**
   * Waits until a session is `READY`, or in another state, and gives it. `UNKNOWN` is waited out, since the
   * broker may find the host again.
   *
   * @param sessionId The session.
   * @param options For which state, how long, and how eagerly.
   * @returns The session, in that state.
   * @throws {SessionManagerError} `STATE_UNREACHABLE` as soon as the session is `DELETING` or gone, and
   * `TIMEOUT` after five minutes, both with the `session` as it was seen last; and what ends a call.
   */
  waitForSession(sessionId: string, options?: WaitOptions): Promise<Session>;
  waitForSession(sessionId: string, options?: WaitOptions): Promise<Session | undefined> {
    return pollSession(this, sessionId, options);
  }

  /**
   * Lists sessions over all pages, while they are read.
   *
   * @param query Which sessions; all by default.
   * @param options What ends the listing.
   * @returns The sessions, to iterate over or to collect.
   * @throws {TypeError} If the query is not what it should be. Errors of calls are thrown where it is read.
   */
  listSessions(query: SessionQuery = {}, options?: ListOptions): Listing<Session, DescribeSessionsResponse> {
    return this.#list("listSessions", DESCRIBE_SESSIONS, query, options);
  }

  /**
   * Lists servers over all pages, while they are read.
   *
   * @param query Which servers; all by default.
   * @param options What ends the listing.
   * @returns The servers, to iterate over or to collect.
   * @throws {TypeError} If the query is not what it should be. Errors of calls are thrown where it is read.
   */
  listServers(query: ServerQuery = {}, options?: ListOptions): Listing<Server, DescribeServersResponse> {
    return this.#list("listServers", DESCRIBE_SERVERS, query, options);
  }

  /**
   * Resolves if the broker says that it is well, as it does to load balancers: without a token.
   *
   * @param options What ends the call.
   * @throws {SessionManagerError} If the broker cannot be reached or is not well.
   */
  async health(options?: CallOptions): Promise<void> {
    await this.#send(HEALTH, options);
  }

  /**
   * Calls an operation that this version has no method for, with token, retries and errors as for the others.
   *
   * @typeParam T What the answer holds; it is not checked beyond `lists`.
   * @param path Where the broker has it, from a slash on; errors and events name it so.
   * @param request What to send, and what to expect.
   * @param options What ends the call.
   * @returns The answer.
   * @throws {SessionManagerError} If the broker cannot be reached or refuses, or if the answer is no JSON
   * object or lacks a list.
   *
   * @example
   * ```ts
   * import { SessionManagerClient } from "@dcvkit/session-manager";
   *
   * const client = new SessionManagerClient({
   *   brokerUrl: "https://broker:8443",
   *   fetch: () => Promise.resolve(Response.json({ Licenses: [{ Product: "dcv" }] })),
   * });
   * const { Licenses } = await client.request<{ Licenses: { Product: string }[] }>("/describeLicenses", {
   *   body: {},
   *   repeatable: true,
   *   lists: ["Licenses"],
   * });
   * console.log(Licenses[0]?.Product); // "dcv"
   * ```
   */
  async request<T extends object>(
    path: string,
    request: OtherRequest = {},
    options?: CallOptions,
  ): Promise<T> {
    const operation = checkString("path", path, /^\/[^\s#]*$/, "a path");
    return await this.#send(
      { lists: [], ...request, operation, path, once: !request.repeatable },
      options,
      request.body,
    );
  }

  #list<Item, P extends Page>(
    name: string,
    operation: Operation,
    query: SessionQuery,
    options?: ListOptions,
  ): Listing<Item, P> {
    const fetchPage = (request: Page, signal: AbortSignal) => this.#send<P>(operation, { signal }, request);
    return listing(name, requestsFor(query, operation.ids!), fetchPage, operation.lists![0]!, options);
  }

  /** Sends a batch in as many requests as it needs: none, if there is nothing to do. */
  async #batch<Success, Failure extends UnsuccessfulItem>(
    operation: Operation,
    requests: object[],
    options?: CallOptions,
  ): Promise<BatchResponse<Success, Failure>> {
    checkMembers(requests, operation.needs!);
    const answers: BatchResponse<Success, Failure>[] = [];
    for (const lot of lotsOf(requests, operation.max ?? Infinity)) {
      answers.push(await this.#send(operation, options, lot));
    }
    return {
      ...answers[0],
      SuccessfulList: answers.flatMap((answer) => answer.SuccessfulList),
      UnsuccessfulList: answers.flatMap((answer) => answer.UnsuccessfulList),
    };
  }

  async #send<T extends object>(
    operation: Operation,
    { signal, timeout }: CallOptions = {},
    body?: unknown,
    segments = "",
  ): Promise<T> {
    // Most operations take no list of ids, and then there is none to check
    checkEach(operation.ids!, Object(body)[operation.ids!] ?? [], checkString);
    return await send(this.#transport, {
      operation,
      url: this.brokerUrl + (operation.path ?? `/${operation.operation}`) + segments,
      body: JSON.stringify(body),
      authorization: operation === HEALTH ? undefined : this.#authorization,
      signal,
      timeout,
    });
  }
}
