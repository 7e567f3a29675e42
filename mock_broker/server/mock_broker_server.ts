/**
 * What one has of a mock broker that listens.
 *
 * @module
 */

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
