/**
 * Serving a connector on a socket, on every runtime with Node's HTTP server.
 *
 * @module
 */

import { createServer as createHttpServer, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import { breakConnection, BrokenAnswer } from "./broken_answer.ts";
import type { CertificateAndKey } from "../description/listen_options.ts";
import { type ConnectionProblem, reportConnectionProblems } from "./connection_problems.ts";
import type { RequestHandler } from "./request_handler.ts";
import type { ServerBindings, ServerFacts } from "./server_bindings.ts";
import { sendText, TextAnswer } from "./text_answer.ts";

/** How often connections that have become idle are looked for while a connector ends, in milliseconds. */
const IDLE_CHECK_MS = 20;

/** How long a TLS handshake may take, in milliseconds. */
const HANDSHAKE_MS = 10_000;

/** What clients may ask for in the handshake: curl's `--http1.0` asks for nothing else. */
const PROTOCOLS = ["http/1.1", "http/1.0"];

/** Where a connector listens, and what it tells of. */
export interface Endpoint {
  readonly hostname: string;
  /** 0 is any free port. */
  readonly port: number;
  /** Plain HTTP without one. */
  readonly certificate: CertificateAndKey | undefined;
  /** What there is to know of the server that the connector is a part of. */
  readonly server: ServerFacts;
  /** Closes the server that the connector is a part of. */
  readonly shutDown: () => void;
  /** Is told of connections that bring no request. */
  readonly report: (problem: ConnectionProblem) => void;
}

/** A connector that listens. */
export interface Listener {
  readonly port: number;
  /** Takes no more connections and ends those that there are, when their request is answered or `grace` is over. */
  close(grace: number): Promise<void>;
}

/** Listens on a port; resolves once requests are taken. */
export async function listen(connector: RequestHandler, endpoint: Endpoint): Promise<Listener> {
  const { hostname, port, certificate, server: facts, shutDown, report } = endpoint;
  const closing = new AbortController();
  const server = createAdaptorServer({
    fetch: async (request, { incoming, outgoing }) => {
      const server = facts;
      const { signal } = closing;
      const bindings = { incoming, outgoing, hostname, server, shutDown, closing: signal } as ServerBindings;
      const answer = await connector(request, bindings);
      if (answer instanceof TextAnswer) return sendText(answer, bindings);
      return answer instanceof BrokenAnswer ? breakConnection(answer, bindings) : answer;
    },
    // For clients that name no host, as load balancers that ask for health over HTTP/1.0 do not.
    hostname: "localhost",
    overrideGlobalObjects: false,
    ...(certificate
      ? {
        createServer: createHttpsServer,
        serverOptions: {
          cert: certificate.cert,
          key: certificate.key,
          handshakeTimeout: HANDSHAKE_MS,
          ALPNProtocols: PROTOCOLS,
        },
      }
      : { createServer: createHttpServer }),
  }) as Server;
  const sockets = socketsOf(server);
  reportConnectionProblems(server, report);
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(hostname, port, error)));
    server.listen(port, hostname, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close(grace) {
      closing.abort();
      return close(server, sockets, grace);
    },
  };
}

/** The connections of a server, also those that are still shaking hands: Node's HTTPS server does not know of these. */
function socketsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  return sockets;
}

/** Node ends idle connections once, when a server closes, but not those that become idle later. */
async function close(server: Server, sockets: ReadonlySet<Socket>, grace: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  const endAll = () => {
    server.closeAllConnections();
    for (const socket of sockets) socket.destroy();
  };
  if (grace === 0) endAll();
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const over = setTimeout(endAll, grace);
  await closed;
  clearInterval(idle);
  clearTimeout(over);
}

function listenError(hostname: string, port: number, cause: NodeJS.ErrnoException): Error {
  const found = cause.code === "EADDRINUSE" ? "another program listens there" : cause.message;
  return new Error(`Cannot listen on ${hostname}:${port}: ${found}`, { cause });
}
