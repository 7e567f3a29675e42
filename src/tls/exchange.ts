import type { IncomingMessage } from "node:http";
import { type Agent, request as httpsRequest } from "node:https";
import { onAbort } from "../call/abort.ts";
import { brokenOff, notAnswered } from "./failures.ts";

type Signal = AbortSignal | null | undefined;

const REDIRECTS = [301, 302, 303, 307, 308];
const STATUSES_WITHOUT_BODY = [204, 205, 304];

/** Sends one request as `fetch` would, over a connection of the agent. */
export async function exchange(request: Request, agent: Agent, signal: Signal): Promise<Response> {
  if (!request.url.startsWith("https:")) {
    throw new TypeError(`Cannot fetch with TLS options what is not an https: URL: ${request.url}`);
  }
  // In this order, because Bun forgets the content type of a body that has been read.
  const headers = Object.fromEntries(request.headers);
  const body = new Uint8Array(await request.arrayBuffer());
  if (request.method !== "GET" && request.method !== "HEAD") headers["content-length"] = `${body.byteLength}`;
  signal?.throwIfAborted();
  const outgoing = httpsRequest(request.url, { agent, method: request.method, headers });
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
    outgoing.on("response", (incoming) => {
      try {
        resolve(toResponse(request, incoming, signal));
      } catch (error) {
        incoming.destroy();
        reject(error);
      }
    });
    outgoing.end(body);
  });
}

function toResponse(request: Request, incoming: IncomingMessage, signal: Signal): Response {
  const { statusCode: status = 0, statusMessage: statusText = "" } = incoming;
  if (REDIRECTS.includes(status) && request.redirect !== "manual") {
    throw new TypeError(
      `Redirects are not followed: ${request.url} answered ${status} with location ${incoming.headers.location}`,
    );
  }
  const hasBody = request.method !== "HEAD" && !STATUSES_WITHOUT_BODY.includes(status);
  if (!hasBody) incoming.resume();
  const response = new Response(hasBody ? bodyOf(incoming, signal) : null, {
    status,
    statusText,
    headers: headersOf(incoming),
  });
  Object.defineProperty(response, "url", { value: request.url });
  return response;
}

function headersOf({ rawHeaders }: IncomingMessage): Headers {
  const headers = new Headers();
  for (let i = 0; i + 1 < rawHeaders.length; i += 2) headers.append(rawHeaders[i]!, rawHeaders[i + 1]!);
  return headers;
}

function bodyOf(incoming: IncomingMessage, signal: Signal): ReadableStream<Uint8Array<ArrayBuffer>> {
  const chunks = incoming[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await chunks.next();
        if (done) controller.close();
        else controller.enqueue(new Uint8Array(value));
      } catch (cause) {
        controller.error(signal?.aborted ? signal.reason : brokenOff(cause));
      }
    },
    cancel() {
      incoming.destroy();
    },
  });
}
