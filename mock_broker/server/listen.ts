/**
 * Serving a connector on a socket, on every runtime with Node's HTTP server.
 *
 * @module
 */

import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { breakConnection, BrokenAnswer } from "./broken_answer.ts";
import type { CertificateAndKey } from "./certificate_and_key.ts";
import type { ServerBindings } from "./server_bindings.ts";
import type { RequestHandler } from "./request_handler.ts";

/** How often connections that have become idle are looked for while a connector ends, in milliseconds. */
const IDLE_CHECK_MS = 20;

/** A connector that listens. */
export interface Listener {
  readonly port: number;
  /** Takes no more connections and ends those that there are, when their request is answered or `grace` is over. */
  close(grace: number): Promise<void>;
}

/** Listens on a port, 0 for any free one; resolves once requests are taken. */
export async function listen(
  connector: RequestHandler,
  { hostname, port, certificate }: {
    hostname: string;
    port: number;
    certificate: CertificateAndKey | undefined;
  },
): Promise<Listener> {
  const closing = new AbortController();
  const server = createAdaptorServer({
    fetch: async (request, { incoming, outgoing }) => {
      const bindings = { incoming, outgoing, hostname, closing: closing.signal } as ServerBindings;
      const answer = await connector(request, bindings);
      return answer instanceof BrokenAnswer ? breakConnection(answer, bindings) : answer;
    },
    overrideGlobalObjects: false,
    ...(certificate
      ? { createServer: createHttpsServer, serverOptions: { cert: certificate.cert, key: certificate.key } }
      : { createServer: createHttpServer }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(hostname, port, error)));
    server.listen(port, hostname, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close(grace) {
      closing.abort();
      return close(server as Server, grace);
    },
  };
}

/** Node ends idle connections once, when a server closes, but not those that become idle later. */
async function close(server: Server, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  if (grace === 0) server.closeAllConnections();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const over = setTimeout(() => server.closeAllConnections(), grace);
  await closed;
  clearInterval(idle);
  clearTimeout(over);
}

function listenError(hostname: string, port: number, cause: NodeJS.ErrnoException): Error {
  const found = cause.code === "EADDRINUSE" ? "another program listens there" : cause.message;
  return new Error(`Cannot listen on ${hostname}:${port}: ${found}`, { cause });
}
