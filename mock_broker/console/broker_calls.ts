/**
 * Calls to the broker's own API on behalf of the person before the page: checked, journaled and struck by faults like
 * those of any program.
 *
 * @module
 */

import type * as wire from "@dcvkit/session-manager";
import type { BrokerControl } from "../control/broker_control.ts";

/** How long an answer is waited for, in milliseconds of real time: a fault may hold it back. */
const PATIENCE_MS = 10_000;

/** Calls with the first API client's credentials; an access token is asked for once. */
export class BrokerCalls {
  readonly #broker: BrokerControl;
  #token: string | undefined;

  constructor(broker: BrokerControl) {
    this.#broker = broker;
  }

  /** @throws {TypeError} If it is refused, with the broker's words. */
  async createSession(data: wire.CreateSessionRequestData): Promise<void> {
    const { UnsuccessfulList } = await this.#call<wire.CreateSessionsResponse>("/createSessions", [data]);
    refuseFailed(UnsuccessfulList);
  }

  /** @throws {TypeError} If it is refused, with the broker's words. */
  async deleteSession(data: wire.DeleteSessionRequestData): Promise<void> {
    const { UnsuccessfulList } = await this.#call<wire.DeleteSessionsResponse>("/deleteSessions", [data]);
    refuseFailed(UnsuccessfulList);
  }

  /** @throws {TypeError} If it is refused, with the broker's words. */
  connectionData(sessionId: string, user: string): Promise<wire.GetSessionConnectionDataResponse> {
    return this.#call(`/sessionConnectionData/${encodeURIComponent(sessionId)}/${encodeURIComponent(user)}`);
  }

  async #call<Answer>(path: string, body?: object): Promise<Answer> {
    const response = await this.#send(path, body);
    // Tokens expire, and are void after a restart.
    const again = response.status === 401 || response.status === 403;
    if (again) this.#token = undefined;
    return await read(again ? await this.#send(path, body) : response) as Answer;
  }

  async #send(path: string, body: object | undefined): Promise<Response> {
    const { properties } = this.#broker.state();
    if (properties["enable-authorization"]) this.#token ??= await this.#askForToken();
    return await this.#fetch(path, {
      method: body ? "POST" : "GET",
      headers: {
        ...(body && { "Content-Type": "application/json" }),
        ...(this.#token !== undefined && { Authorization: `Bearer ${this.#token}` }),
      },
      ...(body && { body: JSON.stringify(body) }),
    });
  }

  async #askForToken(): Promise<string> {
    const { clientId, clientSecret } = this.#broker.credentials;
    const user = btoa(String.fromCharCode(...new TextEncoder().encode(`${clientId}:${clientSecret}`)));
    const answer = await read(
      await this.#fetch("/oauth2/token?grant_type=client_credentials", {
        method: "POST",
        headers: { Authorization: `Basic ${user}`, "Content-Type": "application/x-www-form-urlencoded" },
      }),
    );
    return (answer as wire.TokenResponse).access_token;
  }

  async #fetch(path: string, init: RequestInit): Promise<Response> {
    const { url, fetch } = this.#broker;
    try {
      return await fetch(url + path, { ...init, signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (error) {
      throw new TypeError(`The broker gives no answer, perhaps for a fault: ${(error as Error).message}`);
    }
  }
}

async function read(response: Response): Promise<unknown> {
  const text = await response.text().catch(() => "");
  if (!response.ok) throw new TypeError(`The broker answers ${response.status}: ${text.slice(0, 500)}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new TypeError(`The broker's answer cannot be read: ${text.slice(0, 200)}`);
  }
}

function refuseFailed(failed: readonly { FailureReason?: string | undefined }[] | undefined): void {
  const [failure] = failed ?? [];
  if (failure) throw new TypeError(`The broker refuses: ${failure.FailureReason ?? "without a reason"}`);
}
