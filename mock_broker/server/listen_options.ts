/**
 * Where a mock broker listens, and what one that listens can do.
 *
 * @module
 */

import type { CertificateAndKey } from "./certificate_and_key.ts";

/** Where and how a mock broker listens. */
export interface ListenOptions {
  /**
   * Port of the client connector; 0 is any free one.
   *
   * @default {the broker property's, 8443}
   */
  port?: number | undefined;
  /**
   * Address to listen on.
   *
   * @default {"127.0.0.1", which nobody reaches from another machine}
   */
  hostname?: string | undefined;
  /**
   * HTTPS with a certificate of the mock's own authority, new each time or kept by the caller, or with a given
   * certificate; `false` is plain HTTP.
   *
   * @default {true}
   */
  tls?: boolean | CertificateAndKey | KeptAuthority | undefined;
  /**
   * What is wrong with the certificate of the mock's own authority, for tests of what a program does then: it has
   * expired, it is valid from tomorrow on, or it names another host.
   *
   * @default {nothing}
   */
  certificateFault?: CertificateFault | undefined;
  /**
   * More host names and addresses for a certificate of the mock's own authority.
   *
   * @default {none}
   */
  names?: readonly string[] | undefined;
  /**
   * Port of the agent connector; 0 is any free one.
   *
   * @default {it does not listen}
   */
  agentPort?: number | undefined;
  /**
   * Port of the gateway connector; 0 is any free one.
   *
   * @default {it does not listen}
   */
  gatewayPort?: number | undefined;
  /**
   * Port of the desktop connector, to which connection URLs then lead; 0 is any free one. It speaks HTTPS whatever
   * `tls` says, as DCV servers do and as connection URLs are made for.
   *
   * @default {it does not listen}
   */
  desktopPort?: number | undefined;
  /**
   * The origin whose web pages may call the client connector, or `true` for any, as through a proxy with CORS. A real
   * broker lets none.
   *
   * @default {false}
   */
  cors?: boolean | string | undefined;
}

/** What can be wrong with a certificate whose authority is trusted. */
export type CertificateFault = "expired" | "notYetValid" | "wrongName";

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
  /** The desktop connector's URL, if it listens. */
  readonly desktopUrl: string | undefined;
  /** The certificate authority to trust, as PEM text; absent where nothing shows a certificate of the mock's own. */
  readonly ca: string | undefined;
  /** Resolves when the server was closed: by `close()`, or through the control API. */
  readonly closed: Promise<void>;
  /**
   * Stops listening and ends every connection. The world goes on, and `start()` listens again: what a client meets in
   * between is a broker that is down.
   *
   * @param options `grace`: how long running requests may take to end, in milliseconds, by default 0.
   */
  stop(options?: { grace?: number | undefined }): Promise<void>;
  /**
   * Listens again after `stop()`, on the same ports and with the same certificate.
   *
   * @throws {Error} If the server was closed, or another program listens on one of its ports meanwhile.
   */
  start(): Promise<void>;
  /**
   * Stops listening for good and ends every connection.
   *
   * @param options `grace`: how long running requests may take to end, in milliseconds, by default 0.
   */
  close(options?: { grace?: number | undefined }): Promise<void>;
}
