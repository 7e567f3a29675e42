/**
 * What comes with each request that arrives over a socket.
 *
 * @module
 */

import type { IncomingMessage, ServerResponse } from "node:http";

/** What a person wants to know of a server. */
export interface ServerFacts {
  /** The certificate authority to trust, as PEM text, where it shows a certificate of the mock's own. */
  ca: string | undefined;
  /** Whether it serves desktops. */
  hasDesktops: boolean;
}

/** What Node's HTTP server hands to an app with each request; absent in process. */
export interface ServerBindings {
  readonly incoming?: IncomingMessage;
  readonly outgoing?: ServerResponse;
  /** The address that the server was told to listen on. */
  readonly hostname?: string;
  /** What else there is to know of the server that the request came in through. */
  readonly server?: ServerFacts;
  /** Closes the server that the request came in through. */
  readonly shutDown?: () => void;
  /** Aborted when the server begins to close: what would never end by itself has to end then. */
  readonly closing?: AbortSignal;
}
