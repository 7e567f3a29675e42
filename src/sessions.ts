/**
 * What callers do with sessions in several steps, each of which is easy to get wrong.
 *
 * @module
 */

import { BatchError } from "./batch.ts";
import type { SessionManagerClient } from "./client.ts";
import { checkMembers, checkNumber } from "./call/checks.ts";
import { sleep } from "./call/deadline.ts";
import { SessionManagerError } from "./errors.ts";
import type { CallOptions } from "./options.ts";
import { requirementsOf } from "./sessions/meets_requirements.ts";
import type { CreateSessionRequestData, DeleteSessionRequestData, Session } from "./types.ts";
import type { WaitOptions } from "./waiter.ts";

/** How long to wait for a session and for a server to put it on. */
export interface CreateAndWaitOptions extends Omit<WaitOptions, "state"> {
  /**
   * How long to try again while there is no server for the session, in milliseconds: a host takes one to
   * three minutes after its boot until the broker knows it.
   *
   * @default {0}
   */
  serverTimeout?: number | undefined;
}

/** An agent reports every thirty seconds by default, so more often is of little use. */
const SERVER_POLL_MS = 5_000;

/**
 * Creates a session and waits until it is `READY`. If it does not get there, the error is that of {@linkcode
 * SessionManagerClient.createSession} or of {@linkcode SessionManagerClient.waitForSession}, whose `session` is
 * the one that was created, and that is left as it is.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { createSessionAndWait } from "@dcvkit/session-manager/sessions";
 *
 * const client = new SessionManagerClient({ brokerUrl: "https://broker:8443", fetch: exampleFetch });
 * const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
 * const session = await createSessionAndWait(client, request, { timeout: 60_000, serverTimeout: 180_000 });
 * console.log(session.State); // "READY"
 *
 * function exampleFetch(url: string): Promise<Response> {
 *   const session = { Id: "s-1", ...request, State: url.endsWith("/createSessions") ? "CREATING" : "READY" };
 *   return Promise.resolve(Response.json({ SuccessfulList: [session], Sessions: [session] }));
 * }
 * ```
 */
export async function createSessionAndWait(
  client: SessionManagerClient,
  request: CreateSessionRequestData,
  { serverTimeout = 0, ...wait }: CreateAndWaitOptions = {},
): Promise<Session> {
  const { signal } = wait;
  const session = await createWhenThereIsRoom(client, request, serverTimeout, signal);
  try {
    return await client.waitForSession(session.Id, wait);
  } catch (error) {
    if (error instanceof SessionManagerError) Object.assign(error, { session: error.session ?? session });
    throw error;
  }
}

async function createWhenThereIsRoom(
  client: SessionManagerClient,
  request: CreateSessionRequestData,
  serverTimeout: number,
  signal: AbortSignal | undefined,
): Promise<Session> {
  const end = performance.now() + checkNumber("serverTimeout", serverTimeout, 0);
  for (;;) {
    try {
      return await client.createSession(request, { signal });
    } catch (error) {
      const remaining = end - performance.now();
      if (!isOfItem(error, "NO_DCV_SERVER_FOUND") || remaining <= 0) throw error;
      await sleep(Math.min(SERVER_POLL_MS, remaining), signal);
    }
  }
}

/**
 * Finds the owner's session of this name and type on a server that meets the `Requirements`, or creates it: a
 * `READY` one if there is any, else one that is being created. The broker itself keeps several of the same
 * name, dead ones (`DELETING`, `DELETED`, `UNKNOWN`) among them, which are ignored. Two callers at the same
 * time may still create two.
 *
 * What counts is what the broker shows of a session: `Name`, `Type` (in any case), `MaxConcurrentClients` if it
 * is asked for, and the server as it is now. One that is not placed yet counts as if it met the requirements.
 * Files, permissions and the storage root are not shown, and so are not compared.
 *
 * @param client A client of the broker.
 * @param request The session, as for `createSession()`.
 * @param options What ends the calls.
 * @returns The session.
 * @throws {SessionManagerError} If the broker cannot be reached, refuses, or has no server for it.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { findOrCreateSession } from "@dcvkit/session-manager/sessions";
 *
 * const request = { Name: "desktop", Owner: "ana", Type: "VIRTUAL" };
 * const Sessions = [{ Id: "s-1", ...request, State: "DELETED" }, { Id: "s-2", ...request, State: "READY" }];
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   fetch: () => Promise.resolve(Response.json({ Sessions })),
 * });
 *
 * const session = await findOrCreateSession(client, request);
 * console.log(session.Id); // "s-2"
 * ```
 */
