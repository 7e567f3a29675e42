/**
 * A mock broker on sockets.
 *
 * @module
 */

import type { CertificateAndKey, CertificateAuthority } from "./http/certificates.ts";
import { allowOrigin } from "./http/cors.ts";
import type { ConnectorFetch } from "./http/front.ts";
import { listen, type Listener } from "./http/listen.ts";
import type { BrokerProperties } from "./simulation/broker_properties.ts";

/** The three connectors. */
export interface Connectors {
  readonly client: ConnectorFetch;
  readonly agent: ConnectorFetch;
  readonly gateway: ConnectorFetch;
}

/** Where and how a mock broker listens. */
export interface ListenOptions {
  /** Port of the client connector; 0 is any free one. @default the broker property's, 8443 */
  port?: number | undefined;
  /** Address to listen on. @default "127.0.0.1", which nobody reaches from another machine */
  hostname?: string | undefined;
  /**
   * HTTPS with a certificate of the mock's own authority, new each time or kept by the caller, or with a given
   * certificate; `false` is plain HTTP.
   *
   * @default true
   */
  tls?: boolean | CertificateAndKey | KeptAuthority | undefined;
  /** More host names and addresses for a certificate of the mock's own authority. @default none */
  names?: readonly string[] | undefined;
  /** Port of the agent connector; 0 is any free one. @default it does not listen */
  agentPort?: number | undefined;
  /** Port of the gateway connector; 0 is any free one. @default it does not listen */
  gatewayPort?: number | undefined;
  /**
   * The origin whose web pages may call the client connector, or `true` for any, as through a proxy with CORS. A real
   * broker lets none.
   *
   * @default false
   */
  cors?: boolean | string | undefined;
}

/** An authority that clients trust already; a new one each time would have to be handed to them anew. */
export interface KeptAuthority {
  /** Its certificate and private key. */
  authority: CertificateAndKey;
}

/** A mock broker that listens. Close it, or declare it with `await using`. */
export interface MockBrokerServer extends AsyncDisposable {
  /** The client connector's URL. */
  readonly url: string;
  /** The agent connector's URL, if it listens. */
  readonly agentUrl: string | undefined;
  /** The gateway connector's URL, if it listens. */
  readonly gatewayUrl: string | undefined;
  /** The certificate authority to trust, as PEM text; absent without TLS or with a given certificate. */
  readonly ca: string | undefined;
  /**
   * Stops listening and ends every connection.
   *
   * @param options `grace`: how long running requests may take to end, in milliseconds, by default 0.
   */
  close(options?: { grace?: number | undefined }): Promise<void>;
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
  const open = async (connector: ConnectorFetch, port: number): Promise<string> => {
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
  const { CertificateAuthority } = await import("./http/certificates.ts");
  return await (typeof tls === "object"
    ? CertificateAuthority.load(tls.authority)
    : CertificateAuthority.create());
}

/** The names under which a server is reached that listens on this address. */
function namesOf(hostname: string): string[] {
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  return [...new Set(["localhost", "127.0.0.1", "::1", ...(everywhere ? [] : [hostname])])];
}

function url(scheme: string, hostname: string, port: number): string {
  const everywhere = hostname === "0.0.0.0" || hostname === "::";
  const host = everywhere ? "localhost" : hostname.includes(":") ? `[${hostname}]` : hostname;
  return `${scheme}://${host}:${port}`;
}
