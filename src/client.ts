/**
 * The client: one method for each operation of the broker, and a few for what nearly every caller does with
 * them.
 *
 * @module
 */

import { tokenSourceOf } from "./authorization.ts";
import { allSuccessful, BatchError } from "./batch.ts";
import {
  checkInteger,
  checkItems,
  checkNumber,
  checkSegment,
  checkString,
  checkStrings,
  checkUrl,
} from "./checks.ts";
import { SessionManagerError } from "./errors.ts";
import { type CallOptions, type ClientOptions, transportOf } from "./options.ts";
import { Listing, type ListOptions } from "./pages.ts";
import { joinServers, serverRequests, sessionRequests } from "./queries.ts";
import type { ServerQuery, SessionQuery } from "./queries.ts";
import { inLots } from "./screenshots.ts";
import type { TokenSource } from "./token_source.ts";
import { type Call, send, type Transport } from "./transport.ts";
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
 * ```ts ignore
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 *
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   credentials: { clientId, clientSecret },
 * });
 * const session = await client.createSession({ Name: "desktop", Owner: "ana", Type: "VIRTUAL" });
 * await client.waitForSession(session.Id);
 * ```
 */
export class SessionManagerClient {
  /** The broker's URL, without a slash at its end. */
  readonly brokerUrl: string;
  readonly #transport: Transport;
  readonly #tokens: TokenSource | undefined;

  /** Checks the options; nothing is sent yet. */
  constructor(options: ClientOptions) {
    const url = checkUrl("brokerUrl", options.brokerUrl);
    if (url.search) throw new TypeError('"brokerUrl" must not have a query');
    this.brokerUrl = url.href.replace(/\/+$/, "");
    this.#transport = transportOf(options);
    this.#tokens = tokenSourceOf(options, this.brokerUrl, this.#transport);
  }

  /** One page of the sessions that match; all sessions by default. */
  async describeSessions(
    request: DescribeSessionsRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeSessionsResponse> {
    checkPage("SessionIds", request.SessionIds, request.MaxResults);
    return await this.#post("describeSessions", request, ["Sessions"], options);
  }

  /** One page of the servers that match; all servers by default. */
  async describeServers(
    request: DescribeServersRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeServersResponse> {
    checkPage("ServerIds", request.ServerIds, request.MaxResults);
    return await this.#post("describeServers", request, ["Servers"], options);
  }

  /**
   * Creates sessions, which then are on their way: see {@linkcode SessionManagerClient.waitForSession}. As in
   * all batches, items fail one by one and without an error: see {@linkcode allSuccessful}. An empty batch is
   * not sent.
   */
  async createSessions(
    requests: CreateSessionRequestData[],
    options?: CallOptions,
  ): Promise<CreateSessionsResponse> {
    return await this.#batch("createSessions", requests, ["Name", "Owner", "Type"], options, {
      idempotent: false,
    });
  }

  /**
   * Deletes sessions. Sent again after a lost answer, it may find a session gone that the first attempt
   * deleted.
   */
  async deleteSessions(
    requests: DeleteSessionRequestData[],
    options?: CallOptions,
  ): Promise<DeleteSessionsResponse> {
    return await this.#batch("deleteSessions", requests, ["SessionId", "Owner"], options);
  }

  /** Replaces the permissions of sessions. */
  async updateSessionPermissions(
    requests: UpdateSessionPermissionsRequestData[],
    options?: CallOptions,
  ): Promise<UpdateSessionPermissionsResponse> {
    const required = ["SessionId", "Owner", "PermissionsFile"];
    const call = { method: "PUT", url: `${this.brokerUrl}/sessionPermissions` };
    return await this.#batch("updateSessionPermissions", requests, required, options, call);
  }

  /**
   * What `user`, the owner or a guest, needs to connect; `SESSION_NOT_READY` while the session is being
   * created.
   */
  async getSessionConnectionData(
    sessionId: string,
    user: string,
    options?: CallOptions,
  ): Promise<GetSessionConnectionDataResponse> {
    const path = `/sessionConnectionData/${checkSegment("sessionId", sessionId)}/${
      checkSegment("user", user)
    }`;
    return await this.#send("getSessionConnectionData", path, options, { tokenMember: "ConnectionToken" });
  }

