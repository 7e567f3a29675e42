import { onAbort } from "../call/abort.ts";
import type { Signal, TlsOptions } from "./exchange.ts";
import { brokenOff, notAnswered } from "./failures.ts";
import type { PlainRequest } from "./plain_request.ts";

/** Sends a request and gives its answer. */
type Send = (request: PlainRequest, signal: Signal) => Promise<Response>;

/** The part of Bun that is used here. */
interface Bun {
  fetch(url: string, init: RequestInit & { tls: object; proxy: false }): Promise<Response>;
}

/** Codes by which Bun's `fetch` tells less than its `node:https`. Nothing was sent then. */
const UNEXPLAINED = ["EPROTO", "ERR_TLS_CERT_ALTNAME_INVALID"];

const READINGS = ["arrayBuffer", "blob", "bytes", "formData", "json", "text"] as const;

/**
 * On Bun, its own `fetch`: three times as fast there as `node:https`, with the same options. What it cannot
 * explain is asked `byNode` again. There is none on other runtimes.
 */
export function bunSender(
  { servername, ...tls }: TlsOptions,
  byNode: Send,
): { send: Send; close(): void } | undefined {
  const { Bun: bun } = globalThis as { Bun?: Bun };
  if (!bun) return undefined;
  const underWay = new Set<AbortController>();
  const bunTls = { ...tls, ...(servername !== undefined && { serverName: servername }) };

  async function send(request: PlainRequest, signal: Signal): Promise<Response> {
    const { url, method, body } = request;
    const controller = new AbortController();
    underWay.add(controller);
    const forget = signal ? onAbort(signal, () => controller.abort(signal.reason)) : () => {};
    const done = () => {
      forget();
      underWay.delete(controller);
    };
    try {
      const response = await bun!.fetch(url, {
        method,
        headers: { "accept-encoding": "identity", ...request.headers },
        body: method === "GET" || method === "HEAD" ? null : body,
        redirect: "manual",
        signal: controller.signal,
        tls: bunTls,
        proxy: false,
      });
      return withBody(response, controller.signal, done);
    } catch (cause) {
      done();
      if (controller.signal.aborted) throw controller.signal.reason;
      const { code = "" } = cause as { code?: string };
      if (UNEXPLAINED.includes(code)) return await byNode(request, signal);
      throw notAnswered(cause as Error);
    }
  }

  function close(): void {
    const reason = () => notAnswered(Object.assign(new Error("closed"), { code: "ECONNRESET" }));
    for (const controller of underWay) controller.abort(reason());
  }
  return { send, close };
}

/**
 * The same answer, whose body says how it ended as on other runtimes. It becomes a stream of ours only for those
 * who read it as one: that would take half of the speed.
 */
function withBody(response: Response, signal: AbortSignal, done: () => void): Response {
  const native = response.body;
  if (!native) {
    done();
    return response;
  }
  const explained = async <T>(reading: Promise<T>): Promise<T> => {
    try {
      return await reading;
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      // All of it came, and json() found that it is none.
      throw cause instanceof SyntaxError ? cause : brokenOff(cause);
    }
  };
  for (const name of READINGS) {
    const read = response[name] as () => Promise<unknown>;
    const value = () => explained(read.call(response)).finally(done);
    Object.defineProperty(response, name, { value });
  }
  let body: ReadableStream | undefined;
  Object.defineProperty(response, "body", { get: () => body ??= streamOf(native, explained, done) });
  return response;
}

/** It takes the reader when it is read, and leaves the body alone until then. */
function streamOf(
  native: ReadableStream<Uint8Array>,
  explained: <T>(reading: Promise<T>) => Promise<T>,
  done: () => void,
): ReadableStream<Uint8Array> {
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done: ended, value } = await explained((reader ??= native.getReader()).read());
        if (!ended) return controller.enqueue(value);
        controller.close();
      } catch (error) {
        controller.error(error);
      }
      done();
    },
    async cancel() {
      done();
      await (reader ?? native).cancel();
    },
  }, { highWaterMark: 0 });
}
