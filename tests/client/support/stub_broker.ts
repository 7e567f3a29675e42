/**
 * A `fetch` that answers as the test says and remembers what it was asked.
 *
 * @module
 */

import { type ClientOptions, SessionManagerClient } from "../../../mod.ts";

export interface StubRequest {
  method: string;
  url: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  /** Parsed if it is JSON. */
  body: unknown;
  signal: AbortSignal;
}

export type StubAnswer = (request: StubRequest) => Response | Promise<Response>;

export const BROKER_URL = "https://broker.example:8443";

export class StubBroker {
  readonly requests: StubRequest[] = [];
  readonly #answer: StubAnswer;

  constructor(answer: StubAnswer | StubAnswer[]) {
    this.#answer = typeof answer === "function" ? answer : inTurn(answer);
  }

  readonly fetch = (url: string, init: RequestInit): Promise<Response> => {
    const body = String(init.body ?? "");
    const request: StubRequest = {
      method: init.method ?? "GET",
      url,
      path: url.slice(new URL(url).origin.length),
      headers: init.headers as Record<string, string>,
      body: /^[[{]/.test(body) ? JSON.parse(body) : body,
      signal: init.signal as AbortSignal,
    };
    this.requests.push(request);
    return new Promise((resolve) => resolve(this.#answer(request)));
  };

  /** The paths that were asked for, in order. */
  get paths(): string[] {
    return this.requests.map(({ path }) => path);
  }

  client(options: Partial<ClientOptions> = {}): SessionManagerClient {
    return new SessionManagerClient({ brokerUrl: BROKER_URL, fetch: this.fetch, ...options });
  }
}

/** One answer after the other; the last one stays. */
function inTurn(answers: StubAnswer[]): StubAnswer {
  let turn = 0;
  return (request) => answers[Math.min(turn++, answers.length - 1)]!(request);
}

export function json(body: unknown, init?: ResponseInit): StubAnswer {
  return () => Response.json(body, init);
}

export function failure(status: number, error: string, headers: Record<string, string> = {}): StubAnswer {
  return json({ error }, { status, headers });
}

/** What `fetch` throws on Node; the client is told of it by `cause.code`. */
export function networkFailure(code: string): StubAnswer {
  return () => {
    throw new TypeError("fetch failed", { cause: Object.assign(new Error(code), { code }) });
  };
}

export const NO_SESSIONS: StubAnswer = json({ Sessions: [] });

/** Never answers, and does not listen to the signal either. */
export const SILENCE: StubAnswer = () => new Promise<Response>(() => {});

export function session(members: Record<string, unknown> = {}): Record<string, unknown> {
  return { Id: "s-1", Name: "desktop", Owner: "ana", Type: "VIRTUAL", State: "READY", ...members };
}
