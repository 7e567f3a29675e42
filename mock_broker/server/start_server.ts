/**
 * A mock broker on sockets.
 *
 * @module
 */

import { LOOPBACK_NAMES } from "./alternative_names.ts";
import type { CertificateAuthority } from "./certificates.ts";
import { allowOrigin } from "./cors.ts";
import type { RequestHandler } from "./request_handler.ts";
import { listen, type Listener } from "./listen.ts";
import type { ListenOptions, MockBrokerServer } from "./listen_options.ts";
import type { BrokerProperties } from "../simulation/broker_properties.ts";

/** The three connectors. */
export interface Connectors {
  readonly client: RequestHandler;
  readonly agent: RequestHandler;
  readonly gateway: RequestHandler;
}

/** Listens with each connector that the options ask for. */
export async function startServer(
  connectors: Connectors,
  properties: BrokerProperties,
  options: ListenOptions,
): Promise<MockBrokerServer> {
  const {
    tls = true,
    hostname = "127.0.0.1",
    names = [],
    agentPort,
    gatewayPort,
    cors = false,
  } = options;
  const client = cors ? allowOrigin(cors === true ? "*" : cors, connectors.client) : connectors.client;
  const port = options.port ?? properties["client-to-broker-connector-https-port"];
  for (const [option, value] of Object.entries({ port, agentPort, gatewayPort })) checkPort(option, value);
  const authority = await authorityFor(tls);
  const certificate = typeof tls === "object" && "cert" in tls
    ? tls
    : await authority?.issueServerCertificate([...namesOf(hostname), ...names]);
  const listeners: Listener[] = [];
  const open = async (connector: RequestHandler, port: number): Promise<string> => {
    const listener = await listen(connector, { hostname, port, certificate });
    listeners.push(listener);
    return url(certificate ? "https" : "http", hostname, listener.port);
  };
  const close = async ({ grace = 0 } = {}) => {
    await Promise.all(listeners.map((listener) => listener.close(grace)));
  };
  try {
    return {
      url: await open(client, port),
      agentUrl: agentPort === undefined ? undefined : await open(connectors.agent, agentPort),
      gatewayUrl: gatewayPort === undefined ? undefined : await open(connectors.gateway, gatewayPort),
      ca: authority?.cert,
      close,
      [Symbol.asyncDispose]: () => close(),
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function checkPort(option: string, port: number | undefined): void {
  if (port === undefined || Number.isInteger(port) && port >= 0 && port <= 65_535) return;
  throw new TypeError(`Option "${option}" must be a port from 0 to 65535: ${port}`);
}

async function authorityFor(tls: ListenOptions["tls"]): Promise<CertificateAuthority | undefined> {
  if (tls === false || typeof tls === "object" && "cert" in tls) return undefined;
  const { CertificateAuthority } = await import("./certificates.ts");
  return await (typeof tls === "object"
    ? CertificateAuthority.load(tls.authority)
    : CertificateAuthority.create());
}

/** The names under which a server is reached that listens on this address. */
function namesOf(hostname: string): string[] {
  return [...LOOPBACK_NAMES, ...(isWildcard(hostname) ? [] : [hostname])];
}

function url(scheme: string, hostname: string, port: number): string {
  const host = isWildcard(hostname) ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${scheme}://${host}:${port}`;
}

/** Whether a server that listens on this address listens on all of them. */
function isWildcard(hostname: string): boolean {
  return hostname === "0.0.0.0" || hostname === "::";
}
