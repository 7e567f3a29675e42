/**
 * The broker that is asked, real or simulated, and what the checks need of it.
 *
 * @module
 */

import {
  type CreateSessionRequestData,
  type CreateSessionsResponse,
  type Session,
  SessionManagerClient,
  type WaitOptions,
} from "@dcvkit/session-manager";
import { server } from "@dcvkit/session-manager/requirements";

/** What {@linkcode BrokerUnderTest} is made of. */
export interface BrokerOptions {
  url: string;
  /** Absent if there is only a token: what concerns the token endpoint cannot be tested then. */
  credentials?: { clientId: string; clientSecret: string } | undefined;
  accessToken?: string | undefined;
  /** The token endpoint of another authorization server. */
  tokenUrl?: string | undefined;
  fetch: typeof fetch;
  /** A user that the hosts know. */
  owner: string;
  /** The name of the host to create sessions on; any by default. */
  host?: string | undefined;
  wait?: WaitOptions | undefined;
  /** Ends waits, but not what is cleared away. */
  signal?: AbortSignal | undefined;
  /** Whether nothing may be sent that could change anything. */
  isReadOnly?: boolean | undefined;
}

/** An answer as it came. */
export interface Answer<T> {
  status: number;
  headers: Headers;
  text: string;
  /** `text` as JSON; an empty object if it is none. */
  body: Partial<T> & { error?: string };
}

/** A request out of the ordinary. */
export interface RawRequest {
  headers?: Record<string, string>;
  body?: BodyInit;
}

/** The name of every session that is created, by which those of an aborted run are found again. */
export const SESSION_NAME = "dcvkit contract";

/** The paths of requests that change something, if the broker takes them. */
const CHANGING = /\/(createSessions|deleteSessions|sessionPermissions|openServers|closeServers)$/;

/** The reason why a check says nothing about this broker. */
export class NotTestable extends Error {}

/** A broker, and the sessions that were created on it: each of them is deleted in the end. */
export class BrokerUnderTest {
  readonly owner: string;
  readonly #options: BrokerOptions;
  readonly #client: SessionManagerClient;
  readonly #created = new Set<string>();
  #token: Promise<string> | undefined;
  #readySession: Promise<Session> | undefined;

