/**
 * The client: one method for each operation of the broker, and a few for what nearly every caller does with
 * them.
 *
 * @module
 */

import { authorizationOf } from "./call/authorization.ts";
import { BatchError } from "./batch.ts";
import {
  checkEach,
  checkMembers,
  checkNumber,
  checkSegment,
  checkString,
  checkUrl,
  refuse,
} from "./call/checks.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { type Listing, listing, type ListOptions, type Page } from "./pages.ts";
import { serverRequests, sessionRequests } from "./queries.ts";
import type { ServerQuery, SessionQuery } from "./queries.ts";
import { completeRetryPolicy } from "./retry.ts";
import { inLots } from "./screenshot_lots.ts";
import type { TokenSource } from "./call/token_source.ts";
import { type Call, send, type Transport } from "./call/transport.ts";
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

  /** Checks the options; nothing is sent yet. */
  constructor(options: ClientOptions) {
    const { brokerUrl, fetch, timeout = 30_000, retry } = options;
    this.brokerUrl = checkUrl("brokerUrl", brokerUrl, /^https?:\/\/[^@/]+\/[^?#]*$/).replace(/\/+$/, "");
    if (fetch && typeof fetch !== "function") refuse("fetch", "a function", fetch);
    this.#transport = {
      ...options,
      timeout: checkNumber("timeout", timeout),
      retry: completeRetryPolicy(retry),
    };
    this.#authorization = authorizationOf(options, this.brokerUrl, this.#transport);
  }

  /** One page of the sessions that match; all sessions by default. */
  describeSessions(
    request: DescribeSessionsRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeSessionsResponse> {
    return this.#describe("Session", request, options);
  }

  /** One page of the servers that match; all servers by default. */
  describeServers(
    request: DescribeServersRequestData = {},
    options?: CallOptions,
  ): Promise<DescribeServersResponse> {
    return this.#describe("Server", request, options);
  }

  /**
   * Creates sessions, which then are on their way: see {@linkcode SessionManagerClient.waitForSession}. As in
   * all batches, items fail one by one and without an error: see {@linkcode allSuccessful}. An empty batch is
   * not sent.
   */
  createSessions(
    requests: CreateSessionRequestData[],
    options?: CallOptions,
  ): Promise<CreateSessionsResponse> {
    return this.#batch("createSessions", requests, ["Name", "Owner", "Type"], options);
  }

  /**
   * Deletes sessions. Sent again after a lost answer, it may find a session gone that the first attempt
   * deleted.
   */
  deleteSessions(
    requests: DeleteSessionRequestData[],
    options?: CallOptions,
  ): Promise<DeleteSessionsResponse> {
    return this.#batch("deleteSessions", requests, ["SessionId", "Owner"], options);
  }

  /** Replaces the permissions of sessions. */
  updateSessionPermissions(
    requests: UpdateSessionPermissionsRequestData[],
    options?: CallOptions,
  ): Promise<UpdateSessionPermissionsResponse> {
    const required = ["SessionId", "Owner", "PermissionsFile"];
    const call = { method: "PUT", path: "/sessionPermissions" };
    return this.#batch("updateSessionPermissions", requests, required, options, call);
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
    return await this.#send("getSessionConnectionData", options, { path, tokenMember: "ConnectionToken" });
  }

  /**
   * Takes screenshots, five sessions a request. For brokers before 2024.0 see `takeScreenshots()` of
   * `./screenshots`.
   */
  getSessionScreenshots(
    requests: GetSessionScreenshotRequestData[],
    options?: CallOptions,
  ): Promise<GetSessionScreenshotsResponse> {
    return inLots(requests, (lot) => this.#batch("getSessionScreenshots", lot, [], options));
  }

  /** Opens servers, so that they take new sessions; an open one stays so. */
  openServers(
    requests: OpenServerRequestData[],
    options?: CallOptions,
  ): Promise<OpenServersResponse> {
    return this.#batch("openServers", requests, ["ServerId"], options);
  }

  /**
   * Closes servers, so that they take no new sessions; with `Force` even if sessions run there, which go on.
   */
  closeServers(
    requests: CloseServerRequestData[],
    options?: CallOptions,
  ): Promise<CloseServersResponse> {
    return this.#batch("closeServers", requests, ["ServerId"], options);
  }

  /** Creates one session, which then is on its way; a {@linkcode BatchError} says why not. */
  async createSession(request: CreateSessionRequestData, options?: CallOptions): Promise<Session> {
    const { SuccessfulList, UnsuccessfulList } = await this.createSessions([request], options);
    const [session] = SuccessfulList;
    if (!session) throw new BatchError("createSession", UnsuccessfulList);
    return session;
  }

  /** Waits until a session is gone, and gives its last record if the broker still shows it as `DELETED`. */
  waitForSession(
    sessionId: string,
    options: WaitOptions & { state: "DELETED" },
  ): Promise<Session | undefined>;
  /**
   * Waits until a session is `READY`, or in another state, and gives it. It throws `STATE_UNREACHABLE` as
   * soon as the session is `DELETING` or gone, and `TIMEOUT` after five minutes. `UNKNOWN` is waited out,
   * since the broker may find the host again.
   */
  waitForSession(sessionId: string, options?: WaitOptions): Promise<Session>;
  waitForSession(sessionId: string, options?: WaitOptions): Promise<Session | undefined> {
    return pollSession(this, sessionId, options);
  }

  /** Lists sessions over all pages, while they are read. */
  listSessions(query: SessionQuery = {}, options?: ListOptions): Listing<Session, DescribeSessionsResponse> {
    return this.#list("Session", sessionRequests(query), options);
  }

  /** Lists servers over all pages, while they are read. */
  listServers(query: ServerQuery = {}, options?: ListOptions): Listing<Server, DescribeServersResponse> {
    return this.#list("Server", serverRequests(query), options);
  }

  /** Resolves if the broker says that it is well, as it does to load balancers: without a token. */
  async health(options?: CallOptions): Promise<void> {
    await this.#send("health", options, { authorization: undefined });
  }

  async #describe<T extends object>(kind: Kind, request: object, options?: CallOptions): Promise<T> {
    const ids = `${kind}Ids`;
    checkEach(ids, Object(request)[ids] ?? [], checkString);
    const answer = await this.#send<Lists>(`describe${kind}s`, options, { body: JSON.stringify(request) });
    return withLists(answer, `${kind}s`) as T;
  }

  #list<Item, P extends Page>(kind: Kind, requests: Page[], options?: ListOptions): Listing<Item, P> {
    const fetchPage = (request: Page, signal: AbortSignal) => this.#describe<P>(kind, request, { signal });
    return listing(`list${kind}s`, requests, fetchPage, `${kind}s`, options);
  }

  /** Sends a batch; nothing to do needs no request. */
  async #batch<T extends object>(
    operation: string,
    requests: object[],
    required: string[],
    options?: CallOptions,
    call?: PartialCall,
  ): Promise<T> {
    checkMembers(requests, required);
    const answer = requests.length
      ? await this.#send<Lists>(operation, options, { body: JSON.stringify(requests), ...call })
      : {};
    return withLists(answer, "SuccessfulList", "UnsuccessfulList") as T;
  }

  #send<T extends object>(
    operation: string,
    { signal, timeout }: CallOptions = {},
    { path = `/${operation}`, ...call }: PartialCall,
  ): Promise<T> {
    return send(this.#transport, {
      operation,
      url: this.brokerUrl + path,
      authorization: this.#authorization,
      signal,
      timeout,
      ...call,
    });
  }
}

/** How a call differs from a POST to the path of its name. */
type PartialCall = Partial<Call> & { path?: string };

/** What there are lists of, as the broker's names begin. */
type Kind = "Session" | "Server";

type Lists = Record<string, unknown>;

/** The broker leaves out lists or sends null now and then; callers get an empty one. */
function withLists(answer: Lists, ...lists: string[]): object {
  for (const list of lists) answer[list] ??= [];
  return answer;
}
