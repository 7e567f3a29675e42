/**
 * A mock broker on sockets.
 *
 * @module
 */

import type { Hono } from "hono";
import type { CertificateAndKey, CertificateAuthority } from "./http/certificates.ts";
import type { ConnectorEnvironment } from "./http/connector.ts";
import { listen, type Listener } from "./http/listen.ts";
import type { BrokerProperties } from "./simulation/broker_properties.ts";

/** The apps of the three connectors. */
export interface Connectors {
  readonly client: Hono<ConnectorEnvironment>;
  readonly agent: Hono<ConnectorEnvironment>;
  readonly gateway: Hono<ConnectorEnvironment>;
}

/** Where and how a mock broker listens. */
export interface ListenOptions {
  /** Port of the client connector; 0 is any free one. @default the broker property's, 8443 */
  port?: number | undefined;
  /** Address to listen on. @default "127.0.0.1", which nobody reaches from another machine */
  hostname?: string | undefined;
  /**
   * HTTPS with a certificate of the mock's own authority, or with a given one, or plain HTTP with `false`.
   *
   * @default true
   */
  tls?: boolean | CertificateAndKey | undefined;
  /** Port of the agent connector; 0 is any free one. @default it does not listen */
  agentPort?: number | undefined;
  /** Port of the gateway connector; 0 is any free one. @default it does not listen */
  gatewayPort?: number | undefined;
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
  /** Stops listening and ends every connection. */
  close(): Promise<void>;
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
    agentPort,
    gatewayPort,
  } = options;
  const port = options.port ?? properties["client-to-broker-connector-https-port"];
  const authority = tls === true ? await createAuthority() : undefined;
  const certificate = typeof tls === "object"
    ? tls
    : await authority?.issueServerCertificate(namesOf(hostname));
  const listeners: Listener[] = [];
  const open = async (app: Hono<ConnectorEnvironment>, port: number): Promise<string> => {
    const listener = await listen(app, { hostname, port, certificate });
    listeners.push(listener);
    return url(certificate ? "https" : "http", hostname, listener.port);
  };
  const close = async () => {
    await Promise.all(listeners.splice(0).map((listener) => listener.close()));
  };
  try {
    return {
      url: await open(connectors.client, port),
      agentUrl: agentPort === undefined ? undefined : await open(connectors.agent, agentPort),
      gatewayUrl: gatewayPort === undefined ? undefined : await open(connectors.gateway, gatewayPort),
      ca: authority?.cert,
      close,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function createAuthority(): Promise<CertificateAuthority> {
  const { CertificateAuthority } = await import("./http/certificates.ts");
  return await CertificateAuthority.create();
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