export async function findOrCreateSession(
  client: SessionManagerClient,
  request: CreateSessionRequestData,
  options: CallOptions = {},
): Promise<Session> {
  checkMembers([request], ["Name", "Owner", "Type"]);
  const { signal } = options;
  const alike: Session[] = [];
  for await (const session of client.listSessions({ owner: request.Owner }, { signal })) {
    if (isAlike(session, request)) alike.push(session);
  }
  const suitable = await onSuitableServers(client, alike, request.Requirements, options);
  return suitable.find(({ State }) => State === "READY") ?? suitable[0] ??
    await client.createSession(request, options);
}

/** Whether it is in use or will be, and what the broker shows of it is what is asked for. */
function isAlike(session: Session, { Name, Type, MaxConcurrentClients }: CreateSessionRequestData): boolean {
  return (session.State === "READY" || session.State === "CREATING") && session.Name === Name &&
    `${session.Type}`.toUpperCase() === Type.toUpperCase() &&
    (MaxConcurrentClients ?? session.MaxConcurrentClients) === session.MaxConcurrentClients;
}

async function onSuitableServers(
  client: SessionManagerClient,
  sessions: Session[],
  requirements: string | undefined,
  options: CallOptions,
): Promise<Session[]> {
  if (!requirements?.trim() || sessions.length === 0) return sessions;
  const meets = requirementsOf(requirements) ?? (() => false);
  const joined = await withServers(client, sessions, options);
  return sessions.filter((_, index) => {
    const server = joined[index]?.Server;
    return !server || meets(server);
  });
}

/**
 * Deletes one session. One that does not exist is as good as deleted.
 *
 * @returns whether it was there
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { deleteSession } from "@dcvkit/session-manager/sessions";
 *
 * const failure = { SessionId: "s-1", FailureReason: "The requested dcvSession does not exist" };
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   fetch: () => Promise.resolve(Response.json({ UnsuccessfulList: [failure] })),
 * });
 *
 * console.log(await deleteSession(client, { SessionId: "s-1", Owner: "ana" })); // false
 * ```
 */
export async function deleteSession(
  client: SessionManagerClient,
  request: DeleteSessionRequestData,
  options?: CallOptions,
): Promise<boolean> {
  return await client.deleteSession(request, options);
}

/**
 * Gives each session its server in full, with `Host`, tags and counts, which the broker leaves out of
 * sessions. A session that is not placed yet, or whose server the broker has forgotten, stays as it is.
 *
 * @example
 * ```ts
 * import { SessionManagerClient } from "@dcvkit/session-manager";
 * import { withServers } from "@dcvkit/session-manager/sessions";
 *
 * const session = { Id: "s-1", Name: "", Owner: "ana", Type: "CONSOLE", State: "READY", Server: { Id: "h-1" } };
 * const Servers = [{ Id: "h-1", Host: { Os: { Family: "linux" } } }];
 * const client = new SessionManagerClient({
 *   brokerUrl: "https://broker:8443",
 *   fetch: () => Promise.resolve(Response.json({ Servers })),
 * });
 *
 * const [joined] = await withServers(client, [session]);
 * console.log(joined?.Server?.Host?.Os?.Family); // "linux"
 * ```
 */
export async function withServers(
  client: SessionManagerClient,
  sessions: Session[],
  options: CallOptions = {},
): Promise<Session[]> {
  const ids = sessions.flatMap(({ Server }) =>
    Server?.Id && typeof Server.Id === "string" ? [Server.Id] : []
  );
  const servers = new Map();
  for await (const server of client.listServers({ ids }, { signal: options.signal })) {
    servers.set(server.Id, server);
  }
  return sessions.map((session) => {
    const server = session.Server && servers.get(session.Server.Id);
    return server ? { ...session, Server: { ...session.Server, ...server } } : session;
  });
}

function isOfItem(error: unknown, code: string): boolean {
  return error instanceof BatchError && error.code === code;
}
