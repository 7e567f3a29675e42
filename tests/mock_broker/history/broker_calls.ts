/**
 * The operations of a broker in process, called without a client of ours in between.
 */

import type { MockBroker } from "@dcvkit/mock-broker";
import type {
  CreateSessionRequestData,
  CreateSessionsResponse,
  DeleteSessionsResponse,
  DescribeServersResponse,
  DescribeSessionsResponse,
} from "@dcvkit/session-manager";
import type { Shown } from "./fleet_model.ts";

/** An answer of the broker. */
export interface Answer<Body> {
  status: number;
  body: Body;
}

/** Calls an operation of a broker that asks for no authorization. */
export async function call<Body>(
  broker: MockBroker,
  path: string,
  body?: unknown,
  method = "POST",
): Promise<Answer<Body>> {
  const response = await broker.fetch(`${broker.url}${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: await response.json() };
}

/** Everything that the broker shows. */
export async function show(broker: MockBroker): Promise<Shown> {
  const sessions = await call<DescribeSessionsResponse>(broker, "/describeSessions");
  const servers = await call<DescribeServersResponse>(broker, "/describeServers");
  return { sessions: sessions.body.Sessions, servers: servers.body.Servers };
}

export async function create(
  broker: MockBroker,
  items: CreateSessionRequestData[],
): Promise<CreateSessionsResponse> {
  return (await call<CreateSessionsResponse>(broker, "/createSessions", items)).body;
}

export async function remove(
  broker: MockBroker,
  request: { SessionId: string; Owner: string; Force?: boolean },
): Promise<DeleteSessionsResponse> {
  return (await call<DeleteSessionsResponse>(broker, "/deleteSessions", [request])).body;
}