  /** Takes screenshots, five sessions a request; without the size if the broker is too old to know one. */
  async getSessionScreenshots(
    requests: GetSessionScreenshotRequestData[],
    options?: CallOptions,
  ): Promise<GetSessionScreenshotsResponse> {
    checkItems("requests", requests, ["SessionId"]);
    return await inLots(requests, (lot) => this.#batch("getSessionScreenshots", lot, [], options));
  }

  /** Opens servers, so that they take new sessions; an open one stays so. */
  async openServers(
    requests: OpenServerRequestData[],
    options?: CallOptions,
  ): Promise<OpenServersResponse> {
    return await this.#batch("openServers", requests, ["ServerId"], options);
  }

  /**
   * Closes servers, so that they take no new sessions; with `Force` even if sessions run there, which go on.
   */
  async closeServers(
    requests: CloseServerRequestData[],
    options?: CallOptions,
  ): Promise<CloseServersResponse> {
    return await this.#batch("closeServers", requests, ["ServerId"], options);
  }

  /** Creates one session, which then is on its way; a {@linkcode BatchError} says why not. */
  async createSession(request: CreateSessionRequestData, options?: CallOptions): Promise<Session> {
    const [session] = allSuccessful(await this.createSessions([request], options), "createSession");
    if (session) return session;
    throw new SessionManagerError(
      "Cannot call createSession: the answer mentions neither a session nor a failure",
      {
        code: "INVALID_RESPONSE",
        operation: "createSession",
      },
    );
  }

  /** Deletes one session and says whether it was there; a {@linkcode BatchError} says why not. */
  async deleteSession(request: DeleteSessionRequestData, options?: CallOptions): Promise<boolean> {
    try {
      allSuccessful(await this.deleteSessions([request], options), "deleteSession");
      return true;
    } catch (error) {
      if (error instanceof BatchError && error.code === "SESSION_NOT_FOUND") return false;
      throw error;
    }
  }

  /** Waits until a session is gone, and gives its last record if the broker still shows it as `DELETED`. */
  waitForSession(
    sessionId: string,
    options: WaitOptions & { state: "DELETED" },
  ): Promise<Session | undefined>;
  /**
   * Waits until a session is `READY`, or in another state, and gives it. It throws `STATE_UNREACHABLE` as
   * soon as the session is `DELETING` or gone, and `TIMEOUT` after five minutes; `UNKNOWN` is waited out,
   * since the broker may find the host again. The poll after half a second is the second one, later ones are
   * up to five seconds apart.
   */
  waitForSession(sessionId: string, options?: WaitOptions): Promise<Session>;
  async waitForSession(sessionId: string, options?: WaitOptions): Promise<Session | undefined> {
    checkString("sessionId", sessionId);
    const look = async (signal: AbortSignal) => {
      const { Sessions } = await this.describeSessions({ SessionIds: [sessionId] }, { signal });
      return Sessions.find(({ Id }) => Id === sessionId);
    };
    return await pollSession(sessionId, look, options);
  }

  /** Lists sessions over all pages, while they are read. */
  listSessions(
    query: SessionQuery = {},
    options: ListOptions = {},
  ): Listing<Session, DescribeSessionsResponse> {
    const fetchPage = async (request: DescribeSessionsRequestData, signal: AbortSignal) => {
      const page = await this.describeSessions(request, { signal });
      const list = (ids: string[]) => this.listServers({ ids }, { signal }).toArray();
      if (query.withServers) await joinServers(page.Sessions, list);
      return page;
    };
    return new Listing(
      "listSessions",
      sessionRequests(query),
      fetchPage,
      ({ Sessions }) => Sessions,
      options,
    );
  }

  /** Lists servers over all pages, while they are read. */
  listServers(query: ServerQuery = {}, options: ListOptions = {}): Listing<Server, DescribeServersResponse> {
    const fetchPage = (request: DescribeServersRequestData, signal: AbortSignal) =>
      this.describeServers(request, { signal });
    return new Listing("listServers", serverRequests(query), fetchPage, ({ Servers }) => Servers, options);
  }

  /** Resolves if the broker says that it is well, as it does to load balancers: without a token. */
  async health(options?: CallOptions): Promise<void> {
    await this.#send("health", "/health", options, { authorization: undefined, ignoreBody: true });
  }

  /** The access token that calls carry, for requests of your own; `undefined` without credentials. */
  async getAccessToken({ signal }: { signal?: AbortSignal | undefined } = {}): Promise<string | undefined> {
    signal?.throwIfAborted();
    return (await this.#tokens?.get(signal))?.value;
  }

  /** Sends a batch; nothing to do needs no request. */
  async #batch<T extends object>(
    operation: string,
    requests: object[],
    required: string[],
    options?: CallOptions,
    call?: Partial<Call>,
  ): Promise<T> {
    checkItems("requests", requests, required);
    const lists = ["SuccessfulList", "UnsuccessfulList"];
    if (requests.length === 0) return withLists({}, lists) as T;
    return await this.#post(operation, requests, lists, options, call);
  }

  async #post<T extends object>(
    operation: string,
    request: object,
    lists: string[],
    options?: CallOptions,
    call?: Partial<Call>,
  ): Promise<T> {
    const answer = await this.#send<Record<string, unknown>>(operation, `/${operation}`, options, {
      method: "POST",
      body: JSON.stringify(request),
      contentType: "application/json",
      ...call,
    });
    return withLists(answer, lists) as T;
  }

  #send<T extends object>(
    operation: string,
    path: string,
    options: CallOptions = {},
    call?: Partial<Call>,
  ): Promise<T> {
    const { signal, timeout } = options;
    if (timeout !== undefined) checkNumber("timeout", timeout);
    return send(this.#transport, {
      operation,
      method: "GET",
      url: this.brokerUrl + path,
      authorization: this.#tokens,
      idempotent: true,
      signal,
      timeout,
      ...call,
    });
  }
}

/** The broker leaves out lists or sends null now and then; callers get an empty one. */
function withLists(answer: Record<string, unknown>, lists: string[]): object {
  for (const list of lists) answer[list] ??= [];
  return answer;
}

function checkPage(name: string, ids: string[] | undefined, maxResults: number | undefined): void {
  if (ids !== undefined) checkStrings(name, ids);
  if (maxResults !== undefined) checkInteger("MaxResults", maxResults, 1);
}