  constructor(options: BrokerOptions) {
    this.owner = options.owner;
    this.#options = options;
    const { url: brokerUrl, credentials, accessToken, tokenUrl, fetch } = options;
    this.#client = new SessionManagerClient({
      brokerUrl,
      credentials: accessToken === undefined ? credentials : { accessToken },
      tokenUrl,
      fetch,
    });
  }

  /** Client credentials that the broker's own token endpoint takes. */
  get credentials(): { clientId: string; clientSecret: string } {
    const { credentials, accessToken, tokenUrl } = this.#options;
    if (credentials && accessToken === undefined && tokenUrl === undefined) return credentials;
    throw new NotTestable("The tokens are not from the broker's own token endpoint");
  }

  /** Sends a request with nothing but what is given. */
  async send<T>(method: string, path: string, request: RawRequest = {}): Promise<Answer<T>> {
    if (this.#options.isReadOnly && CHANGING.test(path)) throw new NotTestable("It would change something");
    const response = await this.#fetch(this.#options.url + path, { method, ...request });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, body: parsed(text) };
  }

  /** Sends a body to a path as JSON, with a valid access token. */
  async call<T>(path: string, body: unknown, method = "POST"): Promise<Answer<T>> {
    return await this.send(method, `/${path}`, {
      headers: { ...await this.authorized(), "Content-Type": "application/json" },
      body: JSON.stringify(body),
    });
  }

  /** Asks for the data to connect to a session with. */
  async connectionData<T>(sessionId: string, user: string): Promise<Answer<T>> {
    const path = `/sessionConnectionData/${encodeURIComponent(sessionId)}/${encodeURIComponent(user)}`;
    return await this.send("GET", path, { headers: await this.authorized() });
  }

  /** The header that a request needs. */
  async authorized(): Promise<{ Authorization: string }> {
    this.#token ??= this.#getToken();
    return { Authorization: `Bearer ${await this.#token}` };
  }

  /** Creates sessions; what is not given is such that it should succeed. */
  async createSessions(
    ...items: Partial<CreateSessionRequestData>[]
  ): Promise<Answer<CreateSessionsResponse>> {
    const { host } = this.#options;
    const request = items.map((item) => ({
      Name: SESSION_NAME,
      Owner: this.owner,
      Type: "VIRTUAL",
      ...(host !== undefined && { Requirements: server("Hostname", "=", host) }),
      ...item,
    }));
    const answer = await this.call<CreateSessionsResponse>("createSessions", request);
    for (const { Id } of answer.body.SuccessfulList ?? []) this.#created.add(Id);
    return answer;
  }

  /** A session that was READY and that no check deletes by itself. */
  readySession(): Promise<Session> {
    return this.#readySession ??= this.newReadySession();
  }

  /** A session that is READY and that the check may delete. */
  async newReadySession(): Promise<Session> {
    const { Id } = await this.newSession({});
    const { wait, signal } = this.#options;
    return await this.#client.waitForSession(Id, { ...wait, signal }).catch((error) => {
      throw new NotTestable(`No session became READY: ${error.message}`);
    });
  }

  /** A session just created. It is the only one: a host may take no more than one of an owner. */
  async newSession(item: Partial<CreateSessionRequestData>): Promise<Session> {
    await this.deleteSessions();
    const { body, text } = await this.createSessions(item);
    const [session] = body.SuccessfulList ?? [];
    if (session !== undefined) return session;
    const reason = body.UnsuccessfulList?.[0]?.FailureReason ?? text;
    throw new NotTestable(`No session could be created: ${reason}`);
  }

  /** Deletes what a run created that was ended before it could clear away; how many there were. */
  async deleteLeftovers(): Promise<number> {
    if (this.#options.isReadOnly) return 0;
    for await (const { Id, Name, State } of this.#client.listSessions({ owner: this.owner })) {
      if (Name === SESSION_NAME && State !== "DELETED") this.#created.add(Id);
    }
    const { size } = this.#created;
    await this.deleteSessions();
    return size;
  }

  /** Deletes what was created, and waits until it is gone. */
  async deleteSessions(): Promise<void> {
    this.#readySession = undefined;
    const ids = [...this.#created];
    this.#created.clear();
    if (ids.length === 0) return;
    await this.#client.deleteSessions(ids.map((SessionId) => ({ SessionId, Owner: this.owner })));
    for (const id of ids) await this.#client.waitForSession(id, { ...this.#options.wait, state: "DELETED" });
  }

  async #getToken(): Promise<string> {
    const { accessToken, credentials, tokenUrl, url } = this.#options;
    if (accessToken !== undefined) return accessToken;
    if (credentials === undefined) throw new NotTestable("There are neither credentials nor a token");
    const endpoint = new URL(tokenUrl ?? `${url}/oauth2/token`);
    endpoint.searchParams.set("grant_type", "client_credentials");
    const headers = {
      Authorization: basic(credentials),
      "Content-Type": "application/x-www-form-urlencoded",
    };
    const response = await this.#fetch(endpoint, { method: "POST", headers });
    const { access_token } = parsed(await response.text()) as { access_token?: unknown };
    if (typeof access_token !== "string") throw new NotTestable("The token endpoint gives no token");
    return access_token;
  }

  /** No answer says nothing about how the broker answers. */
  #fetch(url: string | URL, init: RequestInit): Promise<Response> {
    return this.#options.fetch(url, init).catch((cause) => {
      throw new NotTestable(`The request failed: ${cause}`);
    });
  }
}

/** Credentials as HTTP Basic. */
export function basic({ clientId, clientSecret }: { clientId: string; clientSecret: string }): string {
  return `Basic ${btoa(`${clientId}:${clientSecret}`)}`;
}

function parsed(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
