/**
 * Connections that bring no request: TLS handshakes that fail, and bytes that are not HTTP. Nothing else tells a person
 * why a client cannot connect.
 *
 * @module
 */

import type { Server } from "node:http";
import { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import type { ConnectorName } from "../journal/entry.ts";
import type { ServerContext } from "./connector.ts";

/** Why a connection brought no request. */
export interface ConnectionProblem {
  /** A TLS handshake, or the reading of a request. */
  readonly phase: "tls" | "http";
  /** What was wrong, in a sentence. */
  readonly reason: string;
  /** The other end's address, as far as it is known. */
  readonly remoteAddress: string | undefined;
}

type SocketError = Error & { code?: string; reason?: string; rawPacket?: Uint8Array };

/** How the first message of a TLS handshake begins. */
const TLS_HANDSHAKE = 0x16;

/** What a caller sees of it, as Node answers without a listener. */
const STATUS: Record<string, string> = {
  HPE_HEADER_OVERFLOW: "431 Request Header Fields Too Large",
  HPE_CHUNK_EXTENSIONS_OVERFLOW: "413 Payload Too Large",
  ERR_HTTP_REQUEST_TIMEOUT: "408 Request Timeout",
};

/** What these codes of OpenSSL and Node mean to whoever looks for the reason. */
const TLS_REASONS: readonly [pattern: RegExp, reason: string][] = [
  [/HTTP_REQUEST/, "the client spoke plain HTTP to a port for HTTPS"],
  [
    /WRONG_VERSION_NUMBER|UNEXPECTED_MESSAGE|HTTPS_PROXY/,
    "the client did not speak TLS, but plain HTTP perhaps",
  ],
  [/UNKNOWN_CA/, "the client does not trust the certificate's authority"],
  [/CERTIFICATE_EXPIRED/, "the client says that the certificate has expired"],
  [/BAD_CERTIFICATE|CERTIFICATE_UNKNOWN/, "the client does not accept the certificate"],
  [/HANDSHAKE_TIMEOUT/, "the client did not finish the handshake in time"],
  [
    /NO_SHARED_CIPHER|UNSUPPORTED_PROTOCOL|VERSION/,
    "client and server have no TLS version or cipher in common",
  ],
  [/ECONNRESET|EPIPE/, "the client ended the connection during the handshake"],
];

/** Tells of the connections of a server that bring no request, and answers those that can be answered. */
export function reportConnectionProblems(server: Server, report: (problem: ConnectionProblem) => void): void {
  const secured = new WeakSet<Socket>();
  server.on("secureConnection", (socket: Socket) => secured.add(socket));
  server.on("tlsClientError", (error: SocketError, socket: Socket) => {
    report({ phase: "tls", reason: tlsReason(error), remoteAddress: addressOf(socket) });
  });
  const isHttps = server instanceof HttpsServer;
  server.on("clientError", (error: SocketError, socket: Socket) => {
    // Failed handshakes come here too.
    if (isHttps && !secured.has(socket)) return void socket.destroy();
    // A caller who gives up has no problem with HTTP.
    if (error.code !== "ECONNRESET" && error.code !== "EPIPE") {
      report({ phase: "http", reason: httpReason(error), remoteAddress: addressOf(socket) });
    }
    if (!socket.writable) return void socket.destroy();
    socket.end(`HTTP/1.1 ${STATUS[error.code ?? ""] ?? "400 Bad Request"}\r\nConnection: close\r\n\r\n`);
  });
}

/** Enters a problem in the journal, where people look for the request that never came. */
export function recordProblem(
  { simulation, journal }: ServerContext,
  connector: ConnectorName,
  { phase, reason, remoteAddress }: ConnectionProblem,
): void {
  const what = phase === "tls" ? "TLS handshake failed" : "Request could not be read";
  journal.record({
    time: simulation.world.now,
    duration: 0,
    connector,
    operation: undefined,
    method: "",
    path: "",
    sent: { url: "", target: undefined, headers: [], httpVersion: "" },
    clientId: undefined,
    requestText: undefined,
    status: undefined,
    responseText: undefined,
    faults: [],
    problem: `${what}: ${reason}${remoteAddress === undefined ? "" : `, from ${remoteAddress}`}`,
  });
}

function tlsReason({ code = "", message }: SocketError): string {
  const [, known] = TLS_REASONS.find(([pattern]) => pattern.test(code)) ?? [];
  return known ? `${known} (${code})` : message;
}

function httpReason({ code, reason, message, rawPacket }: SocketError): string {
  if (rawPacket?.[0] === TLS_HANDSHAKE) return "the client spoke TLS to a port for plain HTTP";
  return `${reason ?? message}${code === undefined ? "" : ` (${code})`}`;
}

function addressOf(socket: Socket): string | undefined {
  // The handshake's socket knows no address once it is destroyed, the one below it does.
  const { remoteAddress, _parent } = socket as Socket & { _parent?: Socket };
  return remoteAddress ?? _parent?.remoteAddress;
}
