/**
 * Answers that break off: connections that are reset, bodies that are cut off.
 *
 * @module
 */

import type { Buffer } from "node:buffer";
import type { ServerBindings } from "./server_bindings.ts";

/** The headers and the part of the body that arrive before the connection breaks; neither for a bare reset. */
export class BrokenAnswer {
  readonly head: { readonly status: number; readonly headers: Headers } | undefined;
  readonly part: Uint8Array<ArrayBuffer>;

  /** Whether there was no connection in the first place. */
  readonly isRefused: boolean;

  constructor(
    head?: { status: number; headers: Headers },
    part: Uint8Array<ArrayBuffer> = new Uint8Array(),
    isRefused = false,
  ) {
    this.head = head;
    this.part = part;
    this.isRefused = isRefused;
  }
}

/** What `fetch` makes of a broken answer: it fails, or else the body does. */
export function brokenFetch({ head, part, isRefused }: BrokenAnswer): Response {
  if (isRefused) throw networkError("fetch failed", "ECONNREFUSED", "connect");
  if (!head) throw connectionReset("fetch failed");
  const chunks = part.byteLength > 0 ? [part] : [];
  const body = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      const chunk = chunks.shift();
      if (chunk) controller.enqueue(chunk);
      else controller.error(connectionReset("terminated"));
    },
  });
  return new Response(body, { status: head.status, headers: head.headers });
}

/** Breaks a connection of Node's HTTP server; the answer tells the adapter that nothing is left to send. */
export function breakConnection({ head, part }: BrokenAnswer, { outgoing }: ServerBindings): Response {
  const { socket } = outgoing!;
  if (!head) resetSocket(socket);
  else {
    outgoing!.writeHead(head.status, Object.fromEntries(head.headers));
    outgoing!.flushHeaders();
    if (part.byteLength > 0) outgoing!.write(part as Buffer, () => socket?.end());
    else socket?.end();
  }
  return new Response(null, { headers: { "x-hono-already-sent": "true" } });
}

/** The shape in which Node's `fetch` reports it. */
function networkError(message: string, code: string, syscall: string): TypeError {
  const cause = Object.assign(new Error(`${syscall} ${code}`), { code, syscall });
  return new TypeError(message, { cause });
}

function connectionReset(message: string): TypeError {
  return networkError(message, "ECONNRESET", "read");
}

type Socket = NonNullable<ServerBindings["outgoing"]>["socket"];

/** TLS sockets know no reset, and neither do some runtimes: there the connection is closed. */
function resetSocket(socket: Socket): void {
  try {
    socket?.resetAndDestroy();
  } catch {
    socket?.destroy();
  }
}
