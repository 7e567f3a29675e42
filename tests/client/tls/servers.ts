import { createServer as createPlainServer } from "node:http";
import { createServer, type ServerOptions } from "node:https";
import { type AddressInfo, createServer as createSocketServer, type Server } from "node:net";
import type { TLSSocket } from "node:tls";
import type { CertificateAndKey } from "../../../mock_broker/description/listen_options.ts";
import { CertificateAuthority } from "../../../mock_broker/server/certificates.ts";
import { selfSigned, versionOne } from "./awkward_certificates.ts";

const HOUR_MS = 3_600_000;
/** The TLS record with the fatal alert handshake_failure. */
const HANDSHAKE_FAILURE = new Uint8Array([21, 3, 3, 0, 2, 2, 40]);

/** HTTPS servers with every kind of certificate, and what clients need to call them. */
export interface TlsServers extends AsyncDisposable {
  /** The PEM texts that the cases use. */
  pems: Record<"authority" | "caFlag" | "leaf" | "noConstraints" | "commonNameOnly", string>;
  clients: Record<"issued" | "versionOne" | "foreign", CertificateAndKey>;
  /** The origin of a server, at `localhost` unless said otherwise. */
  origin(name: ServerName, host?: string): string;
}

/** What the servers differ in. */
export type ServerName =
  | "issued"
  | "expired"
  | "shortName"
  | "caFlag"
  | "leaf"
  | "noConstraints"
  | "commonNameOnly"
  | "asksForClient"
  | "alert"
  | "plain";

/** Starts the servers on the loopback interface. They answer with what they know of the connection. */
export async function startTlsServers(): Promise<TlsServers> {
  const authority = CertificateAuthority.create();
  const issued = authority.issueServerCertificate();
  const expired = authority.issueServerCertificate(undefined, {
    notAfter: new Date(Date.now() - HOUR_MS / 2),
  });
  const shortName = authority.issueServerCertificate(["brokerhost"]);
  const caFlag = await selfSigned({ authority: true, names: ["localhost"] });
  const leaf = await selfSigned({ authority: false, names: ["localhost"] });
  const noConstraints = await selfSigned({ names: ["localhost"] });
  const commonNameOnly = await selfSigned({ authority: false, names: [] });
  const clients = {
    issued: authority.issueClientCertificate("issued client"),
    versionOne: versionOne(await selfSigned({ names: [] })),
    foreign: await selfSigned({ names: [] }),
  };
  const mutual = { requestCert: true, ca: [authority.cert, clients.versionOne.cert] };
  const servers: Record<ServerName, Server> = {
    issued: await listen(issued),
    expired: await listen(expired),
    shortName: await listen(shortName),
    caFlag: await listen(caFlag),
    leaf: await listen(leaf),
    noConstraints: await listen(noConstraints),
    commonNameOnly: await listen(commonNameOnly),
    asksForClient: await listen({ ...issued, ...mutual }),
    alert: await listening(
      createSocketServer((socket) => {
        socket.on("error", () => {}); // Some clients reset the connection then
        socket.once("data", () => socket.end(HANDSHAKE_FAILURE));
      }),
    ),
    plain: await listening(createPlainServer((_request, response) => response.end())),
  };
  return {
    pems: {
      authority: authority.cert,
      caFlag: caFlag.cert,
      leaf: leaf.cert,
      noConstraints: noConstraints.cert,
      commonNameOnly: commonNameOnly.cert,
    },
    clients,
    origin: (name, host = "localhost") => `https://${host}:${(servers[name].address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      await Promise.all(Object.values(servers).map((server) => new Promise((done) => server.close(done))));
    },
  };
}

function listen(options: ServerOptions): Promise<Server> {
  return listening(createServer(options, (request, response) => {
    const socket = request.socket as TLSSocket & { servername?: string | false };
    const client = socket.getPeerCertificate().subject?.CN ?? null;
    response.end(JSON.stringify({ askedFor: socket.servername || null, client }));
  }));
}

function listening(server: Server): Promise<Server> {
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}
