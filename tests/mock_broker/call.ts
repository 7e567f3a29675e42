/**
 * Calls to a mock broker in process, made with nothing but `fetch`: the tests of the broker do not lean on the client.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { MockBroker, type MockBrokerOptions } from "@dcvkit/mock-broker";
import type * as wire from "@dcvkit/session-manager";

/** An answer, its body parsed if it is JSON. */
export interface Answer {
  status: number;
  headers: Headers;
  // deno-lint-ignore no-explicit-any -- whatever the broker sends; each test says what it expects of it
  body: any;
}

/** A broker whose time stands still until it is advanced, and whose chance is settled. */
export function createBroker(options: MockBrokerOptions = {}): MockBroker {
  return new MockBroker({ clock: "manual", seed: 1, ...options });
}

/** Asks for an access token in the broker's own way. */
export async function tokenOf(broker: MockBroker): Promise<string> {
  const { clientId, clientSecret } = broker.credentials;
  const answer = await send(broker, "POST", "/oauth2/token?grant_type=client_credentials", {
    headers: { Authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
  });
  return answer.body.access_token;
}

/** Sends a request as it is given, without an access token. */
export async function send(
  broker: MockBroker,
  method: string,
  path: string,
  { headers = {}, body = null }: { headers?: HeadersInit; body?: BodyInit | null | undefined } = {},
  url: string = broker.url,
): Promise<Answer> {
  const response = await broker.fetch(`${url}${path}`, { method, headers, body });
  const text = await response.text();
  const isJson = text !== "" && response.headers.get("Content-Type")?.startsWith("application/json");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

/** The calls of an API client; each takes a fresh token, so that any time may pass between them. */
export class Caller {
  readonly #broker: MockBroker;

  constructor(broker: MockBroker) {
    this.#broker = broker;
  }

  /** Sends a request with a valid token; a body that is not a text is sent as JSON. */
  async send(method: string, path: string, body?: unknown): Promise<Answer> {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    return await send(this.#broker, method, path, {
      headers: {
        "Authorization": `Bearer ${await tokenOf(this.#broker)}`,
        "Content-Type": "application/json",
      },
      body: text,
    });
  }

  describeSessions(request: wire.DescribeSessionsRequestData = {}): Promise<wire.DescribeSessionsResponse> {
    return this.#succeed("POST", "/describeSessions", request);
  }

  describeServers(request: wire.DescribeServersRequestData = {}): Promise<wire.DescribeServersResponse> {
    return this.#succeed("POST", "/describeServers", request);
  }

  createSessions(requests: wire.CreateSessionRequestData[]): Promise<wire.CreateSessionsResponse> {
    return this.#succeed("POST", "/createSessions", requests);
  }

  deleteSessions(requests: wire.DeleteSessionRequestData[]): Promise<wire.DeleteSessionsResponse> {
    return this.#succeed("POST", "/deleteSessions", requests);
  }

  updateSessionPermissions(
    requests: wire.UpdateSessionPermissionsRequestData[],
  ): Promise<wire.UpdateSessionPermissionsResponse> {
    return this.#succeed("PUT", "/sessionPermissions", requests);
  }

  getSessionConnectionData(sessionId: string, user: string): Promise<wire.GetSessionConnectionDataResponse> {
    const [id, name] = [encodeURIComponent(sessionId), encodeURIComponent(user)];
    return this.#succeed("GET", `/sessionConnectionData/${id}/${name}`);
  }

  getSessionScreenshots(
    requests: wire.GetSessionScreenshotRequestData[],
  ): Promise<wire.GetSessionScreenshotsResponse> {
    return this.#succeed("POST", "/getSessionScreenshots", requests);
  }

  openServers(requests: wire.OpenServerRequestData[]): Promise<wire.OpenServersResponse> {
    return this.#succeed("POST", "/openServers", requests);
  }

  closeServers(requests: wire.CloseServerRequestData[]): Promise<wire.CloseServersResponse> {
    return this.#succeed("POST", "/closeServers", requests);
  }

  /** Creates one session, which must be accepted; what is left open is a virtual session of "ana". */
  async createSession(request: Partial<wire.CreateSessionRequestData> = {}): Promise<wire.Session> {
    const data = { Name: "desktop", Owner: "ana", Type: "VIRTUAL", ...request };
    const { SuccessfulList: [session], UnsuccessfulList } = await this.createSessions([data]);
    assertEquals(UnsuccessfulList, []);
    return session!;
  }

  /** Why one session is not created, which must be refused. */
  async creationFailure(request: Partial<wire.CreateSessionRequestData> = {}): Promise<string> {
    const data = { Name: "desktop", Owner: "ana", Type: "VIRTUAL", ...request };
    const { SuccessfulList, UnsuccessfulList: [failure] } = await this.createSessions([data]);
    assertEquals(SuccessfulList, []);
    return failure!.FailureReason;
  }

  /** Creates one session and lets the time pass that it takes to get READY. */
  async createReadySession(request: Partial<wire.CreateSessionRequestData> = {}): Promise<wire.Session> {
    const { Id } = await this.createSession(request);
    this.#broker.advance(10_000);
    const session = await this.session(Id);
    assertEquals(session?.State, "READY");
    return session!;
  }

  /** A session as it is listed; `undefined` if it is not. */
  async session(id: string): Promise<wire.Session | undefined> {
    const { Sessions } = await this.describeSessions({ SessionIds: [id] });
    return Sessions[0];
  }

  /** A server as it is listed, by its host name; `undefined` if it is not. */
  async server(hostname: string): Promise<wire.Server | undefined> {
    const { Servers } = await this.describeServers();
    return Servers.find((server) => server.Hostname === hostname);
  }

  async #succeed<T>(method: string, path: string, body?: unknown): Promise<T> {
    const answer = await this.send(method, path, body);
    assertEquals(answer.status, 200, JSON.stringify(answer.body));
    return answer.body;
  }
}
