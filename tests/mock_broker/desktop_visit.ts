/**
 * A visitor of the desktop connector without a browser: what a page does, in process.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { MockBroker } from "@dcvkit/mock-broker";
import type { GetSessionConnectionDataResponse } from "@dcvkit/session-manager";
import { connectionUrl } from "@dcvkit/session-manager/connection";
import { Caller } from "./call.ts";

/** What the broker gives a user to connect with. */
export async function connectionData(
  broker: MockBroker,
  sessionId: string,
  user: string,
): Promise<GetSessionConnectionDataResponse> {
  const path = `/sessionConnectionData/${encodeURIComponent(sessionId)}/${encodeURIComponent(user)}`;
  return (await new Caller(broker).send("GET", path)).body;
}

/** The connection URL for a user, as a portal builds it. */
export async function urlFor(broker: MockBroker, sessionId: string, user: string): Promise<string> {
  return connectionUrl(await connectionData(broker, sessionId, user));
}

/** Fetches the page at a URL. */
export async function visit(broker: MockBroker, url: string) {
  return told(await broker.fetch(url));
}

/** Sends what the page at a URL sends to connect. */
export async function connect(broker: MockBroker, url: string, init: RequestInit = {}): Promise<Response> {
  const { origin, pathname, searchParams, hash } = new URL(url);
  const base = origin + pathname.replace(/\/$/, "");
  return await broker.fetch(`${base}/mock-desktop/connect?sessionId=${hash.slice(1)}`, {
    method: "POST",
    body: new URLSearchParams({ authToken: searchParams.get("authToken") ?? "" }),
    ...init,
  });
}

/** What an answer says: its status, which page it is, and the reason on it. */
export async function told(response: Response) {
  const text = await response.text();
  const [, page, code = ""] = /<main[^>]* data-testid="(\w+)"(?: data-code="(\w+)")?/.exec(text) ?? [];
  const [, reason] = /data-testid="reason">([^<]+)</.exec(text) ?? [];
  return { status: response.status, page, code, reason };
}

/** An open connection, event by event. */
export class Connection implements AsyncDisposable {
  readonly #reader: ReadableStreamDefaultReader<string>;
  #text = "";

  private constructor(response: Response) {
    this.#reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  }

  static async open(broker: MockBroker, url: string, init: RequestInit = {}): Promise<Connection> {
    const response = await connect(broker, url, init);
    assertEquals(response.status, 200);
    return new Connection(response);
  }

  /** The data of the next event with this name; whatever comes before it is passed over. */
  async next(wanted: string): Promise<string> {
    for (;;) {
      const end = this.#text.indexOf("\n\n");
      if (end < 0) {
        const { done, value } = await this.#reader.read();
        if (done) throw new Error(`The connection has ended without the event ${wanted}`);
        this.#text += value;
        continue;
      }
      const event = this.#text.slice(0, end);
      this.#text = this.#text.slice(end + 2);
      const [, name, data] = /^event: (\w+)\ndata: (.*)$/s.exec(event) ?? [];
      if (name === wanted) return data!;
    }
  }

  /** Why the connection has ended. */
  async ended(): Promise<{ code: string; reason: string }> {
    const { code, reason } = JSON.parse(await this.next("ended"));
    return { code, reason };
  }

  /** The view in which this is to be read. */
  async shows(text: string): Promise<void> {
    while (!(await this.next("view")).includes(text));
  }

  /** Ends it as a page does that is closed. */
  async close(): Promise<void> {
    await this.#reader.cancel();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
