import type { IncomingMessage } from "node:http";
import { type Agent, request as httpsRequest } from "node:https";
import { onAbort } from "../call/abort.ts";
import { brokenOff, notAnswered } from "./failures.ts";
import type { PlainRequest } from "./plain_request.ts";

/** A caller's signal, if there is one. */
export type Signal = AbortSignal | null | undefined;

/** What a connection is made with, as `node:tls` names it, and Bun. */
export interface TlsOptions {
  rejectUnauthorized: boolean;
  ca?: string[];
  cert?: string;
  key?: string;
  servername?: string;
}

const STATUSES_WITHOUT_BODY = [204, 205, 304];

/** Sends one request as `fetch` would, over a connection of the agent. */
export async function exchange(request: PlainRequest, agent: Agent, signal: Signal): Promise<Response> {
  const { url, method, body } = request;
  const headers: Record<string, string | number> = { ...request.headers };
  if (method !== "GET" && method !== "HEAD") {
    headers["content-length"] = typeof body === "string"
      ? new TextEncoder().encode(body).length
      : body.length;
  }
  const outgoing = httpsRequest(url, { agent, method, headers });
  return await new Promise((resolve, reject) => {
    const abort = () => {
      reject(signal?.reason);
      outgoing.destroy();
    };
    const forget = signal ? onAbort(signal, abort) : () => {};
    // Deno sends a request again when a kept connection fails, even if the broker has acted on it, or the
    // caller has been told that it failed (denoland/deno#36786). A connection that is not reused it leaves alone.
    outgoing.on("socket", () => outgoing.reusedSocket = false);
    outgoing.on("close", forget);
    outgoing.on("error", (cause) => reject(notAnswered(cause)));
    outgoing.on("response", (incoming) => resolve(toResponse(request, incoming, signal)));
    outgoing.end(body);
  });
}

function toResponse(request: PlainRequest, incoming: IncomingMessage, signal: Signal): Response {
  const { statusCode: status = 0, statusMessage: statusText = "" } = incoming;
  const hasBody = request.method !== "HEAD" && !STATUSES_WITHOUT_BODY.includes(status);
  if (!hasBody) incoming.resume();
  const headers = headersOf(incoming);
  return new Response(hasBody ? bodyOf(incoming, signal) : null, { status, statusText, headers });
}

function headersOf({ rawHeaders }: IncomingMessage): [string, string][] {
  const headers: [string, string][] = [];
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.push([rawHeaders[i]!, rawHeaders[i + 1]!]);
  return headers;
}

/** The body as it comes; no more is taken from the connection than is read. */
function bodyOf(incoming: IncomingMessage, signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>> {
  let ended = false;
  return new ReadableStream({
    start(controller) {
      const fail = (cause: unknown) => {
        if (!ended) controller.error(signal?.aborted ? signal.reason : brokenOff(cause));
        ended = true;
      };
      incoming.on("data", (chunk: Uint8Array) => {
        if (ended) return;
        controller.enqueue(new Uint8Array(chunk));
        if (controller.desiredSize! <= 0) incoming.pause();
      });
      incoming.on("end", () => {
        if (!ended) controller.close();
        ended = true;
      });
      incoming.on("error", fail);
      incoming.on("close", () => fail(new Error("the connection was closed")));
    },
    pull() {
      incoming.resume();
    },
    cancel() {
      ended = true;
      incoming.destroy();
    },
  });
}
