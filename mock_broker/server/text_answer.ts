/**
 * Answers whose body is a text. A `Response` of one is a stream, which a server would have to read again, in several
 * steps: most of what a short answer costs.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import type { ServerBindings } from "./server_bindings.ts";

/** An answer before it becomes a `Response`, or goes to a socket as it is. */
export class TextAnswer {
  constructor(
    readonly status: number,
    readonly headers: Readonly<Record<string, string>>,
    readonly text: string,
  ) {}

  /** The same for whoever wants a `Response`. */
  toResponse(method: string): Response {
    const { status, headers, text } = this;
    return new Response(method === "HEAD" ? null : text, { status, headers });
  }
}

/** Stands for an answer that is sent in another way. It tells the adapter so. */
export const ELSEWHERE: Response = new Response(null, { headers: { "x-hono-already-sent": "true" } });

/** Sends an answer over a socket; Node leaves the body out where the method is HEAD. */
export function sendText({ status, headers, text }: TextAnswer, { outgoing }: ServerBindings): Response {
  const length = Buffer.byteLength(text);
  outgoing!.writeHead(status, { ...headers, "Content-Length": length });
  // Text of nothing but ASCII is the same in both encodings, and Node writes this one without looking at each character.
  outgoing!.end(text, length === text.length ? "latin1" : "utf8");
  return ELSEWHERE;
}
